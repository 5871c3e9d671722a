"""Taking back what was done to many, or by a form: the opposite action, on who was changed and was left so since.

Kept for thirty days, for who did it and for who may do the opposite (decision 42).
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from ..jobs import running
from ..jobs.running import JobKind, register
from ..models import Job, JobBlock
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..sections import BulkAction, Choice, section_named
from .bulk_jobs import BULK, action_named, run, what, write_down
from .edits import EDIT

UNDO = "undo"


_IN_VAIN = Q(state__in=(Job.State.CANCELLED, Job.State.FAILED), changed=0)


def undoable() -> QuerySet:
    """The jobs whose changes are kept, and have not been taken back."""
    since = timezone.now() - timedelta(days=settings.UNDO_DAYS)
    ended = (Job.State.DONE, Job.State.CANCELLED, Job.State.FAILED)
    taken = Job.objects.filter(~_IN_VAIN, undoes=OuterRef("pk"))
    return Job.objects.filter(
        ~Exists(taken), kind__in=(BULK, EDIT), state__in=ended, changed__gt=0, finished_at__gte=since
    )


def was_undone(job: Job) -> bool:
    """Whether somebody has taken it back, or is about to."""
    return Job.objects.filter(~_IN_VAIN, undoes=job).exists()


def undo_action_of(job: Job) -> BulkAction | None:
    """The action that takes it back; None where there is none, as for what was deleted for good."""
    section = section_named(job.section)
    action = action_named(section, job.action) if section else None
    return action_named(section, action.undo.action) if section and action and action.undo else None


def may_undo(job: Job, staff: HasRights) -> bool:
    """Whether there is a way back that this person may go; whether it is open still, `undoable` knows."""
    section, back = section_named(job.section), undo_action_of(job)
    return section is not None and back is not None and staff.has_perms([section.right("view"), back.right])


def changed_since(job: Job, block: JobBlock) -> set[int]:
    """Those of a block in whom what the job changed has been changed again since."""
    section = section_named(job.section)
    action = action_named(section, job.action) if section else None
    if action is None or action.undo is None or block.done_at is None:
        return set()
    return action.undo.since(block.changed, Choice(job.value, job.label, block.remembered), block.done_at)


@transaction.atomic
def undo_job(job: Job, *, by: Actor) -> Job:
    """Do the opposite to all that a job changed. NotAllowed where that is not open any more."""
    job, back = Job.objects.select_for_update().get(pk=job.pk), undo_action_of(job)
    if back is None or not undoable().filter(pk=job.pk).exists():
        raise NotAllowed(
            _("This can no longer be undone here. The history of each record has its old values.")
        )
    same = {name: getattr(job, name) for name in ("section", "value", "label", "query")}
    undo = running.asked_by(by, kind=UNDO, action=back.name, undoes=job, total=job.changed, **same)
    undo.save()
    blocks = job.blocks.exclude(changed=[]).values_list("place", "changed")
    JobBlock.objects.bulk_create(
        [JobBlock(job=undo, place=place, ids=changed) for place, changed in blocks], batch_size=100
    )
    running.start(undo)
    return undo


def _run(job: Job, block: JobBlock, *, by: Actor) -> None:
    section, back = what(job, by)
    assert job.undoes is not None
    done = job.undoes.blocks.get(place=block.place)
    alone = sorted(changed_since(job.undoes, done))
    free = set(block.ids).difference(alone)
    choice = Choice(job.value, job.label, [one for one in done.remembered if one not in alone])
    # Only those who are to be brought back are hidden; all other actions leave the hidden as they are.
    block.changed = run(back, section.rows().filter(pk__among=sorted(free)), choice, by)
    block.left = sorted(set(block.ids) - set(block.changed))


register(UNDO, JobKind(run=_run, finished=write_down))
