"""What a list finds: how many records match, and those of the page at hand, at about the price of the first one."""

import datetime as dt
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from ..database.search import in_passing
from ..models import Counter
from ..numbers import whole
from ..screen import formats
from ..sections import Section
from ..staff.models import StaffMember
from .asked import Asked
from .paging import CAP, Order, capped_count, count_in_words, fetch, is_far, kept_count

LAST = 10_000_000
RECENTLY = dt.timedelta(days=90)
_KEYS = 20_000


class Found(Asked):
    """The records that match what is asked for, and their number.

    `counters` are all counters, where they have been read already. They say which fields staff have declared by now.
    """

    def __init__(
        self,
        section: Section,
        params: QueryDict,
        staff: StaffMember,
        *,
        counters: Mapping[str, Counter] | None = None,
    ):
        if counters is not None:
            self.counters = counters
        custom = section.custom
        super().__init__(
            section.at(self.counter(custom.declared.counter).version) if custom else section, params, staff
        )

    @property
    def rows(self) -> QuerySet:
        """All records that match, in no order: what bulk actions and exports work on."""
        return self.filterset.rows

    @cached_property
    def counters(self) -> Mapping[str, Counter]:
        """All counters, in one query: the whole count, and the versions that the lookups go by."""
        return Counter.by_name()

    @cached_property
    def version(self) -> int:
        """Which state of the list this is."""
        return self.counter(self.section.counter).version

    def counter(self, name: str) -> Counter:
        """The counter of that name, or one that counts nothing."""
        return self.counters.get(name) or Counter(name=name)

    @cached_property
    def key(self) -> tuple:
        """Names this list (its filters, whoever asks) at its version, for what is remembered about it."""
        return (
            self.section.slug,
            self.version,
            timezone.localdate(),
            repr(sorted(self.filterset.given().items())),
        )

    @cached_property
    def total(self) -> int:
        """How many records match: exact up to 10,000 and for the whole list, else 10,001."""
        if not self.filterset.given():
            return self.counter(self.section.counter).value
        return capped_count(self.rows, key=self.key)

    @property
    def exact_total(self) -> int:
        """The very number, counted where `total` stops."""
        return self.total if self.exact else self.rows.order_by().count()

    @property
    def exact(self) -> bool:
        """Whether `total` is the very number."""
        return self.total <= CAP or not self.filterset.given()

    @property
    def total_text(self) -> str:
        """The number as people read it: "1,204" or "more than 10,000"."""
        return formats.number(self.total) if self.exact else count_in_words(self.total)

    @cached_property
    def pages(self) -> int | None:
        """How many pages there are, None where that is not known."""
        return max(1, -(-self.total // self.per_page)) if self.exact else None

    @cached_property
    def page(self) -> int:
        """The page asked for, at most the last one; `page=last` is the last one."""
        asked = self.params.get("page", "1")
        if asked == "last":
            return self.pages or LAST
        return min(whole(asked) or 1, self.pages or LAST)

    @cached_property
    def records(self) -> list[dict]:
        """The rows of this page as plain values; beyond the end of an uncounted list, those of the last page."""
        if self.in_memory:
            return self.all_sorted(self.column_names)[self._offset : self._offset + self.per_page]
        found = self._fetch()
        if not found and self.pages is None:
            self.page = LAST
            found = self._fetch()
        return found

    @property
    def _offset(self) -> int:
        return (self.page - 1) * self.per_page

    def _fetch(self) -> list[dict]:
        """The rows of the page. Forwards one more is asked for: a stored number never says where a list ends (D8)."""
        if self.pages is None:
            backwards = self.page == LAST
            return self._fetch_back(0, self.per_page) if backwards else self._fetch_from(self._offset)
        if is_far(self._offset) and self._offset > self.total / 2:
            self._make_sure()
            count = min(self.per_page, self.total - self._offset)
            return self._fetch_back(self.total - self._offset - count, count)
        found = self._fetch_from(self._offset, one_more=True)
        if self._is_miscounted(len(found)):
            self._count_again(self._counted())
            found = self._fetch_from(self._offset)
        return found[: self.per_page]

    def _is_miscounted(self, found: int) -> bool:
        """Whether so many rows, one more than the page asked for, prove the number wrong.

        That of a filter may be a minute old (decision 13), unless rows would be out of reach by it.
        """
        end = self._offset + found
        if self.filterset.given():
            return found > self.per_page and end > self.total
        return end > self.total or (found <= self.per_page and end != self.total)

    def _fetch_from(self, offset: int, *, one_more: bool = False) -> list[dict]:
        count = self.per_page + one_more
        return self._recent_rows(offset, count) or self._rows_of(self.order, offset, count)

    @property
    def recent(self) -> str:
        """The moment by which a list that grows for ever is asked: older rows only for want of those of 90 days."""
        return self.section.listing.recent

    def _recent_rows(self, offset: int, count: int) -> list[dict]:
        """The rows of the last 90 days, where the list begins with them and they fill the page (decision 55)."""
        begins_there = self.recent and self.sort == f"-{self.recent}"
        needed = self.per_page if self.filterset.given() else count
        if not begins_there or is_far(offset) or self.total < offset + needed:
            return []
        whole = self.filterset.rows
        self.filterset.rows = whole.filter(**{f"{self.recent}__gte": timezone.now() - RECENTLY})
        found = self._rows_of(self.order, offset, count)
        self.filterset.rows = whole
        return found if len(found) >= needed else []

    def _fetch_back(self, offset: int, count: int) -> list[dict]:
        return self._rows_of(self.order.reversed(), offset, count)[::-1]

    def _rows_of(self, order: Order, offset: int, count: int) -> list[dict]:
        rows = self.rows if self.few else in_passing(self.rows)
        first, *others = order.parts(rows)
        if others and is_far(offset) and offset >= (passed := self._number_of(*first)):
            return self._part_of(*others[0], offset - passed, count)
        found = self._part_of(*first, offset, count)
        if others and len(found) < count:
            start = 0 if found or not offset else offset - self._number_of(*first)
            found += self._part_of(*others[0], start, count - len(found))
        return found

    def _part_of(self, rows: QuerySet, order: Order, offset: int, count: int) -> list[dict]:
        reads = self.table.reads(self.column_names)
        return fetch(
            self.with_figures(rows, *reads).values(*dict.fromkeys((*reads, *order.fields))),
            order,
            offset,
            count,
            walk=self.with_figures(rows, order.field),
            key=self.key,
            few=self.few,
        )

    def _number_of(self, part: QuerySet, order: Order) -> int:
        """How many rows the first part of an order has, counted once a minute."""
        return kept_count((*self.key, order), part.order_by().count)

    def _make_sure(self) -> None:
        """Count the whole list once a minute where rows are about to be skipped by their stored number."""
        if not self.filterset.given():
            number = kept_count((self.section.slug, self.version), self._counted)
            if number != self.total:
                self._count_again(number)

    def _counted(self) -> int:
        return (
            self.rows.order_by()[: CAP + 1].count()
            if self.filterset.given()
            else self.rows.order_by().count()
        )

    def _count_again(self, number: int) -> None:
        """Go on with the number of rows that there really are; what was worked out of the other one is forgotten."""
        for name in ("total", "pages", "page"):
            self.__dict__.pop(name, None)
        self.total = number

    @property
    def in_memory(self) -> bool:
        """Whether the list is sorted here: the whole table fits into memory, and people read what it is sorted by."""
        return self.section.listing.small and self._sorting.sorts_as_read

    @property
    def _sorting(self) -> Any:
        return self.table.column(self.sort.removeprefix("-"))

    def all_sorted(self, names: tuple[str, ...]) -> list[dict]:
        """All rows of a small list as people sort them: neither case nor marks count, on any database (decision 49)."""
        reads = dict.fromkeys((*self.table.reads(names), *self._sorting.reads, "id"))
        found = list(self.rows.order_by().values(*reads))
        if len(found) != self.total:
            self._count_again(len(found))
        return sorted(
            found,
            key=lambda row: (self._sorting.place(row, self), row["id"]),
            reverse=self.sort.startswith("-"),
        )

    def with_figures(self, rows: QuerySet, *fields: str) -> QuerySet:
        """The rows, joined with their stored figures where a field is one of those; every record has its figures."""
        return (
            rows.filter(**{f"{self.table.figures}__isnull": False}) if self._reads_figures(*fields) else rows
        )

    def _reads_figures(self, *fields: str) -> bool:
        """Whether one of these fields is a stored figure."""
        figures = self.table.figures
        return bool(figures) and any(one.startswith(f"{figures}__") for one in fields)

    @property
    def few(self) -> bool:
        """Whether sorting all that match is less work than following the order until a page is full.

        A match to fetch and sort costs some five times what a row passed over costs, and those that match are taken
        to lie evenly in the order.
        """
        passed_over = self.per_page * self.counter(self.section.counter).value
        return bool(self.filterset.given()) and self.exact and 5 * self.total**2 < passed_over

    def all_keys(self) -> Sequence[int]:
        """The ids of all records that match, in the list's order: eight bytes each.

        Read in one short transaction, of a million in less than a second: what changes afterwards neither doubles a
        record nor loses one.
        """
        if self.in_memory:
            return [row["id"] for row in self.all_sorted(())]
        keys = array("q")
        with transaction.atomic():
            for part, order in self.order.parts(self.rows):
                rows = self.with_figures(part, order.field).order_by(*order.by())
                keys.extend(rows.values_list("pk", flat=True).iterator(chunk_size=_KEYS))
        return keys

    def those(self, keys: Sequence[int], reads: tuple[str, ...]) -> list[dict]:
        """Those of these records that still match, as plain values of these fields, in this order."""
        rows = self.with_figures(self.rows, *reads).filter(pk__among=keys)
        if self._reads_figures(*reads):
            # Said of both tables: else PostgreSQL reads the whole of the second one for each few thousand of the first.
            rows = rows.filter(**{f"{self.table.figures}__pk__among": keys})
        by_key = {record["id"]: record for record in rows.values(*reads)}
        return [by_key[key] for key in keys if key in by_key]
