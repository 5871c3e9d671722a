"""Any page of any list at about the price of the first one: capped counts, and pages found from pages seen."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import F, Lookup, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.fields.tuple_lookups import TupleGreaterThanOrEqual, TupleLessThanOrEqual
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext as _

from ..screen import formats

CAP = 10_000
PER_PAGE = (20, 50, 100, 300)
DEFAULT_PER_PAGE = 50
_FAR = 500
_KEEP_SECONDS = 60
_places: dict[tuple, tuple[float, dict[int, tuple]]] = {}
_counts: dict[tuple, tuple[float, Any]] = {}
T = TypeVar("T")


@dataclass(frozen=True)
class Order:
    """The order of a list: a field and its tie-breakers, all in one index; the last one tells any two rows apart.

    Only a field that may be NULL says where its `nulls` go, "first" or "last". PostgreSQL takes an index for an order
    only where both name the same place for them, and the index of a column without NULLs names another one.
    `within` is where a field lies that only some records have (`sections.custom.Place`): those without come after
    them, by their number, or before them where they come `first`.
    """

    field: str
    ties: tuple[str, ...] = ("id",)
    descending: bool = False
    nulls: str = ""
    within: Any = None
    first: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields of the order, each once."""
        return tuple(dict.fromkeys((self.field, *self.ties)))

    def reversed(self) -> "Order":
        """The same order from its other end."""
        nulls = {"first": "last", "last": "first", "": ""}[self.nulls]
        return replace(self, descending=not self.descending, nulls=nulls, first=not self.first)

    def parts(self, rows: QuerySet) -> list[tuple[QuerySet, "Order"]]:
        """The rows with the order, in one part; those with and without the field in two, where only some have it."""
        if self.within is None:
            return [(rows, self)]
        parts = [self._with(rows), self._without(rows)]
        return parts[::-1] if self.first else parts

    def _with(self, rows: QuerySet) -> tuple[QuerySet, "Order"]:
        return self.within.joined(rows), replace(self, within=None, first=False)

    def _without(self, rows: QuerySet) -> tuple[QuerySet, "Order"]:
        return rows.filter(self.within.without()), Order("id", descending=self.descending)

    def by(self, *, sorting: bool = False) -> list[OrderBy]:
        """For order_by(). `sorting` hides the index from the database, which then sorts all that matches."""
        down = self.descending
        field = Coalesce(F(self.field), F(self.field)) if sorting else F(self.field)
        nulls = {f"nulls_{self.nulls}": True} if self.nulls else {}
        first = OrderBy(field, descending=down, **nulls)
        return [first, *(OrderBy(F(one), descending=down) for one in self.fields[1:])]

    def from_(self, *values: Any) -> Lookup:
        """The condition for being at or after the row with these values; rows without a value never are."""
        return self._at_or_after(self.fields, values)

    def parts_from(self, rows: QuerySet, *values: Any) -> list[tuple[QuerySet, "Order"]]:
        """Those at or after the row with these values (the last one its number), part by part with the order of each:
        rows with a value, and rows without one, each part within one stretch of an index."""
        if self.within is None:
            return [(rows.filter(part), self) for part in self._conditions_from(*values)]
        known, unknown = self._with(rows), self._without(rows)
        near, far, comes_last = (
            (unknown, known, not self.first) if values[0] is None else (known, unknown, self.first)
        )
        part, order = near
        here = part.filter(order.from_(*values[-len(order.fields) :])), order
        return [here] if comes_last else [here, far]

    def _conditions_from(self, *values: Any) -> list[Q]:
        unknown = Q((f"{self.field}__isnull", True))
        if values[0] is None:
            here = unknown & Q(self._at_or_after(self.fields[1:], values[1:]))
            return [here, ~unknown] if self.nulls == "first" else [here]
        here = Q(self.from_(*values))
        return [here, unknown] if self.nulls == "last" else [here]

    def _at_or_after(self, fields: tuple[str, ...], values: Sequence[Any]) -> Lookup:
        if len(fields) == 1:
            return (LessThanOrEqual if self.descending else GreaterThanOrEqual)(F(fields[0]), *values)
        compare = TupleLessThanOrEqual if self.descending else TupleGreaterThanOrEqual
        return compare(tuple(map(F, fields)), values)


def may_be_null(model: type[Model], path: str) -> bool:
    """Whether the field that this path leads to, from that model, allows NULL."""
    here: Any = model
    *steps, name = path.split("__")
    for step in steps:
        here = here._meta.get_field(step).related_model
    return here._meta.get_field(name).null


def is_far(offset: int) -> bool:
    """Whether so many rows are worth a shorter way than passing them all."""
    return offset >= _FAR


def capped_count(rows: QuerySet, *, key: tuple) -> int:
    """How many rows there are, exact up to CAP, CAP + 1 for more (decision 13).

    `key` says which list at which version: a count is kept a minute, so that turning pages counts once.
    """
    return kept_count(key, lambda: rows.order_by()[: CAP + 1].count())


def count_in_words(number: int) -> str:
    """A capped count as people read it: "1,204" or "more than 10,000"."""
    if number <= CAP:
        return formats.number(number)
    return _("more than %(number)s") % {"number": formats.number(CAP)}


def kept_count(key: tuple, count: Callable[[], T]) -> T:
    """What `count()` gave within the last minute, or gives now."""
    kept = _counts.get(key)
    if kept and time.monotonic() - kept[0] < _KEEP_SECONDS:
        return kept[1]
    counted = count()
    _remember(_counts, key, counted)
    return counted


def fetch(
    shown: QuerySet, order: Order, offset: int, limit: int, *, walk: QuerySet, key: tuple, few: bool = False
) -> list[dict]:
    """Rows `offset` to `offset + limit` of a `values()` queryset in that order, whose fields are among the values.

    `walk` is the same rows without what is only shown: it finds which ones. Far in, it goes on from the nearest page
    of this list that anybody saw within the last minute. With `few` all that match are sorted: less work than
    following the order until enough of them were met.
    """
    if few:
        return _those(walk.order_by(*order.by(sorting=True))[offset : offset + limit], shown, order)
    if not is_far(offset):
        return list(shown.order_by(*order.by())[offset : offset + limit])
    seen = _seen((*key, order))
    start = max((place for place in list(seen) if place <= offset), default=0)
    near = walk.filter(order.from_(*seen[start])) if start else walk
    found = _those(near.order_by(*order.by())[offset - start : offset - start + limit], shown, order)
    if start and len(found) < limit:
        # Perhaps the end; but when the list runs down, rows without a value are still to come.
        found = _those(walk.order_by(*order.by())[offset : offset + limit], shown, order)
    if found and found[0][order.field] is not None:
        seen[offset] = tuple(found[0][name] for name in order.fields)
    return found


def _those(keys: QuerySet, shown: QuerySet, order: Order) -> list[dict]:
    return list(shown.filter(pk__in=keys.values("pk")).order_by(*order.by()))


def _seen(key: tuple) -> dict[int, tuple]:
    kept = _places.get(key)
    if not kept or time.monotonic() - kept[0] > _KEEP_SECONDS:
        _remember(_places, key, {})
        kept = _places[key]
    return kept[1]


def _remember(kept: dict, key: tuple, value) -> None:
    if len(kept) > 200:
        kept.clear()
    kept[key] = (time.monotonic(), value)


def forget() -> None:
    """Drop every remembered count and place, for tests that roll back what they wrote."""
    _places.clear()
    _counts.clear()
