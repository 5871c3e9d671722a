"""Signs of life, and what becomes of the jobs of those that show none."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from backoffice.jobs.heartbeat import Heart, beat, last_seen
from backoffice.jobs.recovery import WorkerDied, requeue_orphans
from backoffice.models import WorkerHeartbeat

from .conftest import until
from .errands import write


def job_taken_by(*workers: str) -> DBTaskResult:
    """A job at work, taken by these workers one after the other; the last one has it."""
    job = DBTaskResult.objects.get(pk=write.enqueue("diary", "word").id)
    for worker in workers:
        job.claim(worker)
    return job


def last_sign_of(worker: str, *, seconds_ago: float) -> None:
    beat(worker)
    seen = timezone.now() - timedelta(seconds=seconds_ago)
    WorkerHeartbeat.objects.filter(worker=worker).update(seen_at=seen)


@pytest.mark.django_db
def test_a_job_goes_back_after_sixty_seconds_without_a_sign_of_life():
    """Decision 30: 59 seconds are a long breath, 61 are death."""
    last_sign_of("breathing", seconds_ago=59)
    last_sign_of("dead", seconds_ago=61)
    kept, moved = job_taken_by("breathing"), job_taken_by("dead")
    assert requeue_orphans() == 1
    kept.refresh_from_db()
    moved.refresh_from_db()
    assert (kept.status, moved.status) == (TaskResultStatus.RUNNING, TaskResultStatus.READY)
    assert moved.started_at is None
    assert list(WorkerHeartbeat.objects.values_list("worker", flat=True)) == ["breathing"]


@pytest.mark.django_db
def test_the_job_of_a_worker_that_left_no_row_goes_back():
    """Decision 30: a row that was deleted and one that was never written mean the same."""
    job = job_taken_by("unheard of")
    assert requeue_orphans() == 1
    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY


@pytest.mark.django_db
def test_after_three_dead_workers_a_job_is_given_up_with_the_reason():
    """Decision 30: twice it goes back, the third time it failed."""
    twice, thrice = job_taken_by("a", "b"), job_taken_by("a", "b", "c")
    assert requeue_orphans() == 1
    twice.refresh_from_db()
    thrice.refresh_from_db()
    assert (twice.status, thrice.status) == (TaskResultStatus.READY, TaskResultStatus.FAILED)
    assert thrice.finished_at is not None
    (error,) = write.get_result(str(thrice.pk)).errors
    assert error.exception_class is WorkerDied
    assert error.traceback == "Given up after 3 attempts: each time the worker died"


@pytest.mark.django_db
def test_only_jobs_at_work_are_touched():
    """Decision 30: waiting and finished jobs need nobody's heart."""
    waiting, done = job_taken_by(), job_taken_by("gone")
    done.set_successful(None)
    assert requeue_orphans() == 0
    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.status, done.status) == (TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL)


@pytest.mark.django_db(transaction=True)
def test_a_lost_job_goes_back_once_however_many_look():
    """Decision 30: four workers look at the same moment."""
    job = job_taken_by("gone")
    start, moved = threading.Barrier(4), []

    def look():
        start.wait()
        moved.append(requeue_orphans())
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moved) == [0, 0, 0, 1]
    job.refresh_from_db()
    assert job.worker_ids == ["gone"]


@pytest.mark.django_db
def test_last_seen_is_the_latest_sign_of_any_worker():
    """Decision 31: what the health page may tell."""
    assert last_seen() is None
    last_sign_of("old", seconds_ago=300)
    last_sign_of("young", seconds_ago=5)
    assert timedelta(seconds=4) < timezone.now() - last_seen() < timedelta(seconds=30)


@pytest.mark.django_db(transaction=True)
def test_the_heart_beats_while_the_worker_is_busy_and_stops_with_it():
    """Decision 30: a job of an hour is no death."""
    with Heart("busy", every=0.05):
        first = last_seen()
        until(lambda: last_seen() > first, seconds=5)
    assert last_seen() is None
    time.sleep(0.15)
    assert last_seen() is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ends_in_trouble_leaves_its_row_so_that_its_job_is_found():
    """Decision 30: only a clean end takes the row away."""
    with pytest.raises(ZeroDivisionError), Heart("in trouble", every=60):
        raise ZeroDivisionError
    assert last_seen() is not None
