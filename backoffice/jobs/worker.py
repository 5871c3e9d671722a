"""The worker: django-tasks-db's own, with signs of life, recovery of lost jobs, the schedule and patience."""

import logging
import os
import signal
import socket
import time
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from ..database.limits import JOB, limited
from .heartbeat import BEAT_SECONDS, DEAD_AFTER_SECONDS, Heart
from .recovery import requeue_orphans
from .schedule import enqueue_due

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
LOOK_SECONDS = 60.0
LONGEST_WAIT_SECONDS = 30.0


class Worker(QueueWorker):
    """Does the jobs of all queues, one after the other, until it is asked to end.

    Times in seconds: `poll` between looks into an empty queue, `beat` between signs of life, `look` between looks for
    lost jobs and for runs that are due, `dead_after` without a sign of life a worker counts as dead.
    """

    def __init__(
        self, *, poll=POLL_SECONDS, beat=BEAT_SECONDS, look=LOOK_SECONDS, dead_after=DEAD_AFTER_SECONDS
    ):
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="",
            excluded_queue_names=[],
        )
        self.poll, self.beat, self.look, self.dead_after = poll, beat, look, dead_after
        self.done = 0
        self._next_look = self._wait = 0.0

    def shutdown(self, signum, frame) -> None:
        """A signal to end: the job at hand is finished first. Asking again changes nothing."""
        self.running = False

    def serve(self) -> None:
        """Works until asked to end; a database that is away is waited for, longer each time, at most 30 s."""
        while self.running:
            try:
                self.live()
            except (DatabaseError, InterfaceError) as error:
                connections.close_all()
                self._wait = min(2 * self._wait or self.poll, LONGEST_WAIT_SECONDS)
                log.warning("Database not usable, next try in %.0f s: %s", self._wait, error)
                self._pause(self._wait)

    def live(self, *, once: bool = False) -> None:
        """Works under a new name, until asked to end or, with `once`, until the queue is empty.

        Raises the database's errors. A job that was at hand then belongs to a dead name and is tried again.
        """
        self.worker_id = f"{socket.gethostname()[:32]}-{os.getpid()}-{get_random_string(8)}"
        self._next_look = 0.0
        with Heart(self.worker_id, self.beat):
            while self.running:
                close_old_connections()
                self._look_around()
                self._wait = 0.0
                # Only a read: the library's own look takes SQLite's write lock.
                if DBTaskResult.objects.ready().filter(backend_name=self.backend_name).exists():
                    self.run()
                elif once:
                    return
                else:
                    self._pause(self.poll)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        with limited(JOB):
            super().run_task(db_task_result)
        self.done += 1
        self._look_around()

    def _look_around(self) -> None:
        if time.monotonic() >= self._next_look:
            requeue_orphans(dead_after=self.dead_after)
            enqueue_due()
            self._next_look = time.monotonic() + self.look

    def _pause(self, seconds: float) -> None:
        # In slices: after a signal Python goes on with the sleep.
        until = time.monotonic() + seconds
        while self.running and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))


@contextmanager
def ended_by_signals(worker: Worker):
    """While entered, SIGTERM and SIGINT ask this worker to end."""
    before = {number: signal.signal(number, worker.shutdown) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
