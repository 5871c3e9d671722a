"""Jobs for the tests: what they do can be read from a file, whichever process does it."""

import os
import time
from pathlib import Path

from django_tasks import task


def note(file: str, word: str) -> None:
    with Path(file).open("a") as diary:
        diary.write(f"{word} {os.getpid()}\n")


@task()
def write(file: str, word: str) -> None:
    note(file, word)


@task()
def wait_for(go: str, file: str) -> None:
    """Begins, waits until the file `go` is there, at most 30 s, and is done."""
    note(file, "began")
    latest = time.monotonic() + 30
    while not Path(go).exists() and time.monotonic() < latest:
        time.sleep(0.02)
    note(file, "done")


@task()
def fail() -> None:
    raise ValueError("This errand always fails")
