"""A bulk change: read from what was posted, carried out, and told in words (D-87)."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from ..database.counting import one_change
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..records.events import Kind, record
from ..screen import formats
from ..sections import BulkAction, Choice, Section
from .page import ListPage
from .selection import Selection, selected

# The name of the address at which a selection is deleted, by the action of one of the section's ways.
DELETE = "delete"
# Up to here a bulk action is done at once; for more, it asks first.
MOST_UNASKED = 1_000
_LEFT = ngettext_lazy(
    "%(n)s left as it was: it was so already, or cannot be changed so.",
    "%(n)s left as they were: they were so already, or cannot be changed so.",
    "count",
)


@dataclass(frozen=True, kw_only=True)
class BulkChange:
    """What somebody wants done to a selection; `action` is None where they delete, and have not said yet in which way.

    `value` is what they chose where the action asks; `answered`: a page has asked them already.
    """

    name: str
    selection: Selection
    action: BulkAction | None
    value: str
    answered: bool

    @property
    def section(self) -> Section:
        """Whose records they are."""
        return self.selection.page.section

    @property
    def right(self) -> str:
        """The right it needs."""
        return self.action.right if self.action else self.section.right("delete")

    @cached_property
    def number(self) -> int:
        """How many are selected."""
        return self.selection.rows.count()

    @property
    def refusal(self) -> str:
        """Why nothing is asked and nothing done, "" where all is well."""
        if refused := self.selection.refusal:
            return refused
        gone = self.name == DELETE and not self.number
        return _("What you ticked is not there any more.") if gone else ""

    @property
    def must_ask(self) -> bool:
        """Whether a page asks before anything is done."""
        return self.action is None or (not self.answered and self.number > MOST_UNASKED)

    @cached_property
    def choice(self) -> Choice:
        """What was chosen, with all that taking it back has to know."""
        choice = choice_of(self.action, self.selection.page, self.value)
        undo = self.action.undo
        if undo is None or undo.remembers is None or not choice.label:
            return choice
        return replace(choice, remembered=undo.remembers(self.selection.rows, choice))

    @property
    def notes(self) -> list[str]:
        """What is to be borne in mind, said before a large change and after any."""
        aside = self.action.undo.aside(self.choice) if self.choice.remembered else ""
        return [str(one) for one in (aside, self.action.words.note) if one]


def asked_for(page: ListPage, name: str, data: QueryDict) -> BulkChange | None:
    """What the form of a list, or of a question, asks for at the address of that name; None where there is no such."""
    section = page.section
    if name == DELETE and section.delete_ways:
        way = section.delete_way(data.get("way", ""))
        action, answered = (way.action if way else None), "way" in data
    else:
        action, answered = action_named(section, name), "sure" in data
        if action is None:
            return None
    value = data.get(f"choice_{name}", data.get("choice", ""))
    return BulkChange(
        name=name, selection=selected(page, data), action=action, value=value, answered=answered
    )


def action_named(section: Section, name: str) -> BulkAction | None:
    """The action of that name, or None."""
    return next((action for action in section.actions if action.name == name), None)


def choice_of(action: BulkAction, page: ListPage, value: str) -> Choice:
    """A choice of this action as the list offers it; without a label where it is none of those."""
    return Choice(value, str(dict(action.choices(page)).get(value, "")) if action.choices else "")


def perform(section: Section, action: BulkAction, rows: QuerySet, *, choice: Choice, by: Actor) -> list[int]:
    """Run an action and write one event for the activity page, both or neither (decision 28). Returns who was changed.

    NotAllowed for a choice that the list does not offer, and as the action raises it.
    """
    if action.choices and not choice.label:
        raise NotAllowed(_("Choose one of the list, please."))
    with one_change():
        changed = action.run(rows, by=by, **({"choice": choice} if action.choices else {}))
        if changed:
            facts = {"done": action.name, "choice": choice.label, "rows": len(changed)}
            record(Kind.BULK_CHANGE, by=by, target=section.slug, **facts)
    return changed


@dataclass(frozen=True)
class Outcome:
    """What came of a bulk change: who was changed, and how many were left as they were."""

    change: BulkChange
    changed: list[int]
    left: int

    @property
    def said(self) -> str:
        """The words that tell it: how many, what to bear in mind, how many were left out and why."""
        words = self.change.action.words
        if self.changed:
            said = [counted(words.done, len(self.changed), self.change.choice.label), *self.change.notes]
        else:
            said = [_("Nothing was changed.")]
        if self.left > 0:
            said.append(counted(words.left or _LEFT, self.left))
        return " ".join(said)


def carry_out(change: BulkChange, *, by: Actor) -> Outcome:
    """Do what is asked for. NotAllowed as `perform` raises it."""
    number = change.number  # counted before: those changed may match no more
    changed = perform(change.section, change.action, change.selection.rows, choice=change.choice, by=by)
    return Outcome(change, changed, number - len(changed))


def counted(sentence: Any, number: int, label: str = "") -> str:
    """A plural text over "count" with %(n)s and %(label)s in it, for that number."""
    return str(sentence % {"count": number, "n": formats.number(number), "label": label})
