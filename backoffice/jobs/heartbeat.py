"""The sign of life of every worker: a row that it renews, by the database's own clock."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Max
from django.db.models.functions import Now

from backoffice.models import WorkerHeartbeat

log = logging.getLogger(__name__)

BEAT_SECONDS = 10.0
DEAD_AFTER_SECONDS = 60.0


def beat(worker: str) -> None:
    """Says that this worker lives."""
    WorkerHeartbeat.objects.bulk_create(
        [WorkerHeartbeat(worker=worker, started_at=Now(), seen_at=Now())],
        update_conflicts=True,
        unique_fields=["worker"],
        update_fields=["seen_at"],
    )


def last_seen() -> datetime | None:
    """When any worker was last seen; None when every worker ended cleanly or none ever started."""
    return WorkerHeartbeat.objects.aggregate(seen=Max("seen_at"))["seen"]


def living(dead_after: float = DEAD_AFTER_SECONDS) -> set[str]:
    """The workers seen within the last `dead_after` seconds; the rows of the others are deleted."""
    WorkerHeartbeat.objects.filter(seen_at__lte=Now() - timedelta(seconds=dead_after)).delete()
    return set(WorkerHeartbeat.objects.values_list("worker", flat=True))


class Heart:
    """While entered, a thread of its own renews the worker's row, however long a job takes."""

    def __init__(self, worker: str, every: float = BEAT_SECONDS):
        self.worker, self.every = worker, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="heartbeat", daemon=True)

    def _go_on(self) -> None:
        while not self._stop.wait(self.every):
            try:
                beat(self.worker)
            except (DatabaseError, InterfaceError) as error:
                log.warning("Heartbeat not written: %s", type(error).__name__)
            finally:
                connection.close()

    def __enter__(self) -> "Heart":
        beat(self.worker)
        self._thread.start()
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._stop.set()
        self._thread.join(timeout=5)  # a database that does not answer must not keep the worker
        if kind is None:
            WorkerHeartbeat.objects.filter(worker=self.worker).delete()
