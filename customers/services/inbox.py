"""Many conversations at once: how far they are, and whose they are; those of hidden customers stay (decision 43)."""

from django.db.models import QuerySet

from ..models import Thread, ThreadStatus
from .choosing import assigning, choosing

_RIGHT = "customers.change_thread"


def _of_the_visible(rows: QuerySet) -> QuerySet:
    return rows.exclude(customer__deleted=True)


CONVERSATION_STATUS = choosing(
    Thread,
    "status",
    right=_RIGHT,
    visible=_of_the_visible,
    value_of=lambda choice: choice.value,
    is_offered=lambda status: status in ThreadStatus.values,
)
ASSIGN_CONVERSATIONS = assigning(Thread, right=_RIGHT, visible=_of_the_visible)
