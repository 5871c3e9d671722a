"""The key figures above the list of orders: valid and invalid ones apart, sales, the average, orders a week (S1.56)."""

from django.db.models import Count, Q, Sum

from backoffice.lists.key_figures import by_week, last_weeks, store

from ..models import Order


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
    weeks = last_weeks()
    placed = [one.count() for one in by_week(Order.objects.valid(), "placed_at", weeks)]
    store("orders", {**counted, **money, "weeks": placed, "weeks_first": weeks[0].isoformat()})
