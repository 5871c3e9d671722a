"""A page of a list, drawn: rows, titles, filters, menus, the paging line."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..screen import formats
from ..screen.links import link_pattern
from ..sections import BulkAction
from ..tables.columns import TextColumn
from ..tables.drawing import draw_filters, draw_rows, draw_titles
from ..tables.filter import Filter
from ..tables.filter_menus import draw_more
from ..tables.pages import Row
from .found import LAST, Found
from .paging import PER_PAGE


class ListPage(Found):
    """One page of a section's list for one member of staff, worked out of a query string."""

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
        return {
            name: self.table.column(name).read_pairs(self.records)
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
        return link_pattern(self.section.url(page))

    def url_of(self, record: int) -> str:
        """The address of a record's page."""
        return self.url_pattern("view").format(record)

    def switch_url(self, field: str) -> str:
        """Where a switch of this list posts to, {0} for the id; empty without the right."""
        return self._switches.get(field, "")

    @cached_property
    def _switches(self) -> dict[str, str]:
        found = {}
        for name in self.column_names:
            column = self.table.column(name)
            right = getattr(column, "right", None)
            if right and not self.filterset.shows_hidden and self.staff.has_perm(right):
                found[column.field] = link_pattern(self.section.url("toggle"), column.field)
        return found

    @property
    def may_edit(self) -> bool:
        """Whether rows offer their form: to who may change records, and never of the deleted (decision 19)."""
        return self.can["change"] and self.section.form is not None and not self.filterset.shows_hidden

    def label_of(self, row: Row) -> str:
        """What the record of a row is called."""
        return self.table.label(row)

    def drawn_by(self, column: TextColumn) -> dict[Any, str]:
        """What a column has drawn for this page already, by value."""
        return self._drawn.setdefault(column, {})

    @cached_property
    def _drawn(self) -> dict:
        return {}

    def title_of(self, column: TextColumn) -> str:
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
        may_delete = bool(self.section.delete_ways) and self.can["delete"]
        return may_delete or any(self.offers(action) for action in self.section.actions)

    def offers(self, action: BulkAction) -> bool:
        """Whether this person may use a bulk action on this list; on the deleted only one that says it is for them."""
        fits = action.offered(self) if action.offered else not self.filterset.shows_hidden
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
            (link_pattern(action.one_url), str(action.title))
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
        """Filters offered everywhere that no column of this page has: above the table."""
        return [
            {"name": name, "label": one.label, "html": one.draw(self, name)}
            for name, one in self.filterset.filters.items()
            if name in self.section.listing.everywhere and self._is_offered(name)
        ]

    @property
    def more_filters(self) -> SafeString:
        """All other filters, in a menu: whatever columns are shown, every question can be asked (U4)."""
        everywhere = self.section.listing.everywhere
        others = {
            name: one
            for name, one in self.filterset.filters.items()
            if name not in everywhere and self._is_offered(name)
        }
        return draw_more(others, self._titles_over(others) if self.more else None, self)

    def _is_offered(self, name: str) -> bool:
        one = self.filterset.filters[name]
        return not one.by_link and not self.is_under_a_title(name) and one.drawn_for(self.staff)

    def _titles_over(self, filters: dict[str, Filter]) -> dict[str, str]:
        """The title of the column that has a filter, else what the filter asks, by the filter's name."""
        columns = {name: column for column in self.table.columns.values() for name in column.filters}
        return {
            name: self.title_of(columns[name]) if name in columns else str(one.label)
            for name, one in filters.items()
        }

    def is_under_a_title(self, name: str) -> bool:
        """Whether a column of this page has the filter of that name."""
        return name in self._under_titles

    @cached_property
    def _under_titles(self) -> set[str]:
        return {one for name in self.column_names for one in self.table.column(name).filters}

    @property
    def chips(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        return [
            {
                "label": self.filterset.filters[name].chip(value, self),
                "css": self.filterset.filters[name].chip_css(value, self),
                "remove_url": self.url(**{name: None, "page": None}),
            }
            for name, value in self.filterset.given().items()
        ]

    @cached_property
    def paging(self) -> dict:
        """The paging line of S1.5: page / pages, page size, number of results, and where the arrows lead."""
        here, last = len(self.records), self.pages
        at_end = self.page == last or (last is None and (self.page == LAST or here < self.per_page))
        return {
            "per_page": self.per_page,
            "per_page_choices": [
                {"n": n, "url": self.url(per_page=n, page=None), "current": n == self.per_page}
                for n in PER_PAGE
            ],
            "pages_text": _("Page %(page)s / %(pages)s")
            % {
                "page": "…" if self.page == LAST else self.page,
                "pages": formats.number(last) if last else "…",
            },
            "total_text": ngettext("%(total)s result", "%(total)s results", self.total)
            % {"total": self.total_text},
            "counted_text": (counted := self.section.counted(self.total, self.total_text)),
            "found_text": _("%(records)s found") % {"records": counted},
            "first_url": self.url(page=None) if self.page > 1 else "",
            "prev_url": self.url(page=self.page - 1) if 1 < self.page < LAST else "",
            "next_url": "" if at_end else self.url(page=self.page + 1),
            "last_url": "" if at_end else self.url(page=last or "last"),
        }
