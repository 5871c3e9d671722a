"""Deleting a group. The apps above say what becomes of their own records."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed

from ..models import Group
from ..seeding import DEFAULT_GROUP_ID


@dataclass(frozen=True, kw_only=True)
class DeletionStep:
    """What an app does when a group is deleted: `run(group, *, by)` before the row goes.

    `hold(group)` locks what else is locked before groups and customers, as carts are (docs/concepts.md, locks).
    `refusal(ids)` says why these groups cannot be deleted, "" where they can; `foretell(ids)` says beforehand what will
    happen, in sentences with numbers.
    """

    refusal: Callable[[list[int]], str]
    foretell: Callable[[list[int]], list[str]]
    run: Callable[..., None]
    hold: Callable[[Group], None] = lambda group: None


deletion_steps: list[DeletionStep] = []


def refusal_to_delete(ids: list[int]) -> str:
    """Why these groups cannot be deleted, "" where they can (decision 8, S1.80)."""
    if found := Group.objects.filter(pk__in=ids, pk=DEFAULT_GROUP_ID).first():
        refused = next((said for step in deletion_steps if (said := step.refusal([found.pk]))), "")
        return refused or _("“%(group)s” cannot be deleted: every shop has it.") % {"group": found}
    return next((said for step in deletion_steps if (said := step.refusal(ids))), "")


def foretell_deletion(ids: list[int]) -> list[str]:
    """What deleting these groups will do."""
    return [said for step in deletion_steps for said in step.foretell(ids)]


@one_change()
def delete_group(group: Group, *, by: Actor) -> None:
    """Delete a group, once nobody needs it any more. NotAllowed where an app refuses.

    Whoever is about to point at it waits, and is told that it is gone.
    """
    for step in deletion_steps:
        step.hold(group)
    changes.lock(group)
    if refusal := refusal_to_delete([group.pk]):
        raise NotAllowed(refusal)
    for step in deletion_steps:
        step.run(group, by=by)
    changes.delete(group, by=by)
