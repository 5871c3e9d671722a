"""`manage.py apply_group_rules [--dry-run]`: groups that fill themselves, brought up to date."""

from backoffice.commands import ShopCommand
from backoffice.records.actors import Actor
from customers.services.all_rules import apply_rules


class Command(ShopCommand):
    help = "Applies the automatic rules of all groups: who meets one joins, who no longer does leaves."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only print what would be done")

    def handle(self, *, dry_run, verbosity, **options):
        applied = 0
        for one in apply_rules(by=Actor.command(), dry_run=dry_run):
            applied += 1
            self.stdout.write(str(one))
        if verbosity and not applied:
            self.stdout.write("No group has a rule.")
