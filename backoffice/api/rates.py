"""How often a program may ask: counted in each process of the web server, so that counting costs no statement."""

import threading
import time
from dataclasses import dataclass

from django.conf import settings


@dataclass(slots=True)
class _Allowance:
    left: float
    at: float


class Rates:
    """What each token may still ask: an allowance of one minute's requests, which fills up again all the time."""

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._of: dict[int, _Allowance] = {}
        self._lock = threading.Lock()

    def wait(self, token: int, cost: int = 1) -> int:
        """Count a request; the seconds to wait where it is one too many, else 0."""
        most = settings.API_REQUESTS_A_MINUTE
        now = self._clock()
        with self._lock:
            mine = self._of.setdefault(token, _Allowance(most, now))
            mine.left = min(most, mine.left + (now - mine.at) * most / 60)
            mine.at = now
            if mine.left < cost:
                return max(1, round((cost - mine.left) * 60 / most))
            mine.left -= cost
            return 0


RATES = Rates()
