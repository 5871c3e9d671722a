"""Bulk actions as jobs: what is done in each block, the event of it, and what to say of it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from ..importing.page_jobs import IMPORT
from ..jobs.running import JobKind, register
from ..models import Job, JobBlock
from ..records.actors import Actor, Door
from ..records.errors import NotAllowed
from ..records.events import Kind, record
from ..screen import formats
from ..sections import BulkAction, Choice, Section, section_named
from .edits import ACTIONS, form_actions, named
from .page import ListPage

BULK = "bulk"
_NAMED = 5
_LEFT = ngettext_lazy(
    "%(n)s unchanged: already done, or not possible.",
    "%(n)s unchanged: already done, or not possible.",
    "count",
)


def action_named(section: Section, name: str) -> BulkAction | None:
    """The action of that name, those of the ways of deleting and of the form among them; None where there is none."""
    known = (*section.actions, *(way.action for way in section.delete_ways), *form_actions(section))
    return next((action for action in known if action.name == name), None)


def label_of(job: Job) -> str:
    """What was chosen where the action asks; of a form, whose it was."""
    return named(job) if job.action in ACTIONS else job.label


def choice_of(action: BulkAction, page: ListPage, value: str) -> Choice:
    """A choice of this action as the list offers it; without a label where it is none of those."""
    return Choice(value, str(dict(action.choices(page)).get(value, "")) if action.choices else "")


def what(job: Job, by: Actor) -> tuple[Section, BulkAction]:
    """The section and the action of a job. NotAllowed where they are gone, or whoever asked may do it no more.

    The server itself may: its schedule, and who sits at its terminal.
    """
    section = section_named(job.section)
    action = action_named(section, job.action) if section else None
    if section is None or action is None:
        raise NotAllowed(_("This action no longer exists."))
    if by.door is not Door.COMMAND and not _may(by, action):
        raise NotAllowed(_("The person who started this is no longer allowed to do it."))
    return section, action


def _may(by: Actor, action: BulkAction) -> bool:
    return by.staff is not None and by.staff.is_active and by.staff.has_perm(action.right)


def run(action: BulkAction, rows: Any, choice: Choice, by: Actor) -> list[int]:
    """Run an action with its choice, or with what is remembered; returns who was changed."""
    return action.run(rows, by=by, **({"choice": choice} if action.choices or choice.remembered else {}))


def _run(job: Job, block: JobBlock, *, by: Actor) -> None:
    section, action = what(job, by)
    rows, choice = section.rows_with_page().filter(pk__among=block.ids), Choice(job.value, job.label)
    if action.undo and action.undo.remembers:
        block.remembered = action.undo.remembers(rows, choice)
    block.changed = run(action, rows, choice, by)


def write_down(job: Job, *, by: Actor) -> None:
    """One event for the activity page (decision 28), where anything was changed; of a form history tells it.

    What was taken back is told as that, by the name of what had been done.
    """
    if job.changed and job.action not in ACTIONS:
        facts = {"done": job.action, "choice": job.label, "rows": job.changed, "job": job.pk}
        if job.undoes:
            facts |= {"done": job.undoes.action, "undone": True}
        record(Kind.BULK_CHANGE, by=by, target=job.section, **facts)


register(BULK, JobKind(run=_run, finished=write_down))


def remembered_by(jobs: Sequence[Job]) -> dict[int, list]:
    """What taking each of these jobs back has to know besides whom it changed, by the job's number."""
    found: dict[int, list] = {job.pk: [] for job in jobs}
    of_lists = [job.pk for job in jobs if job.kind != IMPORT]
    blocks = (
        JobBlock.objects.filter(job__in=of_lists).exclude(remembered=[])
        if of_lists
        else JobBlock.objects.none()
    )
    for key, remembered in blocks.values_list("job_id", "remembered"):
        found[key] += remembered
    return found


def result_of(job: Job, action: BulkAction, remembered: list) -> str:
    """The words that tell what came of it: how many, what to bear in mind, how many were left out and why."""
    if job.fault and not job.changed:
        return job.fault
    said = [_("Nothing was changed.")]
    if job.changed:
        said = [counted(action.words.done, job.changed, label_of(job))]
        said += notes_of(action, Choice(job.value, job.label, remembered))
    if (left := job.done - job.changed) > 0:
        said.append(counted(action.words.left or _LEFT, left))
    if job.fault:
        said.append(job.fault)
    return " ".join(said)


def why_not_deleted(job: Job) -> list[str]:
    """The first of those that cannot be deleted, each by name with the reason (D15)."""
    section = section_named(job.section)
    way = section.delete_way(job.action) if section else None
    if section is None or way is None or job.done == job.changed:
        return []
    blocks = job.blocks.values_list("ids", "changed")
    left = [key for ids, changed in blocks for key in sorted(set(ids) - set(changed))]
    reasons = way.why_not(left[:_NAMED])
    return [formats.labelled(one, reasons[one.pk]) for one in section.rows().filter(pk__in=reasons)]


def what_became(job: Job) -> list[str]:
    """What became of those that were deleted, or changed otherwise, where that differs from one to the other."""
    section = section_named(job.section)
    action = action_named(section, job.action) if section and job.kind == BULK else None
    way = section.delete_way(job.action) if section and job.kind == BULK else None
    told = (way and way.told) or (action and action.words.told)
    if not told or not job.changed:
        return []
    return told([key for changed in job.blocks.values_list("changed", flat=True) for key in changed])


def notes_of(action: BulkAction, choice: Choice) -> list[str]:
    """What is to be borne in mind, said before a large change and after any."""
    aside = action.undo.aside(choice) if choice.remembered and action.undo and action.undo.aside else ""
    return [said for one in (aside, action.words.note) if (said := str(one))]


def counted(sentence: Any, number: int, label: str = "") -> str:
    """A plural text over "count" with %(n)s and %(label)s in it, for that number."""
    return str(sentence % {"count": number, "n": formats.number(number), "label": label})
