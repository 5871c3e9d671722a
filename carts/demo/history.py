"""The history of what was loaded past the models."""

from django.db.models import F

from backoffice.demo.shop import Shop
from backoffice.records.actors import Actor
from backoffice.records.history import record_set

from ..models import Order, Product, Voucher


def write_history(shop: Shop) -> None:
    """One row "created" a record, at the time of the record."""
    rows = (
        (Product.objects.all(), "created_at"),
        (Voucher.objects.filter(customer__isnull=False), "created_at"),
        (Order.objects.all(), "placed_at"),
    )
    for records, at in rows:
        record_set(records, by=Actor.command(), kind="+", at=F(at))
