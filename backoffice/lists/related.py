"""The rows of another section that belong to a record, on that record's page: drawn as their own list draws them."""

from typing import Any

from ..models import Counter
from ..sections import Related, section_named
from ..staff.models import StaffMember
from .excerpt import Excerpt

ROWS = 10


def related_block(
    related: Related, record: int, staff: StaffMember, counters: dict[str, Counter]
) -> dict[str, Any] | None:
    """What the block shows; None for who may not see the section."""
    section = section_named(related.section)
    if section is None or not staff.has_perm(section.right("view")):
        return None
    asked = {related.filter_by: str(record), **related.asked}
    page = Excerpt(section, asked, related.columns, staff, counters=counters, rows=ROWS)
    return {
        "name": section.slug,
        "title": related.title or section.titles.many,
        "icon": section.menu.icon,
        "count": page.total_text,
        "url": page.url() if page.records else "",
        "empty": "" if page.records else related.empty,
        "page": page,
    }
