"""The schedule: when an entry of `registries.schedule` is due, its run becomes an ordinary job, once."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from backoffice.logs import mask
from backoffice.models import ScheduledRun
from backoffice.registries import schedule

log = logging.getLogger(__name__)


@task()
def run_scheduled(name: str) -> None:
    """Does one run of that entry and writes down how it went; a fault, too, which then fails the job.

    Raises KeyError for a name that is no longer registered.
    """
    result = error = ""
    try:
        result = schedule[name].function() or ""
        log.info("Scheduled run %s: %s", name, result)
    except BaseException as fault:
        error = mask(f"{type(fault).__name__}: {fault}")
        raise
    finally:
        ScheduledRun.objects.filter(name=name).update(
            last_finished_at=Now(), last_result=result, last_error=error
        )


def is_waiting(name: str) -> bool:
    """Whether a run of that entry is in the queue or at work."""
    return DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path=run_scheduled.module_path,
        args_kwargs={"args": [name], "kwargs": {}},
    ).exists()


def claim(name: str, *, every: float) -> bool:
    """Takes the run that is due, if one is: one UPDATE, so that of several workers exactly one gets True."""
    due = Q(last_started_at=None) | Q(last_started_at__lte=Now() - timedelta(seconds=every))
    return ScheduledRun.objects.filter(due, name=name).update(last_started_at=Now()) == 1


def enqueue_due() -> list[str]:
    """Puts every run that is due into the queue, in the transaction of its claim; returns their names.

    An entry whose last run is still waiting or at work is left alone: runs never pile up.
    """
    known = set(ScheduledRun.objects.values_list("name", flat=True))
    ScheduledRun.objects.bulk_create(
        [ScheduledRun(name=entry.name) for entry in schedule if entry.name not in known],
        ignore_conflicts=True,
    )
    started = []
    for entry in schedule:
        if is_waiting(entry.name):
            continue
        with transaction.atomic():
            if claim(entry.name, every=entry.every):
                run_scheduled.enqueue(entry.name)
                started.append(entry.name)
    return started
