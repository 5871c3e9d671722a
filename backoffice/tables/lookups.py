"""Small tables (groups, titles, tags, staff) kept in memory as {id: label} and shared by the pages of a process.

Each is read again when its counter's version has moved, and after a minute in any case.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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


def forget() -> None:
    """Drop everything kept, for tests that roll back what they wrote."""
    _kept.clear()
