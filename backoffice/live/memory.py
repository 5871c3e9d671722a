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
_known: dict[Hashable, "_Known"] = {}
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


class _Known:
    """What is known of one kind of thing until `until`, and when screens asked for each that there is."""

    def __init__(self) -> None:
        self.until = 0.0
        self.found: dict[Hashable, Any] = {}
        self.asked: dict[Hashable, float] = {}


def recall_one(
    kind: Hashable,
    key: Hashable,
    read: Callable[[list[Any]], Mapping[Any, T]],
    *,
    every: float,
    seconds: float = SECONDS,
) -> T | None:
    """What `read` gave for this key of a kind lately, or gives now; None where it gives nothing.

    Screens ask again every so many seconds: all that do are read together, once in `seconds`.
    """
    with _lock_of(kind):
        known, now = _known.setdefault(kind, _Known()), time.monotonic()
        if now >= known.until:
            known.asked = {one: at for one, at in known.asked.items() if now - at <= 2 * every}
            known.found = {key: None, **read([*{key, *known.asked}])}
            known.until = now + seconds
        elif key not in known.found:
            known.found |= {key: None, **read([key])}
        found = known.found[key]
        if found is not None:
            known.asked[key] = now
        return found


def _lock_of(key: Hashable) -> Lock:
    with _guard:
        if len(_locks) > MOST:
            forget()
        return _locks.setdefault(key, Lock())


def forget() -> None:
    """Drop everything."""
    _kept.clear()
    _known.clear()
    _locks.clear()
