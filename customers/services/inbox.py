"""Many conversations at once: how far they are, whose they are; and taking that back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.numbers import whole
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.sections import Choice
from backoffice.staff.models import StaffMember

from ..models import Thread, ThreadStatus

_RIGHT = "customers.change_thread"
NOBODY = "none"


def _of_the_visible(rows: QuerySet) -> QuerySet:
    """Without those of hidden customers, which nobody changes (decision 43)."""
    return rows.exclude(customer__deleted=True)


def _status(choice: Choice) -> str:
    if choice.value not in ThreadStatus.values:
        raise NotAllowed(_("Choose one of the list, please."))
    return choice.value


def _assignee(choice: Choice) -> int | None:
    key = _key(choice)
    wanted = choice.value == NOBODY or StaffMember.objects.filter(pk=key, is_active=True).exists()
    if not wanted:
        raise NotAllowed(_("Choose one of the list, please."))
    return key


def _key(choice: Choice) -> int | None:
    return None if choice.value == NOBODY else whole(choice.value)


def _setting(column: str, value_of: Callable[[Choice], Any]) -> Callable[..., list[int]]:
    """The verb that writes the chosen value on many."""

    @verb(_RIGHT)
    def run(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
        value = value_of(choice)
        so_already = Q(**{column: value}) if value is not None else Q(**{f"{column}__isnull": True})
        return changes.change_set(_of_the_visible(rows), {column: value}, where=~so_already, by=by)

    return run


def _back(column: str, value_of: Callable[[Choice], Any]) -> Callable[..., list[int]]:
    """The verb that gives each of many what it had before the chosen value, as its history has it."""

    @verb(_RIGHT)
    @one_change()
    def run(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
        ids = list(_of_the_visible(rows).values_list("pk", flat=True))
        before = _before(ids, column, value_of(choice))
        changed: list[int] = []
        for value in dict.fromkeys(before.values()):
            theirs = [key for key, one in before.items() if one == value]
            some = Thread.objects.filter(pk__among=theirs)
            changed += changes.change_set(some, {column: value}, where=Q(), by=by)
        return sorted(changed)

    return run


def _before(ids: list[int], column: str, value: Any) -> dict[int, Any]:
    rows = Thread.history.filter(id__in=ids).order_by("id", "history_date", "history_id")
    return {key: had for key, had in rows.values_list("id", column) if had != value}


def _changed_since(column: str, value_of: Callable[[Choice], Any]) -> Callable[..., set[int]]:
    """Which of them had another value at any time since."""

    def since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        rows = Thread.history.filter(id__in=ids, history_date__gt=at).values_list("id", column)
        return {key for key, had in rows if had != value_of(choice)}

    return since


set_status, status_back = _setting("status", _status), _back("status", _status)
status_changed_since = _changed_since("status", _status)
assign, assign_back = _setting("assignee_id", _assignee), _back("assignee_id", _key)
assignee_changed_since = _changed_since("assignee_id", _key)
