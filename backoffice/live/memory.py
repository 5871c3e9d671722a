"""What a process remembers for an instant, so that two hundred screens ask the database as often as one does.

No session of the database and no other process is needed for it (decision 54): each process asks for itself.
"""

import time
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

# A change is seen so much later at most.
SECONDS = 0.25
MOST = 2_000
_kept: dict[Hashable, tuple[float, Any]] = {}
_locks: dict[Hashable, Lock] = {}
# Of each kind: when each of its keys was asked for, until when it is known, and what it is.
_asked: dict[Hashable, dict[Hashable, tuple[float, float, Any]]] = {}
_guard = Lock()


def recall(key: Hashable, read: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """What `read` gave for this key lately, or gives now; of several who ask at once one reads and the others wait."""
    with _lock_of(key):
        kept = _kept.get(key)
        if kept and time.monotonic() < kept[0]:
            return kept[1]
        asked = time.monotonic()
        found = read()
        _kept[key] = asked + seconds, found
        return found


def recall_one(
    kind: Hashable,
    key: Hashable,
    read: Callable[[list[Any]], Mapping[Any, T]],
    *,
    every: float,
    seconds: float = SECONDS,
) -> T | None:
    """What `read` gave for this key of a kind lately, or gives now; None where it gives nothing.

    Screens ask every so many seconds: what they will ask for within the next instant is read along.
    """
    with _lock_of(kind):
        asked, now = _asked.setdefault(kind, {}), time.monotonic()
        _at, until, found = asked.get(key, (now, 0.0, None))
        if now >= until:
            for gone in [one for one, (at, *_known) in asked.items() if now - at > 2 * every]:
                del asked[gone]
            keys = {key}
            for one, (at, known_until, _known) in asked.items():
                if abs(now - at - every) <= SECONDS and known_until <= now + SECONDS:
                    keys.add(one)
            read_now = read(list(keys))
            for one in keys:
                asked[one] = asked.get(one, (now,))[0], now + seconds, read_now.get(one)
            until, found = now + seconds, read_now.get(key)
        asked[key] = now, until, found
        return found


def _lock_of(key: Hashable) -> Lock:
    with _guard:
        if len(_locks) > MOST:
            forget()
        return _locks.setdefault(key, Lock())


def forget() -> None:
    """Drop everything."""
    _kept.clear()
    _asked.clear()
    _locks.clear()
