"""A bulk change as somebody asks for it: read from what was posted, asked about, carried out (D-87, decision 41)."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..jobs import running
from ..models import Job
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..sections import BulkAction, Choice, Section
from .bulk_jobs import BULK, choice_of
from .page import ListPage
from .selection import Selection, selected

# The name of the address at which a selection is deleted, by the action of one of the section's ways.
DELETE = "delete"
# Up to here what is ticked is done at once; for more, and for all that match, it asks first (decision 42).
MOST_UNASKED = 50
NOT_ASKED = Choice()


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

    @property
    def number(self) -> int:
        """How many are selected."""
        return len(self.selection.keys)

    @property
    def refusal(self) -> str:
        """Why nothing is asked and nothing done, "" where all is well."""
        if refused := self.selection.refusal:
            return refused
        if not self.number:
            return _("The selected rows no longer exist.")
        if self.action and self.action.choices and not self.choice.label:
            return _("Choose one of the list, please.")
        return ""

    @property
    def must_ask(self) -> bool:
        """Whether a page asks before anything is done; an answer counts for those whom the question named."""
        if self.action is None or (self.answered and not self.selection.is_as_named):
            return True
        return not self.answered and (self.selection.everything or self.number > MOST_UNASKED)

    @property
    def was_named(self) -> int | None:
        """How many the question named that is answered now, where it no longer is as it was."""
        named = self.selection.named
        return named.total if named and self.answered and not self.selection.is_as_named else None

    @cached_property
    def choice(self) -> Choice:
        """What was chosen, with all that taking it back has to know."""
        return choice_of(self.action, self.selection.page, self.value) if self.action else NOT_ASKED


def asked_for(page: ListPage, name: str, data: QueryDict) -> BulkChange | None:
    """What the form of a list, or of a question, asks for at the address of that name; None where there is no such."""
    section = page.section
    if name == DELETE and section.delete_ways:
        way = section.delete_way(data.get("way", ""))
        action, answered = (way.action if way else None), "way" in data or "sure" in data
    else:
        action, answered = next((one for one in section.actions if one.name == name), None), "sure" in data
        if action is None:
            return None
    asked = f"choice_{name}" if f"choice_{name}" in data or action is None else chooser_of(section, action)
    value = data.get(asked, data.get("choice", ""))
    return BulkChange(
        name=name, selection=selected(page, data), action=action, value=value, answered=answered
    )


def chooser_of(section: Section, action: BulkAction) -> str:
    """The name of the field in which the selection bar asks for the choice: actions of one question share it."""
    first = next((one for one in section.actions if one.choices is action.choices), action)
    return f"choice_{first.name}"


def store_question(change: BulkChange, *, by: Actor) -> Job:
    """Keep the list of those whom a question names, for its answer."""
    query = change.selection.page.query
    job = _job(change.section, change.name, choice=change.choice, query=query, by=by)
    job.state = Job.State.ASKED
    return running.prepare(job, change.selection.keys)


def carry_out(change: BulkChange, *, by: Actor) -> Job:
    """Do what is asked for: a few at once, many by the worker. NotAllowed where it was refused."""
    page, choice, action = change.selection.page, change.choice, change.action
    assert action is not None, "a change without an action is asked about"
    if (job := change.selection.named) is None:
        return act(page.section, action, change.selection.keys, choice=choice, query=page.query, by=by)
    job.action, job.value, job.label = action.name, choice.value, choice.label
    return _started(job)


def act(
    section: Section,
    action: BulkAction,
    keys: list[int],
    *,
    choice: Choice = NOT_ASKED,
    query: str = "",
    by: Actor,
) -> Job:
    """Do an action to the records of these ids. NotAllowed where it was refused."""
    job = _job(section, action.name, choice=choice, query=query, by=by)
    return _started(running.prepare(job, keys))


def _started(job: Job) -> Job:
    running.start(job)
    if job.state == Job.State.FAILED and not job.changed:
        raise NotAllowed(job.fault)
    return job


def _job(section: Section, name: str, *, choice: Choice, query: str, by: Actor) -> Job:
    facts = {"section": section.slug, "action": name, "value": choice.value, "label": choice.label}
    return running.asked_by(by, kind=BULK, query=query, **facts)
