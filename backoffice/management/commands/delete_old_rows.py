"""`manage.py delete_old_rows [--dry-run]`: what is thrown away by age, as the worker does daily (decisions 50, 55)."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from backoffice.commands import ShopCommand
from backoffice.registries import ageing


class Command(ShopCommand):
    help = "Deletes what is older than the settings keep it; --dry-run only says how much that is."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *, dry_run, **options):
        if not dry_run:
            for forget in dict.fromkeys(entry.function for entry in ageing):
                self.stdout.write(f"{forget()}.")
            return
        for entry in ageing:
            days = getattr(settings, entry.setting)
            number = entry.old(timezone.now() - dt.timedelta(days=days)).count()
            self.stdout.write(
                f"{number} {entry.name} older than {days} days ({entry.setting}) would be deleted."
            )
        self.stdout.write("Nothing was deleted.")
