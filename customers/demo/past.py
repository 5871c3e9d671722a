"""The history of what was loaded past the models: that it was made, when, by a command."""

from django.db.models import F

from backoffice.actors import Actor
from backoffice.demo.shop import Shop
from backoffice.history import record_set

from ..models import Customer, Membership, Note, Tagging, Task, Thread


def write_history(shop: Shop) -> None:
    """One row "created" a record, at the time of the record (decision 28)."""
    for model, at in (
        (Customer, "registered_at"),
        (Membership, "customer__registered_at"),
        (Tagging, "customer__registered_at"),
        (Note, "created_at"),
        (Task, "created_at"),
        (Thread, "started_at"),
    ):
        record_set(model.objects.all(), by=Actor.command(), kind="+", at=F(at))
