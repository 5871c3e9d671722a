"""`manage.py database_role [NAME]`: rights and limits of the PostgreSQL role that web server and worker sign in as."""

from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, transaction

from backoffice.commands import ShopCommand
from backoffice.database import roles


class Command(ShopCommand):
    help = (
        "Gives a PostgreSQL role what the application needs and no more, and limits its statements. Run it as the"
        " owner of the tables after every migrate; without a name only the limits are set, of the role at hand."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="the role that web server and worker sign in as")

    def handle(self, *, name, verbosity, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.", returncode=2)
        mine = self._mine()
        statements = roles.limits(name or mine)
        if name and name != mine:
            statements = [*roles.grants(name), *statements]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except ProgrammingError as refused:
            raise CommandError(
                f"The database refused: {str(refused).splitlines()[0]}", returncode=1
            ) from refused
        if verbosity:
            self.stdout.write(f"{name or mine}: {len(statements)} rights and limits are in force.")

    @staticmethod
    def _mine() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()[0]
