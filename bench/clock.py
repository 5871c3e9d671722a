"""What a request costs: wall time, and CPU time of the application and of its database backend."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds."""

    wall: float
    app: float
    database: float

    @property
    def cpu(self) -> float:
        """Of both processes."""
        return self.app + self.database


class BackendClock:
    """CPU seconds of a PostgreSQL backend and of the parallel workers it was lent. SQLite runs inside: always 0.

    The backend is read to the nanosecond; workers, once they ended, in hundredths of a second, by what their parent
    reaped. So other sessions that end meanwhile are counted too: keep the server quiet.
    """

    def __init__(self, backend: int | None):
        self.schedule = self.parent = None
        if backend:
            status = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
            self.schedule = Path(f"/proc/{backend}/schedstat")
            self.parent = Path(f"/proc/{status[1]}/stat")

    def now(self) -> float:
        """Seconds so far."""
        if self.schedule is None:
            return 0.0
        own = int(self.schedule.read_text().split()[0]) / 1e9
        reaped = self.parent.read_text().rpartition(")")[2].split()[13:15]
        return own + sum(map(int, reaped)) * TICK


def timed(work, backend: BackendClock) -> Cost:
    """What `work()` costs in this thread and in that backend."""
    database, app, wall = backend.now(), time.thread_time(), time.perf_counter()
    work()
    wall, app = time.perf_counter() - wall, time.thread_time() - app
    return Cost(wall, app, backend.now() - database)
