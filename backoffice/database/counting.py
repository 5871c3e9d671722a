"""Stored counts are moved last in a change, and always in the same order: no two changes wait for each other.

A count is one row that every change of a list writes. Written where it comes up, it would be locked until the change
ends, and two changes that take two counts in different orders would never end (PostgreSQL breaks one of them off).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Model

# What the change in progress has to move: place -> (by how much, how); None while there is no change.
_waiting: ContextVar[dict[tuple, tuple[int, Callable[[int], None]]] | None] = ContextVar(
    "counts", default=None
)


@contextmanager
def one_change() -> Iterator[None]:
    """A transaction, at whose very end the counts are moved; a change within a change belongs to the outer one.

    Also a decorator, written `@one_change()`. What was done in a change that fails is counted nowhere.
    """
    outer = _waiting.get()
    mine = dict(outer or {})
    token = _waiting.set(mine)
    try:
        with transaction.atomic():
            yield
            if outer is None:
                for _place, (by, apply) in sorted(mine.items(), key=lambda one: one[0]):
                    apply(by)
    finally:
        _waiting.reset(token)
    if outer is not None:
        outer.update(mine)


def later(place: tuple, by: int, apply: Callable[[int], None]) -> None:
    """Have `apply(by)` called at the end of the change, after those of smaller places; at once outside of one."""
    waiting = _waiting.get()
    if waiting is None:
        apply(by)
    else:
        waiting[place] = (by + waiting[place][0] if place in waiting else by, apply)


def move(model: type[Model], key: Any, figure: str, by: int) -> None:
    """Add to a count that is stored in a record: the members of a group, the customers of a tag."""
    later((0, model._meta.label_lower, key, figure), by, partial(_add, model, key, figure))


def _add(model: type[Model], key: Any, figure: str, by: int) -> None:
    if by:
        model._base_manager.filter(pk=key).update(**{figure: F(figure) + by})
