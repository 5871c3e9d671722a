"""A page of a list, worked out of a query string: columns, filters, order, count, rows (habit 6)."""

import datetime as dt
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..database.search import in_passing
from ..models import ColumnChoice, Counter
from ..numbers import whole
from ..screen import formats
from ..screen.links import link
from ..sections import BulkAction, Section
from .paging import CAP, DEFAULT_PER_PAGE, PER_PAGE, Order, capped_count, fetch, may_be_null
from .tables import draw_filters, draw_rows, draw_titles

_PLACE = {"page", "per_page", "sort"}
_LAST = 10_000_000


def _with_figures(rows: QuerySet, *fields: str) -> QuerySet:
    """The rows, joined with their stored figures where a field is one of those; every record has its figures."""
    return rows.filter(figures__isnull=False) if any(one.startswith("figures__") for one in fields) else rows


class ListPage:
    """One page of a section's list for one member of staff.

    Unknown parameters, sorts, pages and page sizes are ignored; a filter with a fault is told and left out (G23, G33).
    """

    def __init__(self, section: Section, params: QueryDict, staff: Any):
        self.section = section
        self.params = params
        self.staff = staff
        self.table = section.table
        self.can = {
            action: staff.has_perm(section.right(action))
            for action in ("view", "add", "change", "delete", "export", "import", "settings")
        }
        self.list_url = link(section.url())

    # What is asked for

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """The columns this person arranged, else the first set of the section."""
        choice = ColumnChoice.objects.filter(staff=self.staff, section=self.section.slug).first()
        known = self.table.base_columns
        chosen = tuple(name for name in choice.columns if name in known) if choice else ()
        return chosen or next(iter(self.section.column_sets.values()), self.table.names())

    @cached_property
    def filterset(self):
        """The section's filters with the values of the query string."""
        return self.section.filters(self.params, self.section.rows(), staff=self.staff)

    @cached_property
    def filter_errors(self) -> dict[str, list[str]]:
        """What was wrong with a filter, by its name."""
        return self.filterset.faults

    @property
    def rows(self) -> QuerySet:
        """All records that match, in no order: what bulk actions and exports work on."""
        return self.filterset.rows

    @cached_property
    def sort(self) -> str:
        """The sort in force: a column's name, "-" before it for descending; from a fixed list (G23)."""
        asked = self.params.get("sort", "")
        column = self.table.base_columns.get(asked.removeprefix("-"))
        return asked if column is not None and column.sorts else self.section.default_sort

    @cached_property
    def order(self) -> Order:
        """The order behind the sort. Nothing known counts as smallest, or comes last both ways."""
        column = self.table.column(self.sort.removeprefix("-"))
        descending = self.sort.startswith("-") != column.sorts_reversed
        last = descending or column.unknown_last
        nulls = ("last" if last else "first") if may_be_null(self.section.model, column.sorts) else ""
        return Order(column.sorts, column.tie, descending, nulls)

    @cached_property
    def per_page(self) -> int:
        """Rows a page: 20, 50, 100 or 300 (S1.6)."""
        asked = self.params.get("per_page", "")
        return next((number for number in PER_PAGE if asked == str(number)), DEFAULT_PER_PAGE)

    # Counting

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
            self.filterset.sees_all,
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
            return self.pages or _LAST
        return max(1, min(whole(asked) or 1, self.pages or _LAST))

    # Rows

    @cached_property
    def records(self) -> list[dict]:
        """The rows of this page as plain values; beyond the end of an uncounted list, those of the last page."""
        found = self._fetch()
        if not found and self.pages is None and self.page < _LAST:
            self.page = _LAST
            found = self._fetch()
        return found

    def _fetch(self) -> list[dict]:
        order, rows = self.order, self.rows if self._few else in_passing(self.rows)
        reads = self.table.reads(self.column_names)
        offset = (self.page - 1) * self.per_page
        count = self.per_page
        backwards = self.pages is None and self.page == _LAST
        if backwards:
            offset = 0
        elif self.pages is not None:
            count = min(self.per_page, self.total - offset)
            backwards = offset > self.total / 2
            offset = self.total - offset - count if backwards else offset
        found = fetch(
            _with_figures(rows, *reads).values(*dict.fromkeys((*reads, order.field, order.tie))),
            order.reversed() if backwards else order,
            offset,
            count,
            walk=_with_figures(rows, order.field),
            key=self.key,
            few=self._few,
        )
        return found[::-1] if backwards else found

    @property
    def _few(self) -> bool:
        """Whether sorting all that match is less work than following the order until a page is full.

        A match to fetch and sort costs some five times what a row passed over costs, and those that match are taken
        to lie evenly in the order.
        """
        passed_over = self.per_page * self.counter(self.section.counter).value
        return bool(self.filterset.given()) and self.exact and 5 * self.total**2 < passed_over

    def all_rows(self, names: tuple[str, ...]) -> QuerySet:
        """Every matching row as plain values in the list's order, with what these columns read: for export."""
        rows = _with_figures(self.rows, self.order.field)
        return rows.order_by(*self.order.by()).values(*self.table.reads(names))

    # For drawing

    def lookup(self, name: str) -> Any:
        """A small table of the section's, as {id: label} or as the table declares it."""
        if name not in self._lookups:
            kept = self.table.lookups[name]
            self._lookups[name] = kept.at(self.counter(kept.counter).version)
        return self._lookups[name]

    @cached_property
    def _lookups(self) -> dict:
        return {}

    @cached_property
    def pairs(self) -> dict[str, dict[int, list[int]]]:
        """Many-to-many values of this page's records, one query each: {column: {record id: [target ids]}}."""
        ids = [row["id"] for row in self.records]
        return {
            name: self.table.column(name).read_pairs(ids)
            for name in self.column_names
            if hasattr(self.table.column(name), "read_pairs")
        }

    @cached_property
    def sprite(self) -> str:
        """Where the icons are."""
        return static("icons.svg")

    @cached_property
    def today(self) -> dt.date:
        """Today in the shop's time zone."""
        return timezone.localdate()

    def url_pattern(self, page: str) -> str:
        """The URL of a record's page with {0} where its number goes."""
        return link(self.section.url(page), 0).replace("0", "{0}")

    def switch_url(self, field: str) -> str:
        """Where a switch of this list posts to, 0 for the id; empty without the right."""
        return self._switches.get(field, "")

    @cached_property
    def _switches(self) -> dict[str, str]:
        found = {}
        for name in self.column_names:
            column = self.table.column(name)
            right = getattr(column, "right", None)
            if right and not self.filterset.sees_all and self.staff.has_perm(right):
                found[column.field] = link(f"{self.section.slug}_toggle", 0, column.field)
        return found

    @property
    def may_edit(self) -> bool:
        """Whether rows offer their form: to who may change records, and never of the deleted (decision 19)."""
        return self.can["change"] and self.section.form is not None and not self.filterset.sees_all

    def drawn_by(self, column) -> dict:
        """What a column has drawn for this page already, by value."""
        return self._drawn.setdefault(column, {})

    @cached_property
    def _drawn(self) -> dict:
        return {}

    def title_of(self, column) -> str:
        """A column's title in the reader's language, worked out once a page."""
        if column not in self._titles:
            self._titles[column] = str(column.title)
        return self._titles[column]

    @cached_property
    def _titles(self) -> dict:
        return {}

    @cached_property
    def selectable(self) -> bool:
        """Whether there is anything this person may do with a selection of rows."""
        may_delete = self.section.bulk_delete is not None and self.can["delete"]
        return may_delete or any(self.offers(action) for action in self.section.actions)

    def offers(self, action: BulkAction) -> bool:
        """Whether this person may use a bulk action on this list; on the deleted only one that says it is for them."""
        fits = action.offered(self) if action.offered else not self.filterset.sees_all
        return fits and self.staff.has_perm(action.right)

    @cached_property
    def row_menu(self) -> list[tuple[str, str, str]]:
        """The links of a row's menu: (URL with {0} for the number, word, further attributes)."""
        menu = [(self.url_pattern("view"), _("View"), "")]
        if self.may_edit:
            menu.append((self.url_pattern("edit"), _("Edit"), ""))
        if self.can["delete"] and self.section.delete_ways:
            menu.append((self.url_pattern("delete"), _("Delete"), ' class="is-danger"'))
        return menu

    @cached_property
    def row_buttons(self) -> list[tuple[str, str]]:
        """What a row's menu does at a click: (URL with {0} for the number, word)."""
        return [
            (link(action.one_url, 0).replace("0", "{0}"), str(action.title))
            for action in self.section.actions
            if action.one_url and self.offers(action)
        ]

    @cached_property
    def body(self) -> SafeString:
        """The rows as HTML."""
        return draw_rows(self.table, self.column_names, self.records, self)

    @cached_property
    def titles(self) -> SafeString:
        """The titles of the columns as HTML; where a column sorts, a click on its title does it."""
        return draw_titles(self.table, self.column_names, self)

    @cached_property
    def filters(self) -> SafeString:
        """The filters under the titles as HTML."""
        return draw_filters(self.table, self.column_names, self)

    def sorted_by(self, name: str) -> str:
        """Which way this column orders the list: "ascending", "descending" or, when it does not, ""."""
        if self.sort.removeprefix("-") != name:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    @property
    def extra_filters(self) -> list[dict]:
        """Filters that no column of this page offers, and are in force or offered everywhere: above the table."""
        under = {one for name in self.column_names for one in self.table.column(name).filters}
        offered = {*self.filterset.everywhere, *self.filterset.given(), *self.filter_errors} - under
        return [
            {"name": name, "label": one.label, "html": one.draw(self, name)}
            for name, one in self.filterset.filters.items()
            if name in offered and one.drawn_for(self.staff)
        ]

    @property
    def chips(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        return [
            {
                "label": self.filterset.filters[name].chip(value, self),
                "remove_url": self.url(**{name: None, "page": None}),
            }
            for name, value in self.filterset.given().items()
        ]

    def url(self, **changes: Any) -> str:
        """This list's address with some parameters changed; None takes one away."""
        kept = [
            (name, value) for name, values in self.params.lists() for value in values if name not in changes
        ]
        kept += [(name, value) for name, value in changes.items() if value is not None]
        query = urlencode([(name, value) for name, value in kept if value != ""])
        return f"{self.list_url}?{query}" if query else self.list_url

    @property
    def query(self) -> str:
        """The query string without empty parameters, to come back to."""
        return self.url().partition("?")[2]

    @property
    def reset_url(self) -> str:
        """All rows again, in the order and page size at hand (S0.81, S1.94)."""
        kept = {name: self.params[name] for name in ("sort", "per_page") if self.params.get(name)}
        return f"{self.list_url}?{urlencode(kept)}" if kept else self.list_url

    @cached_property
    def paging(self) -> dict:
        """The paging line of S1.5: page / pages, page size, number of results, and where the arrows lead."""
        last, here = self.pages, len(self.records)
        at_end = self.page == last or (last is None and (self.page == _LAST or here < self.per_page))
        return {
            "per_page": self.per_page,
            "per_page_choices": [
                {"n": n, "url": self.url(per_page=n, page=None), "current": n == self.per_page}
                for n in PER_PAGE
            ],
            "pages_text": _("Page %(page)s / %(pages)s")
            % {
                "page": "…" if self.page == _LAST else self.page,
                "pages": formats.number(last) if last else "…",
            },
            "total_text": ngettext("%(total)s result", "%(total)s results", self.total)
            % {"total": self.total_text},
            "first_url": self.url(page=None) if self.page > 1 else "",
            "prev_url": self.url(page=self.page - 1) if 1 < self.page < _LAST else "",
            "next_url": "" if at_end else self.url(page=self.page + 1),
            "last_url": "" if at_end else self.url(page=last or "last"),
        }
