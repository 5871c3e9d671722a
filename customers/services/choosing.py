"""One value chosen for many records at once, each given back what it had before, and which were changed since.

Whose tasks and conversations are, and how far conversations are (decision 42).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.models import Kept
from backoffice.numbers import whole
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.sections import Choice
from backoffice.staff.models import StaffMember

NOBODY = "nobody"


class Choosing(NamedTuple):
    """The verb that writes the chosen value on many, the one that takes it back, and which had another value since."""

    choose: Callable[..., list[int]]
    back: Callable[..., list[int]]
    changed_since: Callable[[list[int], Choice, datetime], set[int]]


def choosing(
    model: type[Kept],
    column: str,
    *,
    right: str,
    visible: Callable[[QuerySet], QuerySet],
    value_of: Callable[[Choice], Any],
    is_offered: Callable[[Any], bool],
) -> Choosing:
    """The verbs of a column, for who has this right. `visible` leaves out what nobody changes (decision 43)."""

    @verb(right)
    def choose(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
        value = value_of(choice)
        if not is_offered(value):
            raise NotAllowed(_("Choose one of the list, please."))
        so_already = Q(**{column: value}) if value is not None else Q(**{f"{column}__isnull": True})
        return changes.change_set(visible(rows), {column: value}, where=~so_already, by=by)

    @verb(right)
    @one_change()
    def back(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
        before = _before(model, list(visible(rows).values_list("pk", flat=True)), column, value_of(choice))
        changed: list[int] = []
        for value in dict.fromkeys(before.values()):
            theirs = [key for key, one in before.items() if one == value]
            some = model._base_manager.filter(pk__among=theirs)
            changed += changes.change_set(some, {column: value}, where=Q(), by=by)
        return sorted(changed)

    def changed_since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        rows = model.history.filter(id__in=ids, history_date__gt=at).values_list("id", column)
        return {key for key, had in rows if had != value_of(choice)}

    return Choosing(choose, back, changed_since)


def assigning(model: type[Kept], *, right: str, visible: Callable[[QuerySet], QuerySet]) -> Choosing:
    """Whose they are: of somebody who works here, or nobody's."""
    return choosing(
        model,
        "assignee_id",
        right=right,
        visible=visible,
        value_of=lambda choice: None if choice.value == NOBODY else whole(choice.value) or 0,
        is_offered=lambda key: key is None or StaffMember.objects.active().filter(pk=key).exists(),
    )


def _before(model: type[Kept], ids: list[int], column: str, value: Any) -> dict[int, Any]:
    """What each of them had last that was not this value, as its history has it."""
    rows = model.history.filter(id__in=ids).order_by("id", "history_date", "history_id")
    return {key: had for key, had in rows.values_list("id", column) if had != value}
