"""Which PostgreSQL the tests take, and that they run on the one that was asked for."""

import os
from pathlib import Path

import pytest
from django.db import connection

from tests.postgres import candidates, find_postgres, is_usable


def system(tmp_path, *versions):
    folder = tmp_path / "postgresql"
    for version in versions:
        (folder / version / "bin").mkdir(parents=True)
    return folder


def found(environ, folder, on_path=None, wheel=None):
    return list(candidates(environ, (folder,), lambda name: on_path, lambda: wheel))


def test_the_newest_of_the_system_comes_first_by_number_not_by_letters(tmp_path):
    folder = system(tmp_path, "9.6", "15", "17")
    assert found({}, folder) == [folder / "17" / "bin", folder / "15" / "bin", folder / "9.6" / "bin"]


def test_after_the_system_comes_the_path_and_then_the_wheel(tmp_path):
    folder, wheel = system(tmp_path, "15"), Path("/wheel/bin")
    assert found({}, folder, "/opt/pg/bin/postgres", wheel) == [
        folder / "15" / "bin",
        Path("/opt/pg/bin"),
        wheel,
    ]


def test_pg_bin_is_the_only_choice_where_it_is_set(tmp_path):
    folder = system(tmp_path, "15")
    assert found({"PG_BIN": "/my/bin"}, folder, "/opt/pg/bin/postgres") == [Path("/my/bin")]


def test_a_folder_without_the_programs_is_not_usable(tmp_path):
    assert not is_usable(tmp_path)


def test_without_postgres_the_line_that_brings_it_is_named(tmp_path):
    with pytest.raises(RuntimeError, match="sudo apt-get install postgresql"):
        find_postgres({"PG_BIN": str(tmp_path)})


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_was_asked_for():
    """DB=pg never falls back to SQLite."""
    asked = {"sqlite": "sqlite", "pg": "postgresql"}[os.environ.get("DB", "sqlite")]
    assert connection.vendor == asked


@pytest.mark.django_db
def test_the_database_is_as_durable_and_as_strict_as_in_a_shop():
    """SQLite runs with a write-ahead log in a file, not in memory; PostgreSQL knows trigrams."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
        else:
            cursor.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
            assert cursor.fetchone() == (1,)
