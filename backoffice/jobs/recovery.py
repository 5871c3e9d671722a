"""Jobs whose worker was killed: django-tasks-db leaves them running for ever (`libraries.md`, gotcha 1)."""

import logging

from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .heartbeat import DEAD_AFTER_SECONDS, living

log = logging.getLogger(__name__)

ATTEMPTS = 3


class WorkerDied(Exception):
    """Why a job was given up: every worker that tried it died."""


def requeue_orphans(*, dead_after: float = DEAD_AFTER_SECONDS, attempts: int = ATTEMPTS) -> int:
    """Puts jobs whose worker showed no sign of life for `dead_after` seconds back into the queue; returns how many.

    A job that was tried `attempts` times fails for good, with the reason. Each job moves once, however many workers
    look at the same moment. A job may thus run again from its start: jobs have to be safe to repeat.
    """
    # The jobs first: a worker shows its first sign of life before it takes a job.
    running = list(DBTaskResult.objects.running())
    alive = living(dead_after)
    moved = 0
    for job in running:
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        same = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
        if len(job.worker_ids) < attempts:
            moved += same.update(status=TaskResultStatus.READY, started_at=None)
            log.warning("Job %s is queued again: its worker died", job.pk)
        else:
            reason = f"Given up after {len(job.worker_ids)} attempts: each time the worker died"
            same.update(
                status=TaskResultStatus.FAILED,
                finished_at=Now(),
                exception_class_path=f"{WorkerDied.__module__}.{WorkerDied.__qualname__}",
                traceback=reason,
            )
            log.error("Job %s: %s", job.pk, reason)
    return moved
