"""The flags of customers as verbs, each with the right it needs: for one customer, and for many."""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet

from backoffice.access.verbs import verb
from backoffice.records.actors import Actor
from backoffice.sections import Choice

from ..models import NOT_STATED
from ..rights import FLAG_RIGHTS
from .flags import set_flag
from .people import switch

NOT_CHOSEN = Choice()
# By field: `run(customer, field, value, *, by)`.
SWITCHES: dict[str, Callable] = {field: verb(right)(partial(switch)) for field, right in FLAG_RIGHTS.items()}


def flagging(field: str, value: bool, *, ground: str = NOT_STATED) -> Callable[..., list[int]]:
    """The verb that sets a flag of many: `run(rows, *, by)` returns who was changed.

    A consent rests on the ground that was chosen, or else on this one.
    """

    @verb(FLAG_RIGHTS[field])
    def run(rows: QuerySet, *, by: Actor, choice: Choice = NOT_CHOSEN) -> list[int]:
        return set_flag(rows, field, value, by=by, ground=choice.value or ground)

    return run
