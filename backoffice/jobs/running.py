"""Acts on many records, in blocks: small ones at once, large ones by the worker, each block exactly once.

A block and the note that it is done are one transaction. Whoever is killed in the middle leaves whole blocks behind,
and the next one goes on where they stop.
"""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ..database.counting import one_change
from ..models import Job, JobBlock
from ..records.actors import Actor, Door
from ..records.errors import NotAllowed
from ..registries import schedule

log = logging.getLogger(__name__)

# Records a block: some tenths of a second, in which others wait for what it locks.
BLOCK = 500
# What is done at once, in some two seconds at most; more is work for the worker.
AT_ONCE = 2_000
# Between two blocks the worker rests as long as the last one took, and so long at least: however many it changes and
# however slow the machine is, half of the time is the others'.
SHORTEST_REST = 0.05
COMMAND_IS_LOST_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class JobKind:
    """Who carries a kind of job out.

    `run(job, block, *, by)` does a block and fills in what it changed, in the transaction of the caller; NotAllowed
    ends the job. `finished(job, *, by)` writes down what came of it. Where something has to stay open from block to
    block, `session(job)` opens it, and gives what runs them.
    """

    finished: Callable[..., None]
    run: Callable[..., None] | None = None
    session: Callable[[Job], AbstractContextManager[Callable[..., None]]] | None = None

    def opened(self, job: Job) -> AbstractContextManager[Callable[..., None]]:
        """While entered, what does the blocks of this job."""
        if self.session:
            return self.session(job)
        assert self.run is not None
        return nullcontext(self.run)


_kinds: dict[str, JobKind] = {}


def register(name: str, kind: JobKind) -> None:
    """Make a kind of job known."""
    _kinds[name] = kind


def asked_by(by: Actor, **facts: Any) -> Job:
    """A job of theirs that is not stored yet; `facts` are its further fields."""
    return Job(staff=by.staff, door=by.door, ip=by.ip, **facts)


@transaction.atomic
def prepare(job: Job, ids: Sequence[int], *, size: int = 0) -> Job:
    """Store a job about these records, in blocks (of this size where one is named); nothing is done yet."""
    job.total = len(ids)
    job.save()
    size = size or BLOCK
    some = (ids[start : start + size] for start in range(0, len(ids), size))
    blocks = [JobBlock(job=job, place=place, ids=list(one)) for place, one in enumerate(some)]
    JobBlock.objects.bulk_create(blocks, batch_size=100)
    return job


def start(job: Job, *, at_once: int | None = None) -> None:
    """Do a small job at once, whole or not at all; give a large one to the worker. `at_once` says what is small.

    NotAllowed where its question was answered from another window a moment ago.
    """
    with one_change():
        asked = Job.objects.filter(pk=job.pk, state=Job.State.ASKED)
        answer = {name: getattr(job, name) for name in ("action", "value", "label")}
        answered = asked.update(state=Job.State.WAITING, **answer)
        if job.state == Job.State.ASKED and not answered:
            raise NotAllowed(_("This was already started from another window."))
        if job.total <= (AT_ONCE if at_once is None else at_once):
            carry_out(job.pk)
        else:
            run_job.enqueue(job.pk)
    job.refresh_from_db()


def cancel(job: Job) -> None:
    """Have a job end after the block at hand; what is done stays done, and can be taken back."""
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    if Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(state=Job.State.RUNNING):
        carry_out(job.pk)


@task()
def run_job(key: int) -> None:
    """What the worker does of a job: all that is left of it, in the language of who asked for it."""
    language = Job.objects.filter(pk=key).values_list("staff__language", flat=True).first()
    with translation.override(language or settings.LANGUAGE_CODE):
        carry_out(key, rest=_rest)


def end_lost_jobs() -> str:
    """Ends the jobs that nobody will go on with: their turn was given up, or never came about.

    What they did stays done, and can be taken back; without this their progress would be watched for ever. A command
    does its own job without a turn: it is lost when it has done nothing for a while.
    """
    lately = timezone.now() - COMMAND_IS_LOST_AFTER
    turns = DBTaskResult.objects.filter(
        task_path=run_job.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    waited_for = {turn["args"][0] for turn in turns.values_list("args_kwargs", flat=True)}
    going_on = Job.objects.filter(
        state__in=(Job.State.WAITING, Job.State.RUNNING),
        created_at__lt=timezone.now() - timedelta(minutes=1),
    )
    at_work = Q(started_at__gte=lately) | Exists(
        JobBlock.objects.filter(job=OuterRef("pk"), done_at__gte=lately)
    )
    going_on = going_on.exclude(at_work, door=Door.COMMAND)
    lost = list(going_on.exclude(pk__in=waited_for).select_related("staff"))
    for job in lost:
        Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(state=Job.State.RUNNING)
        by = Actor(staff=job.staff, door=Door(job.door), ip=job.ip)
        fault = _("It stopped because of a program error.")
        _end(job, Job.State.FAILED, _kinds[job.kind], by, fault=fault)
    return f"{len(lost)} lost jobs ended"


schedule.register("end_lost_jobs", end_lost_jobs, every=60)


def _rest(seconds: float) -> None:
    time.sleep(max(seconds, SHORTEST_REST))


def carry_out(key: int, *, rest: Callable[[float], None] = lambda seconds: None) -> None:
    """Do what is left of a job, block after block; `rest` is told how long each took. One that has ended, is gone, or
    waits for its answer is left alone."""
    job = Job.objects.select_related("staff").filter(pk=key).first()
    if job is None:
        return
    mine = Job.objects.filter(pk=key, state__in=(Job.State.WAITING, Job.State.RUNNING))
    if not mine.update(state=Job.State.RUNNING, started_at=Coalesce(F("started_at"), Now())):
        return
    kind, by = _kinds[job.kind], Actor(staff=job.staff, door=Door(job.door), ip=job.ip)
    try:
        with kind.opened(job) as run:
            for block in list(job.blocks.filter(done_at=None).values_list("pk", flat=True)):
                if Job.objects.filter(pk=key, cancel_asked=True).exists():
                    return _end(job, Job.State.CANCELLED, kind, by)
                began = time.monotonic()
                _with_retries(lambda block=block: _do(job, block, run, by))
                rest(time.monotonic() - began)
    except NotAllowed as refusal:
        return _end(job, Job.State.FAILED, kind, by, fault=refusal.message)
    except Exception:
        log.exception("Job %s broke off", key)
        _end(job, Job.State.FAILED, kind, by, fault=_("It stopped because of a program error."))
        raise
    _end(job, Job.State.DONE, kind, by)


def _with_retries(do: Callable[[], None]) -> None:
    """What somebody else's lock holds up is tried again; within a transaction it cannot be."""
    for seconds in (0.5, 2, 8):
        try:
            return do()
        except OperationalError:
            if connection.in_atomic_block:
                raise
            time.sleep(seconds)
    do()


@one_change()
def _do(job: Job, key: int, run: Callable[..., None], by: Actor) -> None:
    block = JobBlock.objects.select_for_update().get(pk=key)
    if block.done_at is not None:  # another worker was quicker
        return
    run(job, block, by=by)
    block.done_at = timezone.now()
    block.save()
    Job.objects.filter(pk=job.pk).update(
        done=F("done") + len(block.ids), changed=F("changed") + len(block.changed)
    )


@transaction.atomic
def _end(job: Job, state: Job.State, kind: JobKind, by: Actor, *, fault: str = "") -> None:
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    if running.update(state=state, fault=fault, finished_at=Now()):
        job.refresh_from_db()
        kind.finished(job, by=by)
