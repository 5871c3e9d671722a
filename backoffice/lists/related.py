"""The rows of another section that belong to a record, on that record's page: drawn as their own list draws them."""

from typing import Any

from ..models import Counter
from ..models.kept import Kept
from ..records.changes import refusal_to_change
from ..screen.links import link
from ..sections import Panel, Related, Section, section_named
from ..staff.models import StaffMember
from .excerpt import Excerpt

ROWS = 10


def related_panel(related: Related, counters: dict[str, Counter], *, on: str = "") -> Panel:
    """The block with these rows, for who may see their section. LookupError where there is no such section.

    `on` is the slug of the section on whose page it stands: forms that are opened there lead back there.
    """
    section = section_named(related.section)
    if section is None:
        raise LookupError(f"There is no section called {related.section}.")

    def content(record: Kept, staff: StaffMember) -> dict[str, Any]:
        asked = {related.filter_by: str(record.pk), **related.asked}
        page = Excerpt(
            section, asked, related.columns, staff, counters=counters, rows=ROWS, recent=related.recent
        )
        then = f"then={on}-{record.pk}" if related.edits else ""
        page.edited_with = "" if getattr(record, "is_hidden", False) else then
        empty = str(related.empty) % {"name": record}
        return {**page.as_panel(empty), **_adding(related, section, record, page, then)}

    return Panel(
        name=section.slug,
        title=related.title or section.titles.many,
        template="backoffice/panels/related.html",
        content=content,
        icon=section.menu.icon,
        side=related.side,
        right=section.right("view"),
    )


def _adding(related: Related, section: Section, record: Kept, page: Excerpt, then: str) -> dict[str, Any]:
    """Where a further one is added, with the record filled in; nothing without the right, nor to a hidden one."""
    if not (related.adds and page.can["add"]) or refusal_to_change(record):
        return {}
    asked = "&".join(filter(None, (f"{related.filter_by}={record.pk}", then)))
    return {
        "add_url": f"{link(section.url('add'))}?{asked}",
        "add_title": section.titles.add,
    }
