"""The rows of another section that belong to a record, on that record's page: drawn as their own list draws them."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from ..models import Counter
from ..sections import Related, Section, section_named
from ..staff.models import StaffMember
from ..tables.drawing import draw_rows
from .page import ListPage

ROWS = 10
RECENTLY = dt.timedelta(days=90)


class RelatedRows(ListPage):
    """The list of the other section, narrowed to one record: its first ten rows.

    `counters` are read once for all blocks of a page.
    """

    def __init__(
        self,
        section: Section,
        related: Related,
        record: int,
        staff: StaffMember,
        counters: dict[str, Counter],
    ):
        params = QueryDict(mutable=True)
        params.update({related.filter_by: str(record), **related.asked})
        super().__init__(section, params, staff)
        self.column_names, self.per_page, self.counters = related.columns, ROWS, counters
        self.recent = related.recent

    @cached_property
    def records(self) -> list[dict]:
        """Its first rows; of what grows for ever, older ones are looked for only for want of recent ones."""
        if not self.recent or self.total <= ROWS:
            return super().records
        whole = self.filterset.rows
        self.filterset.rows = whole.filter(**{f"{self.recent}__gte": timezone.now() - RECENTLY})
        found = self._rows_of(self.order, 0, ROWS)
        self.filterset.rows = whole
        return found if len(found) == ROWS else super().records

    @property
    def rows_only(self) -> SafeString:
        """The rows as HTML, without check boxes and menus."""
        return draw_rows(self.table, self.column_names, self.records, self, tools=False)


def related_block(
    related: Related, record: int, staff: StaffMember, counters: dict[str, Counter]
) -> dict[str, Any] | None:
    """What the block shows; None for who may not see the section.

    Titles of columns lead to the whole list, ordered by them. Two queries, and one more for each column of pairs.
    """
    section = section_named(related.section)
    if section is None or not staff.has_perm(section.right("view")):
        return None
    page = RelatedRows(section, related, record, staff, counters)
    return {
        "name": section.slug,
        "title": related.title or section.titles.many,
        "icon": section.menu.icon,
        "count": page.total_text,
        "url": page.url() if page.records else "",
        "empty": "" if page.records else related.empty,
        "page": page,
    }
