"""`manage.py recount [--check]`: the stored figures counted anew."""

from django.core.management.base import CommandError

from backoffice.commands import ShopCommand, counted
from backoffice.records.recounting import recount_all


class Command(ShopCommand):
    help = "Counts the stored figures (orders, sales, visits, members, …) anew and corrects them."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only print the differences; exit 1 on any")

    def handle(self, *, check, verbosity, **options):
        differences = 0
        for difference in recount_all(mend=not check):
            self.stdout.write(str(difference))
            differences += 1
        if check and differences:
            raise CommandError(
                f"{counted(differences, 'stored figure is', 'stored figures are')} wrong;"
                " run recount without --check.",
                returncode=1,
            )
        if verbosity:
            if differences:
                self.stdout.write(f"{counted(differences, 'stored figure', 'stored figures')} corrected.")
            else:
                self.stdout.write("All stored figures are right.")
