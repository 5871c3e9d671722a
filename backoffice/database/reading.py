"""What one page asks for in many places and reads once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Read = TypeVar("Read")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("read_once", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within it, what `once` reads is read once: for a page, which writes nothing meanwhile."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def is_reading_once() -> bool:
    """Whether a page is being made."""
    return _kept.get() is not None


def once(key: Hashable, read: Callable[[], Read]) -> Read:
    """What `read()` gives; within `read_once` what it gave under this key before."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]
