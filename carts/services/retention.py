"""What happened to carts is thrown away by age (decision 55), and old carts that nobody ordered where staff say so."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from backoffice.records.actors import Actor

from ..models import Cart, CartEvent
from ..models.cart import FILLED, NOT_PLACED
from .removal import delete_carts

BLOCK = 10_000
CARTS = 500


def forget_old_events() -> str:
    """Deletes the events of carts that are older than the settings keep them, in blocks that hold nobody up."""
    latest = _days_ago(settings.CART_EVENT_DAYS)
    gone, old = 0, old_events(latest).order_by("at")
    while keys := list(old.values_list("pk", flat=True)[:BLOCK]):
        gone += CartEvent.objects.filter(pk__in=keys).delete()[0]
    return f"{gone} events of carts deleted"


def old_events(latest: dt.datetime) -> QuerySet[CartEvent]:
    """What happened to carts before that moment."""
    return CartEvent.objects.filter(at__lt=latest)


@dataclass(frozen=True)
class OldCarts:
    """How many carts have not changed for so long: with products and without an order, empty, and ordered ones."""

    filled: int
    empty: int
    ordered: int

    @property
    def going(self) -> int:
        """How many would be deleted: an ordered one never is."""
        return self.filled + self.empty


def old_carts(days: int) -> OldCarts:
    """What `delete_old_carts` would do, in numbers; nothing is changed."""
    numbers = _unchanged(_days_ago(days)).aggregate(
        filled=Count("pk", filter=NOT_PLACED & FILLED),
        empty=Count("pk", filter=NOT_PLACED & ~FILLED),
        placed=Count("pk", filter=~NOT_PLACED),
    )
    return OldCarts(numbers["filled"], numbers["empty"], numbers["placed"])


def delete_old_carts(days: int, *, by: Actor) -> int:
    """Delete the carts without an order that have not changed for more than so many days; returns how many.

    In batches, each a change of its own, so that shoppers wait for none and whoever is killed leaves whole ones.
    """
    since = _days_ago(days)
    return sum(
        len(delete_carts(Cart.objects.filter(pk__in=keys), by=by, unchanged_since=since))
        for keys in _batches(since)
    )


def _days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def _unchanged(since: dt.datetime) -> QuerySet[Cart]:
    return Cart.objects.filter(changed_at__lt=since).order_by()


def _batches(since: dt.datetime) -> Iterator[list[int]]:
    """The numbers of those that go, each batch read from where the last one ended: nothing is passed over twice."""
    rows = _unchanged(since).not_placed().order_by("changed_at", "pk").values_list("pk", "changed_at")
    batch = list(rows[:CARTS])
    while batch:
        yield [pk for pk, _changed_at in batch]
        batch = list(
            rows.filter(changed_at__gte=batch[-1][1]).exclude(pk__in=[pk for pk, _at in batch])[:CARTS]
        )
