"""What our `manage.py` commands have in common."""

import sys
from argparse import ArgumentTypeError

from django.core.management import execute_from_command_line
from django.core.management.base import BaseCommand
from django.db import DatabaseError, Error, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from .database.failures import Failure, failure_of

MOST_DAYS = 36_500


class ShopCommand(BaseCommand):
    """A command that needs the shop's tables: one sentence and exit status 1 where they are missing or too old."""

    def run_from_argv(self, argv):
        try:
            super().run_from_argv(argv)
        except DatabaseError as error:
            if failure_of(error) is Failure.AWAY and not _answers():
                raise
            if not _is_behind():
                raise
            self.stderr.write("The database is not prepared. Run first: manage.py migrate")
            sys.exit(1)


def days(text: str) -> int:
    """The number behind `--days`: at least one, so that nothing goes that somebody may be busy with now."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise ArgumentTypeError(f"a whole number of days from 1 to {MOST_DAYS}, not “{text}”")
    return int(text)


def counted(number: int, one: str, many: str) -> str:
    """So many of a thing, in the words of a command: `1 cart`, `2 carts`."""
    return f"{number} {one if number == 1 else many}"


def run(argv: list[str]) -> None:
    """Django's command line; a database that cannot be reached is told in a sentence (S10)."""
    try:
        execute_from_command_line(argv)
    except OperationalError as error:
        if _answers():
            raise
        sys.exit(f"The database cannot be reached: {str(error).splitlines()[0]}")


def _answers() -> bool:
    """Whether the database lets us in at all."""
    connection.close()
    try:
        connection.ensure_connection()
    except Error:
        return False
    return True


def _is_behind() -> bool:
    """Whether migrations of this version have not been run."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
