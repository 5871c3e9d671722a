"""`manage.py delete_old_visits --days N [--dry-run]`: connections thrown away by age (decision 55)."""

import datetime as dt

from django.utils import timezone

from backoffice.commands import ShopCommand, counted, days
from customers.models import Visit
from customers.services.retention import delete_visits, old_visits


class Command(ShopCommand):
    help = "Deletes connections older than N days with their pages viewed; customers keep their last visit."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=days, required=True, metavar="N", help="delete what began longer ago than that"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *, days, dry_run, **options):
        latest = timezone.now() - dt.timedelta(days=days)
        before = timezone.localtime(latest).strftime("%Y-%m-%d %H:%M:%S")
        if dry_run:
            self._preview(latest, before)
        else:
            gone = counted(delete_visits(latest), "connection", "connections")
            self.stdout.write(f"{gone} from before {before} deleted.")

    def _preview(self, latest: dt.datetime, before: str) -> None:
        old = old_visits(latest)
        number, first = old.count(), old.values_list("started_at", flat=True).first()
        since = f", the oldest of {timezone.localtime(first):%Y-%m-%d %H:%M:%S}" if first else ""
        left = Visit.objects.count() - number
        self.stdout.write(
            f"{counted(number, 'connection', 'connections')} from before {before} would be deleted{since};"
            f" {left} would stay. Nothing was deleted."
        )
