"""What a process remembers for an instant, so that two hundred screens ask the database as often as one does.

No session of the database and no other process is needed for it (decision 54): each process asks for itself.
"""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

# A change is seen so much later at most.
SECONDS = 0.25
MOST = 2_000
_kept: dict[Hashable, tuple[float, Any]] = {}
_locks: dict[Hashable, Lock] = {}
_guard = Lock()


def recall(key: Hashable, read: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """What `read` gave for this key lately, or gives now; of several who ask at once one reads and the others wait."""
    with _guard:
        if len(_locks) > MOST:
            forget()
        lock = _locks.setdefault(key, Lock())
    with lock:
        kept = _kept.get(key)
        if kept and time.monotonic() < kept[0]:
            return kept[1]
        asked = time.monotonic()
        found = read()
        _kept[key] = asked + seconds, found
        return found


def forget() -> None:
    """Drop everything."""
    _kept.clear()
    _locks.clear()
