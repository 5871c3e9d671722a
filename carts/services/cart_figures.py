"""The key figures above the carts list (facts 8.1): conversion, abandoned carts, average order, carts a week."""

import datetime as dt

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Round
from django.utils import timezone

from backoffice.lists.key_figures import by_week, last_weeks, store
from backoffice.screen.days import start_of
from customers.models import Visit

from ..models import Cart, Order
from ..queries import CENT
from ..queries.states import CartState, abandoned_before, in_state
from ..rules import average

DAYS = 30


def refresh_cart_figures() -> None:
    """Work them out and keep them; each reads a stretch of an index, for the worker and the refresh button.

    Of the last thirty days that are over; carts are of the days on which they were started.
    """
    today = timezone.localdate()
    first, before = today - dt.timedelta(days=DAYS), abandoned_before()
    carts = Cart.objects.filled().filter(created_at__gte=start_of(first), created_at__lt=start_of(today))
    numbers = carts.aggregate(
        **{f"carts_{state}": Count("pk", filter=in_state(state, before)) for state in CartState}
    )
    orders = Order.objects.valid().filter(placed_at__gte=start_of(first), placed_at__lt=start_of(today))
    without_tax = Sum(Round((F("total") - F("tax")) / F("rate"), 2))
    sold = orders.aggregate(orders=Count("pk"), value=without_tax)
    visits = Visit.objects.filter(started_at__gte=start_of(first), started_at__lt=start_of(today)).count()
    weeks = last_weeks()
    store(
        "carts",
        {
            **numbers,
            "first": first.isoformat(),
            "last": (today - dt.timedelta(days=1)).isoformat(),
            "visits": visits,
            "orders": sold["orders"],
            "average": str(average(sold["value"].quantize(CENT), sold["orders"])) if sold["orders"] else None,
            "weeks": _carts_a_week(weeks),
            "weeks_first": weeks[0].isoformat(),
        },
    )


def _carts_a_week(weeks: list[dt.date]) -> list[list[int]]:
    """Of each of these weeks: how many carts were started, and how many of them ordered."""
    numbers = {"started": Count("pk"), "sold": Count("pk", filter=Q(ordered=True))}
    found = [one.aggregate(**numbers) for one in by_week(Cart.objects.filled(), "created_at", weeks)]
    return [[one["started"], one["sold"]] for one in found]
