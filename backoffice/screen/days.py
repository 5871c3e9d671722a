"""Days and moments in the shop's time zone."""

import datetime as dt

from django.utils import timezone

# The first day whose midnight exists in UTC too, whatever the shop's time zone.
EARLIEST = dt.date(1, 1, 2)


def start_of(day: dt.date) -> dt.datetime:
    """Midnight at the start of a day in the shop's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), timezone.get_default_timezone())
