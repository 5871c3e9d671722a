"""manage.py create_roles: what each role may, from the table into the database."""

from backoffice.commands import ShopCommand
from backoffice.staff.roles import sync_roles


class Command(ShopCommand):
    help = "Makes the roles owner, manager, support, marketing and viewer, or brings them up to date."

    def handle(self, *args, verbosity, **options):
        for role, count in sync_roles().items():
            if verbosity:
                self.stdout.write(f"{role}: {count} rights")
