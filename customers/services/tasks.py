"""Tasks as verbs: adding, changing and deleting one, marking one or many as done, giving many to a colleague (S3.35).

Those of a hidden customer stay as they are until the customer is brought back (decision 43).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.sections import Choice

from ..models import Customer, Task
from ..models.followups import TaskQuerySet
from .choosing import assigning

_CHANGE = "customers.change_task"
_OPEN = Q(done_at=None)
ASSIGN_TASKS = assigning(Task, right=_CHANGE, visible=TaskQuerySet.here)


@one_change()
def save_task(task: Task | None, values: dict[str, Any], *, by: Actor, version: int | None = None) -> Task:
    """Add a task, or change one, with its history. ValidationError for an hour without a day."""
    customers = [values.get("customer"), task.customer if task else None]
    _hold(*(customer for customer in customers if customer))
    current = Task() if task is None else changes.lock(task, version=version)
    refuse_hour_without_day(values.get("due_on", current.due_on), values.get("due_time", current.due_time))
    changes.save(current, values, by=by)
    return current


def refuse_hour_without_day(day: Any, hour: Any) -> None:
    """ValidationError at `due_on` where there is an hour, and no day that it is an hour of."""
    if hour is not None and day is None:
        raise ValidationError({"due_on": _("A time needs a day.")})


@one_change()
def delete_task(task: Task, *, by: Actor) -> None:
    """Delete a task; its history stays."""
    _hold(task.customer)
    changes.delete(task, by=by)


@verb(_CHANGE)
@one_change()
def switch_done(task: Task, field: str, value: bool | None, *, by: Actor) -> Task:
    """Mark a task as done or open it again; without a value, the other of the two."""
    _hold(task.customer)
    current = changes.lock(task)
    done = not current.done if value is None else value
    if done != current.done:
        changes.save(current, {"done_at": timezone.now() if done else None}, by=by)
    return current


@verb(_CHANGE)
def mark_done(rows: TaskQuerySet, *, by: Actor) -> list[int]:
    """Mark all these as done; returns which were open."""
    return changes.change_set(rows.here(), {"done_at": timezone.now()}, where=_OPEN, by=by)


@verb(_CHANGE)
def reopen(rows: TaskQuerySet, *, by: Actor) -> list[int]:
    """Open all these again; returns which were done."""
    return changes.change_set(rows.here(), {"done_at": None}, where=~_OPEN, by=by)


def done_since(done: bool) -> Callable[[list[int], Choice, datetime], set[int]]:
    """Which of these were not as that once they had been marked so."""

    def since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        rows = Task.history.filter(id__in=ids, history_date__gt=at, done_at__isnull=done)
        return set(rows.values_list("id", flat=True))

    return since


def _hold(*customers: Customer) -> None:
    """Lock whose tasks these are, so that nobody hides or deletes them meanwhile; NotAllowed for who is hidden."""
    for customer in sorted(set(customers), key=lambda one: one.pk):
        changes.lock(customer)
