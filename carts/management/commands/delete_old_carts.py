"""`manage.py delete_old_carts --days N [--dry-run]`: carts that nobody ordered and nobody touched for so long."""

from backoffice.commands import ShopCommand, counted, days
from backoffice.records.actors import Actor
from carts.services.retention import delete_old_carts, old_carts


class Command(ShopCommand):
    help = (
        "Deletes carts without an order that have not changed for more than N days; ordered ones always stay."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=days, required=True, metavar="N", help="unchanged for more than N days"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *, days, dry_run, **options):
        old = old_carts(days)
        stay = counted(old.ordered, "ordered cart of that age stays", "ordered carts of that age stay")
        facts = f"{old.filled} with products, {old.empty} empty; {stay}"
        if dry_run:
            self.stdout.write(
                f"{counted(old.going, 'cart', 'carts')} would be deleted: {facts}. Nothing was changed."
            )
            return
        gone = delete_old_carts(days, by=Actor.command())
        self.stdout.write(f"{counted(gone, 'cart', 'carts')} deleted: {facts}.")
