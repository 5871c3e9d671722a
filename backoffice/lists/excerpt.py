"""The first rows of a section's list on another page: what belongs to a record, what a search found."""

from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from ..models import Counter
from ..sections import Section
from ..staff.models import StaffMember
from ..tables.drawing import draw_rows
from ..texts import Text
from .page import ListPage


class Excerpt(ListPage):
    """The first `rows` of what the list of a section gives when it is asked so (filters, "sort"), in these columns.

    Nothing can be selected in it; titles of columns lead to the whole list, ordered by them. `counters` are read once
    for all excerpts of a page. Two queries, and one more for each column of pairs. `recent` is the moment by which a
    list that grows for ever is sorted, where its section does not say it.
    """

    selectable = False
    # Where rows have a pencil: the query string with which it opens their form.
    edited_with = ""

    def __init__(
        self,
        section: Section,
        asked: dict[str, str],
        columns: tuple[str, ...],
        staff: StaffMember,
        *,
        counters: dict[str, Counter],
        rows: int,
        recent: str = "",
    ):
        params = QueryDict(mutable=True)
        params.update(asked)
        super().__init__(section, params, staff, counters=counters)
        self.column_names, self.per_page = columns, rows
        self._recent = recent

    @property
    def recent(self) -> str:
        return self._recent or super().recent

    def as_panel(self, empty: Text) -> dict[str, Any]:
        """The block of these rows: their number and the way to all of them, or what is said where there is none."""
        found = bool(self.records)
        return {
            "count": self.total_text,
            "url": self.url() if found else "",
            "empty": "" if found else empty,
            "page": self,
        }

    @property
    def rows_only(self) -> SafeString:
        """The rows as HTML, without check boxes and menus; with pencils where they may be edited from here."""
        return draw_rows(
            self.table, self.column_names, self.records, self, tools=False, edited_with=self.pencils
        )

    @property
    def pencils(self) -> str:
        """The query string with which the pencils of its rows open their form; "" where there are none."""
        return self.edited_with if self.may_edit else ""
