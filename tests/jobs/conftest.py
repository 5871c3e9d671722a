"""Fixtures: real workers in processes of their own, on the database of the tests."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from backoffice.models import ScheduledRun
from backoffice.registries import schedule

ROOT = Path(__file__).resolve().parents[2]
QUICK = ("--poll=0.05", "--beat=0.2", "--look=0.2", "--dead-after=2")


def address_of_the_test_database() -> str:
    """The DATABASE_URL under which another process finds the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['TEST_DATABASE_URL'].rpartition('/')[0]}/{name}"


def until(happened: Callable[[], object], *, seconds: float = 20) -> None:
    """Waits until the condition holds; the test fails where it never does."""
    latest = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < latest, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def nothing_due(transactional_db) -> None:
    """The whole schedule ran a moment ago."""
    now = timezone.now()
    ScheduledRun.objects.bulk_create(ScheduledRun(name=entry.name, last_started_at=now) for entry in schedule)


@pytest.fixture
def start_worker(transactional_db, tmp_path) -> Iterator[Callable[..., subprocess.Popen]]:
    """`start_worker("--once")` starts `manage.py worker`; its log is `worker.log`, its intervals are short."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": address_of_the_test_database(),
    }
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        with (tmp_path / "worker.log").open("a") as log:
            command = [sys.executable, "manage.py", "worker", *QUICK, *arguments]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def diary(tmp_path) -> Callable[[], list[str]]:
    """What the errands of this test wrote, without the process numbers: `["began", "done"]`."""

    def read() -> list[str]:
        file = tmp_path / "diary"
        return [line.split()[0] for line in file.read_text().splitlines()] if file.exists() else []

    return read
