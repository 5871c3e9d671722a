"""The worker as a process of its own: what it finishes, what it leaves, how it ends."""

import signal
import subprocess
import time

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from backoffice.jobs.heartbeat import last_seen
from backoffice.jobs.worker import Worker
from backoffice.models import Counter
from backoffice.records.errors import NotAllowed

from .conftest import until
from .errands import fail, wait_for, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_due")]


def test_a_job_of_a_killed_worker_is_finished_once_by_another(start_worker, diary, tmp_path):
    """Decision 30, libraries.md gotcha 1: after kill -9 the job is neither lost nor done twice."""
    job = wait_for.enqueue(str(tmp_path / "go"), str(tmp_path / "diary"))
    killed = start_worker()
    until(lambda: diary() == ["began"])
    killed.kill()
    killed.wait()
    assert DBTaskResult.objects.get(pk=job.id).status == TaskResultStatus.RUNNING

    (tmp_path / "go").touch()
    start_worker()
    start_worker()
    until(lambda: DBTaskResult.objects.get(pk=job.id).status == TaskResultStatus.SUCCESSFUL)
    time.sleep(1)  # time enough for either worker to do it again
    assert diary() == ["began", "began", "done"]
    assert len(set(DBTaskResult.objects.get(pk=job.id).worker_ids)) == 2


def test_a_job_that_kills_every_worker_is_given_up_after_three(start_worker, diary, tmp_path):
    """Decision 30: three attempts, then it failed, with the reason."""
    job = wait_for.enqueue(str(tmp_path / "go"), str(tmp_path / "diary"))
    for attempt in (1, 2, 3):
        worker = start_worker()
        until(lambda: diary() == ["began"] * attempt)  # noqa: B023
        worker.kill()
        worker.wait()
    start_worker()
    until(lambda: DBTaskResult.objects.get(pk=job.id).status == TaskResultStatus.FAILED)
    assert (
        DBTaskResult.objects.get(pk=job.id).traceback
        == "Given up after 3 attempts: each time the worker died"
    )
    assert diary() == ["began"] * 3


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_end_finishes_its_job_first(word, start_worker, diary, tmp_path):
    """Decision 30: the job at hand is finished, the next one waits; asking twice is no harm."""
    job = wait_for.enqueue(str(tmp_path / "go"), str(tmp_path / "diary"))
    next_one = write.enqueue(str(tmp_path / "diary"), "never")
    worker = start_worker()
    until(lambda: diary() == ["began"])
    worker.send_signal(word)
    worker.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(timeout=0.5)

    (tmp_path / "go").touch()
    assert worker.wait(timeout=5) == 0
    assert diary() == ["began", "done"]
    assert DBTaskResult.objects.get(pk=job.id).status == TaskResultStatus.SUCCESSFUL
    assert DBTaskResult.objects.get(pk=next_one.id).status == TaskResultStatus.READY
    assert last_seen() is None


def test_an_idle_worker_ends_within_five_seconds(start_worker):
    """Decision 30: also in the middle of a long pause."""
    worker = start_worker("--poll=60")
    until(last_seen)
    time.sleep(0.5)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=5) == 0
    assert last_seen() is None


def test_once_does_all_that_waits_and_ends(start_worker, diary, tmp_path, capsys):
    """Decision 30: a job that fails does not keep the others from being done."""
    for number in range(3):
        write.enqueue(str(tmp_path / "diary"), f"errand-{number}")
        fail.enqueue()
    call_command("worker", "--once")
    assert diary() == ["errand-0", "errand-1", "errand-2"]
    assert capsys.readouterr().out.strip() == "Jobs done: 6"
    assert DBTaskResult.objects.failed().count() == 3
    assert last_seen() is None
    assert start_worker("--once").wait(timeout=20) == 0


def test_a_job_is_there_when_its_data_are_and_not_otherwise():
    """Decision 30: a job is queued in the transaction of its data; undone with them, it is never done."""

    @transaction.atomic
    def refuse():
        fail.enqueue()
        raise NotAllowed("the data are refused")

    with pytest.raises(NotAllowed):
        refuse()
    assert not DBTaskResult.objects.exists()


def test_several_workers_share_the_queue_beside_a_busy_shop(start_worker, diary, tmp_path):
    """libraries.md gotcha 25: every job once, and no lock error, while the pages write, too."""
    words = [f"errand-{number}" for number in range(60)]
    for word in words:
        write.enqueue(str(tmp_path / "diary"), word)
    workers = [start_worker("--once"), start_worker("--once")]
    while any(worker.poll() is None for worker in workers):
        Counter.move("customers", by=1)
        time.sleep(0.005)
    assert [worker.returncode for worker in workers] == [0, 0]
    assert sorted(diary()) == sorted(words)
    assert "locked" not in (tmp_path / "worker.log").read_text()


def test_a_database_that_is_away_for_a_while_is_waited_for(monkeypatch):
    """Decision 30: each time a little longer; nothing but the database's return is needed."""
    worker, waits = Worker(poll=1), []

    def live():
        if len(waits) < 7:
            raise OperationalError("the database is away")
        worker.shutdown(signal.SIGTERM, None)

    monkeypatch.setattr(worker, "live", live)
    monkeypatch.setattr(worker, "_pause", waits.append)
    monkeypatch.setattr("backoffice.jobs.worker.connections.close_all", lambda: None)
    worker.serve()
    assert waits == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.only_on("postgresql")
def test_a_job_at_hand_when_the_database_goes_away_is_done_after_its_return(start_worker, diary, tmp_path):
    """Decision 30: the worker could not write down that it was done, so it is done again, by the same process."""
    name = connection.settings_dict["NAME"]
    job = wait_for.enqueue(str(tmp_path / "go"), str(tmp_path / "diary"))
    worker = start_worker()
    until(lambda: diary() == ["began"])
    server = psycopg.connect(
        host=connection.settings_dict["HOST"], user="postgres", dbname="postgres", autocommit=True
    )
    mine = connection.connection.info.backend_pid
    with server:
        server.execute(f'alter database "{name}" allow_connections false')
        server.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and pid <> %s",
            [name, mine],
        )
        (tmp_path / "go").touch()
        until(lambda: "Database not usable" in (tmp_path / "worker.log").read_text())
        server.execute(f'alter database "{name}" allow_connections true')
    until(lambda: DBTaskResult.objects.get(pk=job.id).status == TaskResultStatus.SUCCESSFUL)
    assert worker.poll() is None
    assert diary() == ["began", "done", "began", "done"]
    assert len(set(DBTaskResult.objects.get(pk=job.id).worker_ids)) == 2


@pytest.mark.parametrize("times", [("--poll=0",), ("--beat=-1",), ("--beat=30", "--dead-after=60")])
def test_intervals_that_make_no_sense_are_refused(times):
    """Decision 30: a worker that beats too rarely would be taken for dead while it lives."""
    with pytest.raises(CommandError):
        call_command("worker", "--once", *times)
