"""Any page of any list at the price of the first one (performance.md 6): capped counts and page maps."""

import time
from dataclasses import dataclass, replace

from django.db.models import F, Model, Q, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.fields.tuple_lookups import TupleGreaterThanOrEqual, TupleLessThanOrEqual
from django.db.models.functions import RowNumber

CAP = 10_000
PER_PAGE = (20, 50, 100, 300)
DEFAULT_PER_PAGE = 50
DEEP = 5_000
_STEP = 1_000
_KEEP_SECONDS = 600
_maps: dict[tuple, tuple[float, list[tuple]]] = {}
_counts: dict[tuple, tuple[float, int]] = {}


@dataclass(frozen=True)
class Order:
    """The order of a list: a field and its tie-breaker, both in one index. Nothing known counts as smallest.

    Only a `nullable` field says where its NULLs go. PostgreSQL takes an index for an order only where both name the
    same place for them, and the index of a column without NULLs names another one.
    """

    field: str
    tie: str = "id"
    descending: bool = False
    nullable: bool = False

    def reversed(self) -> "Order":
        """The same order from its other end."""
        return replace(self, descending=not self.descending)

    def by(self) -> list[OrderBy]:
        """For order_by()."""
        down = self.descending
        tie = OrderBy(F(self.tie), descending=down)
        if self.field == self.tie:
            return [tie]
        nulls = {"nulls_last" if down else "nulls_first": True} if self.nullable else {}
        return [OrderBy(F(self.field), descending=down, **nulls), tie]


def may_be_null(model: type[Model], path: str) -> bool:
    """Whether the field that this path leads to, from that model, allows NULL."""
    *steps, name = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(name).null


def capped_count(rows: QuerySet, *, key: tuple) -> int:
    """How many rows there are, exact up to CAP, CAP + 1 for more (decision 13).

    `key` says which list at which version: a count is kept a minute, so that turning pages counts once.
    """
    kept = _counts.get(key)
    if kept and time.monotonic() - kept[0] < 60:
        return kept[1]
    number = rows.order_by()[: CAP + 1].count()
    _remember(_counts, key, number)
    return number


def fetch(rows: QuerySet, order: Order, offset: int, limit: int, *, key: tuple) -> list[dict]:
    """Rows `offset` to `offset + limit` of a `values()` queryset in that order.

    Far in, the walk starts at the nearest of the rows remembered every 1,000, for ten minutes a list.
    """
    if offset >= DEEP:
        found = _from_map(rows, order, offset, limit, key)
        if found is not None:
            return found
    return list(rows.order_by(*order.by())[offset : offset + limit])


def _from_map(rows, order, offset, limit, key) -> list[dict] | None:
    key = (*key, order)
    kept = _maps.get(key)
    if not kept or time.monotonic() - kept[0] > _KEEP_SECONDS:
        _remember(_maps, key, _anchors(rows, order))
        kept = _maps[key]
    place = offset // _STEP
    if place >= len(kept[1]):
        return []
    value, tie = kept[1][place]
    if value is None:
        return None
    if order.field == order.tie:
        condition = Q(**{f"{order.tie}__{'lte' if order.descending else 'gte'}": tie})
        rows = rows.filter(condition)
    else:
        compare = TupleLessThanOrEqual if order.descending else TupleGreaterThanOrEqual
        rows = rows.filter(compare((F(order.field), F(order.tie)), (value, tie)))
    start = offset - place * _STEP
    found = list(rows.order_by(*order.by())[start : start + limit])
    # Rows without a value follow the smallest one when the list runs down: the plain walk finds them.
    return found if len(found) == limit or (place == len(kept[1]) - 1 and not order.descending) else None


def _anchors(rows, order) -> list[tuple]:
    number = Window(RowNumber(), order_by=order.by())
    every = rows.order_by().values(order.field, order.tie).annotate(row_number_=number)
    return list(
        every.annotate(step_=(F("row_number_") - 1) % _STEP)
        .filter(step_=0)
        .order_by("row_number_")
        .values_list(order.field, order.tie)
    )


def _remember(kept: dict, key: tuple, value) -> None:
    if len(kept) > 200:
        kept.clear()
    kept[key] = (time.monotonic(), value)


def forget() -> None:
    """Drop every remembered count and map, for tests that roll back what they wrote."""
    _maps.clear()
    _counts.clear()
