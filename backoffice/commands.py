"""What our `manage.py` commands have in common."""

import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class ShopCommand(BaseCommand):
    """A command that needs the shop's tables: one sentence and exit status 1 where they are missing or too old."""

    def run_from_argv(self, argv):
        try:
            super().run_from_argv(argv)
        except DatabaseError:
            if not _is_behind():
                raise
            self.stderr.write("The database is not prepared. Run first: manage.py migrate")
            sys.exit(1)


def _is_behind() -> bool:
    """Whether migrations of this version have not been run."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
