"""`manage.py delete_old_carts --days N [--dry-run]`: carts that nobody ordered and nobody touched for so long."""

from argparse import ArgumentTypeError

from backoffice.commands import ShopCommand
from backoffice.records.actors import Actor
from carts.services.retention import delete_old_carts, old_carts

MOST = 36_500


def _days(text: str) -> int:
    """At least one day, so that no cart goes that somebody may be filling now."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(f"a whole number of days from 1 to {MOST}, not “{text}”")
    return int(text)


class Command(ShopCommand):
    help = (
        "Deletes carts without an order that have not changed for more than N days; ordered ones always stay."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=_days, required=True, metavar="N", help="unchanged for more than N days"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *, days, dry_run, **options):
        old = old_carts(days)
        facts = f"{old.filled} with products, {old.empty} empty; {old.ordered} ordered carts of that age stay"
        if dry_run:
            self.stdout.write(f"{old.going} carts would be deleted: {facts}. Nothing was changed.")
            return
        self.stdout.write(f"{delete_old_carts(days, by=Actor.command())} carts deleted: {facts}.")
