"""Lines of the Activity are thrown away by age (decision 50); nothing else takes one away."""

import datetime as dt

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from ..models import Event

BLOCK = 5_000
# Nobody covers a trace by asking for less: a month stays, whatever the setting says.
LEAST = dt.timedelta(days=30)


def forget_old_events() -> str:
    """Deletes the lines of the Activity that are older than the settings keep them, a block at a time."""
    latest = min(timezone.now() - dt.timedelta(days=settings.EVENT_DAYS), timezone.now() - LEAST)
    gone = 0
    while block := _delete_block(latest):
        gone += block
    return f"{gone} lines of the activity deleted"


def old_events(latest: dt.datetime) -> QuerySet[Event]:
    """The lines from before that moment."""
    return Event.objects.filter(at__lt=latest)


def _delete_block(latest: dt.datetime) -> int:
    """The oldest of them; on PostgreSQL by the function of the owner of the tables, who alone may (S18)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT delete_old_events(%s, %s)", [latest, BLOCK])
            return cursor.fetchone()[0]
    keys = list(old_events(latest).order_by("at").values_list("pk", flat=True)[:BLOCK])
    return QuerySet(Event).filter(pk__in=keys).delete()[0]
