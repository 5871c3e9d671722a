"""What is written once when everybody is there: the history of rows loaded past the models, and the key figures."""

from django.db.models import F

from backoffice.demo.shop import Shop
from backoffice.records.actors import Actor
from backoffice.records.history import record_set

from ..models import Customer, CustomValue, Membership, Note, Tagging, Task, Thread
from ..queries import refresh_key_figures


def write_history(shop: Shop) -> None:
    """One row "created" a record, at the time of the record (decision 28)."""
    for model, at in (
        (Customer, "registered_at"),
        (Membership, "customer__registered_at"),
        (Tagging, "customer__registered_at"),
        (CustomValue, "customer__registered_at"),
        (Note, "created_at"),
        (Task, "created_at"),
        (Thread, "created_at"),
    ):
        record_set(model.objects.all(), by=Actor.command(), kind="+", at=F(at))


def work_out_key_figures(shop: Shop) -> None:
    """So that the list shows them from its first page on."""
    refresh_key_figures()
