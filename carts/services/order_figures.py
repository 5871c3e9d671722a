"""The key figures above the list of orders: valid and invalid ones apart, sales, the average, orders a week (S1.56)."""

import datetime as dt

from django.db.models import Count, Q, Sum
from django.utils import timezone

from backoffice.lists.key_figures import store
from backoffice.screen.days import start_of

from ..models import Order
from ..queries.key_figures import WEEKS, first_week


def refresh_order_figures() -> None:
    """Work them out over all orders and keep them; a scan, for the worker and the refresh button."""
    counted = Order.objects.aggregate(
        valid_orders=Count("pk", filter=Q(valid=True)),
        invalid_orders=Count("pk", filter=Q(valid=False)),
        unpaid_orders=Count("pk", filter=Q(outstanding__gt=0)),
        sales=Sum("value", filter=Q(valid=True)),
        owed=Sum("outstanding", filter=Q(outstanding__gt=0)),
    )
    money = {name: f"{counted[name] or 0:.2f}" for name in ("sales", "owed")}
    monday = first_week(timezone.localdate())
    store("orders", {**counted, **money, "weeks": _orders_a_week(monday), "weeks_first": monday.isoformat()})


def _orders_a_week(monday: dt.date) -> list[int]:
    """How many valid orders were placed in each of the weeks that begin with that one, Monday to Sunday."""
    weeks = [monday + dt.timedelta(weeks=number) for number in range(WEEKS)]
    ends = [(start_of(week), start_of(week + dt.timedelta(days=7))) for week in weeks]
    return [
        Order.objects.valid().filter(placed_at__gte=first, placed_at__lt=last).count() for first, last in ends
    ]
