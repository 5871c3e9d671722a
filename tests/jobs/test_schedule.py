"""What is done again and again, and that it is done once each time."""

import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from backoffice import registries
from backoffice.jobs.schedule import enqueue_due
from backoffice.jobs.upkeep import clear_expired_sessions, prune_finished_jobs
from backoffice.models import ScheduledRun
from backoffice.registries import Registry, Scheduled

from .errands import fail


@pytest.fixture
def schedule(monkeypatch) -> Registry:
    """A schedule with nothing in it but what the test registers."""
    empty = Registry(Scheduled)
    monkeypatch.setattr("backoffice.jobs.schedule.schedule", empty)
    return empty


def an_hour_passes() -> None:
    # and a moment: SQLite's clock counts thousandths
    ScheduledRun.objects.update(last_started_at=timezone.now() - timedelta(hours=1, seconds=1))


@pytest.mark.django_db(transaction=True)  # a worker closes connections
def test_a_run_is_due_at_first_and_again_when_its_time_has_passed(schedule):
    """Decision 30: what it did and when stands in the table."""
    schedule.register("count_stock", lambda: "12 counted", every=3600)
    assert enqueue_due() == ["count_stock"]
    call_command("worker", "--once")
    run = ScheduledRun.objects.get(name="count_stock")
    assert (run.last_result, run.last_error) == ("12 counted", "")
    assert run.last_started_at <= run.last_finished_at
    assert enqueue_due() == []
    an_hour_passes()
    assert enqueue_due() == ["count_stock"]


@pytest.mark.django_db
def test_runs_do_not_pile_up_while_no_worker_has_time(schedule):
    """Decision 30: a run that waits is not joined by a second one."""
    schedule.register("count_stock", lambda: None, every=3600)
    enqueue_due()
    an_hour_passes()
    assert enqueue_due() == []
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)  # a worker closes connections
def test_a_run_that_fails_says_why_and_the_next_one_is_done(schedule):
    """Decision 30, incident G27: the reason is kept, a person's address in it is not."""
    outcomes = [ValueError("jane@example.com is too much"), None]

    def count_stock():
        if (fault := outcomes.pop(0)) is not None:
            raise fault
        return "12 counted"

    schedule.register("count_stock", count_stock, every=3600)
    call_command("worker", "--once")
    run = ScheduledRun.objects.get()
    assert (run.last_result, run.last_error) == ("", "ValueError: [e-mail] is too much")
    assert run.last_finished_at is not None
    assert DBTaskResult.objects.failed().count() == 1

    an_hour_passes()
    call_command("worker", "--once")
    run.refresh_from_db()
    assert (run.last_result, run.last_error) == ("12 counted", "")


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_due_is_claimed_by_one_of_many(schedule):
    """Decision 30: four workers look at the same moment, first without and then with the row there."""
    schedule.register("count_stock", lambda: None, every=3600)
    for times in (1, 2):
        start, claimed = threading.Barrier(4), []

        def look(start=start, claimed=claimed):
            start.wait()
            claimed.extend(enqueue_due())
            connection.close()

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert claimed == ["count_stock"]
        assert DBTaskResult.objects.count() == times
        DBTaskResult.objects.update(status="SUCCESSFUL")
        an_hour_passes()


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_start_together_do_each_run_once(start_worker):
    """Decision 30: as processes; the schedule is the product's own."""
    workers = [start_worker("--once"), start_worker("--once")]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    names = sorted(job.args_kwargs["args"][0] for job in DBTaskResult.objects.all())
    assert names == sorted(entry.name for entry in registries.schedule)
    assert {"clear_expired_sessions", "prune_finished_jobs"} <= set(names)
    assert not ScheduledRun.objects.exclude(last_error="").exists()


@pytest.mark.django_db
def test_sessions_that_ended_are_deleted_and_no_others():
    """Decision 30."""
    now = timezone.now()
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(minutes=1))
    assert clear_expired_sessions() == "1 expired sessions deleted"
    assert Session.objects.get().session_key == "open"


@pytest.mark.django_db
def test_finished_jobs_are_kept_for_fourteen_days():
    """Decision 30: waiting ones for as long as it takes."""
    old, young, waiting = (fail.enqueue().id for _ in range(3))
    for job, days in ((old, 15), (young, 13)):
        ended = timezone.now() - timedelta(days=days)
        DBTaskResult.objects.filter(pk=job).update(status="FAILED", finished_at=ended)
    DBTaskResult.objects.filter(pk=waiting).update(enqueued_at=timezone.now() - timedelta(days=15))
    assert prune_finished_jobs() == "1 finished jobs deleted"
    assert {str(job.pk) for job in DBTaskResult.objects.all()} == {young, waiting}


def test_two_functions_of_one_name_are_refused(schedule):
    """Decision 29: an app that overwrites another's part would go unnoticed."""

    def count_stock():
        return None

    schedule.register("count_stock", count_stock, every=60)
    schedule.register("count_stock", count_stock, every=60)
    with pytest.raises(ValueError, match="another 'count_stock'"):
        schedule.register("count_stock", lambda: None, every=60)
    with pytest.raises(TypeError):
        schedule.register("no_interval", count_stock)
    assert [entry.name for entry in schedule] == ["count_stock"]
