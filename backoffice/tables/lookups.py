"""Small tables (groups, titles, tags, staff) kept in memory as {id: label} and shared by the pages of a process.

Each is read again when its counter's version has moved, and after a minute in any case.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..models import Counter

_SECONDS = 60
_kept: dict[tuple[str, Callable], tuple[int, float, Any]] = {}


@dataclass(frozen=True)
class Lookup:
    """A small table to look things up in: `read()` loads it whole, `counter` names what says that it changed."""

    counter: str
    read: Callable[[], Any]

    def at(self, version: int) -> Any:
        """The table as it is at that version of its counter."""
        key = (self.counter, self.read)
        kept = _kept.get(key)
        if kept and kept[0] == version and time.monotonic() - kept[1] < _SECONDS:
            return kept[2]
        table = self.read()
        _kept[key] = (version, time.monotonic(), table)
        return table

    def now(self) -> Any:
        """The table as it is now."""
        counter = Counter.by_name().get(self.counter)
        return self.at(counter.version if counter else 0)


class Tables:
    """The small tables as they are now, for one form: all counters are read at once, when the first is asked for."""

    def look_in(self, kept: Lookup) -> Any:
        """The table of this look-up."""
        return kept.at(self.version_of(kept.counter))

    def version_of(self, counter: str) -> int:
        """How often what this counter counts has changed."""
        return self._versions.get(counter, 0)

    @cached_property
    def _versions(self) -> dict[str, int]:
        return {name: counter.version for name, counter in Counter.by_name().items()}


def forget() -> None:
    """Drop everything kept, for tests that roll back what they wrote."""
    _kept.clear()
