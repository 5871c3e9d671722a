"""How often a program may ask: counted in the database, for all processes of the web server together.

An allowance of a minute's requests fills up again all the time. A process takes some of it at once, so that counting
costs a statement only now and then; what it has taken and not used stays its own.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

# In millionths of a second, so that sums are exact.
SECOND = 1_000_000
MINUTE = 60 * SECOND
# A process takes a hundredth of what a minute allows at once.
PARTS = 100


@dataclass(slots=True)
class _Taken:
    """What this process may still let through, and until when it lets nobody through."""

    left: int = 0
    closed_until: int = 0


class Rates:
    """What each token may still ask, in this process."""

    def __init__(self, clock: Callable[[], float] = time.time):
        self._clock = clock
        self._of: dict[int, _Taken] = {}
        self._lock = threading.Lock()

    def wait(self, token: int) -> int:
        """Count a request; the seconds to wait where it is one too many, else 0."""
        now = int(self._clock() * SECOND)
        with self._lock:
            mine = self._of.setdefault(token, _Taken())
            if mine.left:
                mine.left -= 1
                return 0
        if mine.closed_until > now:
            return _seconds(mine.closed_until - now)
        one = MINUTE // settings.API_REQUESTS_A_MINUTE
        for number in (max(1, settings.API_REQUESTS_A_MINUTE // PARTS), 1):
            if _take(token, number * one, now):
                with self._lock:
                    mine.left += number - 1
                return 0
        mine.closed_until = _spent_until(token) + one - MINUTE
        return _seconds(mine.closed_until - now)


def _seconds(span: int) -> int:
    return max(1, math.ceil(span / SECOND))


def _take(token: int, cost: int, now: int) -> bool:
    """Whether the allowance of this token had so much left: it is spent then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO backoffice_apiallowance (token_id, spent_until) VALUES (%(token)s, %(now)s + %(cost)s)"
            " ON CONFLICT (token_id) DO UPDATE SET spent_until ="
            " CASE WHEN backoffice_apiallowance.spent_until BETWEEN %(now)s AND %(never)s"
            " THEN backoffice_apiallowance.spent_until ELSE %(now)s END + %(cost)s"
            " WHERE backoffice_apiallowance.spent_until + %(cost)s <= %(now)s + %(minute)s"
            " OR backoffice_apiallowance.spent_until > %(never)s"
            " RETURNING spent_until",
            # A later moment than `never` was written by a clock that has been put back since.
            {"token": token, "now": now, "cost": cost, "minute": MINUTE, "never": now + 2 * MINUTE},
        )
        return bool(cursor.fetchall())


def _spent_until(token: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT spent_until FROM backoffice_apiallowance WHERE token_id = %s", [token])
        return cursor.fetchone()[0]


RATES = Rates()
