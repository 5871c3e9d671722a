"""What our `manage.py` commands have in common."""

import sys

from django.core.management import execute_from_command_line
from django.core.management.base import BaseCommand
from django.db import DatabaseError, Error, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from .database.failures import Failure, failure_of


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
