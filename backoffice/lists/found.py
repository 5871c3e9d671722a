"""What a list finds: how many records match, and those of the page at hand, at about the price of the first one."""

from array import array
from collections.abc import Sequence
from functools import cached_property

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..database.search import in_passing
from ..models import Counter
from ..numbers import whole
from ..screen import formats
from .asked import Asked
from .paging import CAP, capped_count, fetch

LAST = 10_000_000
_KEYS = 20_000


class Found(Asked):
    """The records that match what is asked for, and their number."""

    @property
    def rows(self) -> QuerySet:
        """All records that match, in no order: what bulk actions and exports work on."""
        return self.filterset.rows

    @cached_property
    def counters(self) -> dict[str, Counter]:
        """All counters, in one query: the whole count, and the versions that the lookups go by."""
        return {counter.name: counter for counter in Counter.objects.all()}

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
        if self.exact:
            return formats.number(self.total)
        return _("more than %(number)s") % {"number": formats.number(CAP)}

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
        return max(1, min(whole(asked) or 1, self.pages or LAST))

    @cached_property
    def records(self) -> list[dict]:
        """The rows of this page as plain values; beyond the end of an uncounted list, those of the last page."""
        found = self._fetch()
        if not found and self.pages is None and self.page < LAST:
            self.page = LAST
            found = self._fetch()
        return found

    def _fetch(self) -> list[dict]:
        order, rows = self.order, self.rows if self._few else in_passing(self.rows)
        reads = self.table.reads(self.column_names)
        offset = (self.page - 1) * self.per_page
        count = self.per_page
        backwards = self.pages is None and self.page == LAST
        if backwards:
            offset = 0
        elif self.pages is not None:
            count = min(self.per_page, self.total - offset)
            backwards = offset > self.total / 2
            offset = self.total - offset - count if backwards else offset
        found = fetch(
            self._with_figures(rows, *reads).values(*dict.fromkeys((*reads, order.field, order.tie))),
            order.reversed() if backwards else order,
            offset,
            count,
            walk=self._with_figures(rows, order.field),
            key=self.key,
            few=self._few,
        )
        return found[::-1] if backwards else found

    def _with_figures(self, rows: QuerySet, *fields: str) -> QuerySet:
        """The rows, joined with their stored figures where a field is one of those; every record has its figures."""
        return (
            rows.filter(**{f"{self.table.figures}__isnull": False}) if self._reads_figures(*fields) else rows
        )

    def _reads_figures(self, *fields: str) -> bool:
        """Whether one of these fields is a stored figure."""
        figures = self.table.figures
        return bool(figures) and any(one.startswith(f"{figures}__") for one in fields)

    @property
    def _few(self) -> bool:
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
        rows = self._with_figures(self.rows, self.order.field).order_by(*self.order.by())
        with transaction.atomic():
            return array("q", rows.values_list("pk", flat=True).iterator(chunk_size=_KEYS))

    def those(self, keys: Sequence[int], names: tuple[str, ...]) -> list[dict]:
        """Those of these records that still match, as plain values in this order, with what these columns read."""
        reads = self.table.reads(names)
        rows = self._with_figures(self.rows, *reads).filter(pk__among=keys)
        if self._reads_figures(*reads):
            # Said of both tables: else PostgreSQL reads the whole of the second one for each few thousand of the first.
            rows = rows.filter(**{f"{self.table.figures}__pk__among": keys})
        by_key = {record["id"]: record for record in rows.values(*reads)}
        return [by_key[key] for key in keys if key in by_key]
