"""A few downloads at once: each takes a thread of the web server for as long as its reader takes (S2)."""

import weakref
from collections.abc import Iterator
from threading import Semaphore

from django.conf import settings

_free = Semaphore(settings.DOWNLOADS_AT_ONCE)


def forget() -> None:
    """Begin anew, for tests that do not read what they ask for."""
    global _free
    _free = Semaphore(settings.DOWNLOADS_AT_ONCE)


class Download:
    """The blocks of one file. It has a place among those at once until it was read, or closed, or forgotten."""

    def __init__(self, blocks: Iterator[bytes]):
        self._blocks = blocks
        self.close = weakref.finalize(self, _free.release)

    @classmethod
    def of(cls, blocks: Iterator[bytes]) -> "Download | None":
        """None where as many as may be are on their way: nobody waits for a place with a thread in hand."""
        return cls(blocks) if _free.acquire(blocking=False) else None

    def __iter__(self) -> "Download":
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._blocks)
        except BaseException:  # its end is one, too
            self.close()
            raise
