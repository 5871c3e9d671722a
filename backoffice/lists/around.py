"""Where one record stands in a list: what comes before and after it, and on which page it is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from ..database.search import in_passing
from ..numbers import whole
from ..tables.pages import Row
from .asked import AT
from .found import LAST, Found
from .paging import CAP, Order


@dataclass(frozen=True)
class Around:
    """What stands beside a record in a list; `here`: whether the list has the record itself."""

    before: Row | None
    after: Row | None
    here: bool


def around(found: Found, record: Model) -> Around:
    """The neighbours of a record in what a list finds; where it is no longer found, those of where it would stand.

    One query for each side, along the list's own order and its index (a second one where what has a value ends and
    what has none begins): nothing is counted for it and nothing skipped. A list sorted in memory is read whole.
    """
    if found.in_memory:
        return _among(found.all_sorted(()), record.pk)
    values = _place(record, found.order)
    before, _met = _next(found, record.pk, found.order.reversed(), values)
    after, met = _next(found, record.pk, found.order, values)
    return Around(before, after, here=met)


def _among(rows: list[Row], key: int) -> Around:
    place = next((place for place, row in enumerate(rows) if row["id"] == key), None)
    if place is None:
        return Around(None, None, here=False)
    before, after = rows[:place][-1:], rows[place + 1 :][:1]
    return Around(before[0] if before else None, after[0] if after else None, here=True)


def _next(found: Found, key: int, order: Order, values: list[Any]) -> tuple[Row | None, bool]:
    """The row that follows in this order, and whether the record itself was met."""
    met: list[Row] = []
    for rows, along in order.parts_from(_walk(found), *values):
        rows = rows.order_by(*along.by(sorting=found.few))
        met += rows.values(*found.table.reads(()))[: 2 - len(met)]
        if len(met) == 2:
            break
    others = [row for row in met if row["id"] != key]
    return (others[0] if others else None), len(others) < len(met)


def turn_to_asked(page: Found) -> None:
    """Show the page with the record that one comes back from (`AT`), having gone on from record to record."""
    key = whole(page.params.get(AT, ""))
    if key is None or page.page == LAST:
        return
    at = page_of(page, key)
    if at != page.page:
        page.page = at
        page.__dict__.pop("records")


def page_of(found: Found, key: int) -> int:
    """The page on which a record stands, sought from the page at hand on: the rows between are counted, at most CAP.

    The page at hand where the list has no such record.
    """
    rows = found.records
    if not rows or any(row["id"] == key for row in rows):
        return found.page
    if found.in_memory:
        keys = [row["id"] for row in found.all_sorted(())]
        return keys.index(key) // found.per_page + 1 if key in keys else found.page
    names = found.order.fields
    place = _walk(found).filter(pk=key).values("id", *names).first()
    if place is None:
        return found.page
    first, last, sought = (
        [row.get(name) for name in names[:-1]] + [row["id"]] for row in (rows[0], rows[-1], place)
    )
    if behind := _between(found, last, sought):
        return found.page + _pages(behind - 1, found)
    return max(1, found.page - _pages(_between(found, sought, first) - 1, found))


def _pages(rows: int, found: Found) -> int:
    return -(-rows // found.per_page)


def _between(found: Found, first: list[Any], last: list[Any]) -> int:
    """How many rows lie between two, both of them counted too; none where the second one comes first."""
    order, back = found.order, found.order.reversed()
    return sum(
        between.order_by()[: CAP + 1].count()
        for part, _along in order.parts_from(_walk(found), *first)
        for between, _back in back.parts_from(part, *last)
    )


def _walk(found: Found) -> QuerySet:
    rows = found.rows if found.few else in_passing(found.rows)
    return found.with_figures(rows, found.order.field)


def _place(record: Any, order: Order) -> list[Any]:
    """What a record has in the fields of an order."""
    if order.within:
        return [order.within.sorted_of(record), record.pk]
    return [_value(record, path) for path in order.fields]


def _value(record: Any, path: str) -> Any:
    """What a record has in the field that this path leads to; of a relation the key."""
    *steps, name = path.split("__")
    for step in steps:
        record = getattr(record, step)
    return getattr(record, record._meta.get_field(name).attname)
