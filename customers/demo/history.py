"""What is written once when everybody is there: the history of rows loaded past the models, and the key figures."""

from django.db.models import F, Q

from backoffice.demo.shop import Shop
from backoffice.records.actors import Actor
from backoffice.records.history import record_set

from ..models import Customer, CustomValue, Membership, MembershipOrigin, Note, Tagging, Task, Thread
from ..queries import refresh_key_figures
from ..services import BY_RULE
from ..services.member_acts import acts_of_the_past

_BY_RULE = Q(origin=MembershipOrigin.RULE)


def write_history(shop: Shop) -> None:
    """One row "created" a record, at the time of the record (decision 28)."""
    for rows, at, reason in (
        (Customer.objects.all(), "registered_at", ""),
        (Membership.objects.exclude(_BY_RULE), "customer__registered_at", ""),
        (Membership.objects.filter(_BY_RULE), "customer__registered_at", BY_RULE),
        (Tagging.objects.all(), "customer__registered_at", ""),
        (CustomValue.objects.all(), "customer__registered_at", ""),
        (Note.objects.all(), "created_at", ""),
        (Task.objects.all(), "created_at", ""),
        (Thread.objects.all(), "created_at", ""),
    ):
        record_set(rows, by=Actor.command(), kind="+", at=F(at), reason=reason)
    acts_of_the_past()


def work_out_key_figures(shop: Shop) -> None:
    """So that the list shows them from its first page on."""
    refresh_key_figures()
