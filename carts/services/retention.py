"""What happened to carts is thrown away by age; carts stay (decision 55)."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from ..models import CartEvent

BLOCK = 10_000


def forget_old_events() -> str:
    """Deletes the events of carts that are older than the settings keep them, in blocks that hold nobody up."""
    latest = timezone.now() - dt.timedelta(days=settings.CART_EVENT_DAYS)
    old = CartEvent.objects.filter(at__lt=latest).order_by("at")
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[:BLOCK]):
        gone += CartEvent.objects.filter(pk__in=keys).delete()[0]
    return f"{gone} events of carts deleted"
