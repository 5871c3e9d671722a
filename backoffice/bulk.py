"""Bulk actions: on the records ticked, or on all that match the list's filters (D-87)."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import formats
from .links import link
from .lists import ListPage
from .markup import fill, fill_each
from .sections import BulkAction, Section

MOST_TICKED = 1_000


def actions_for(section: Section, page: ListPage) -> list[dict]:
    """The actions this person may use, for the selection bar."""
    query = page.query
    tail = f"?{query}" if query else ""
    return [
        {
            "name": action.name,
            "title": str(action.title),
            "url": link(f"{section.slug}_action", action.name) + tail,
            "icon": action.icon,
            "danger": action.danger,
            "field_html": _choice(action, choices) if choices else "",
        }
        for action in section.actions
        if page.staff.has_perm(action.right) and (action.offered is None or action.offered(page))
        for choices in [action.choices(page) if action.choices else None]
        if choices != []
    ]


def _choice(action: BulkAction, choices: list[tuple[str, str]]) -> str:
    return fill(
        '<select name="choice_{}" aria-label="{}">{}</select>',
        action.name,
        action.title,
        fill_each('<option value="{}">{}</option>', choices),
    )


def action_named(section: Section, name: str) -> BulkAction | None:
    """The action of that name, or None."""
    return next((action for action in section.actions if action.name == name), None)


def ticked(data: QueryDict) -> list[int]:
    """The ids ticked on the page, numbers only (G33); a page has 300 at most."""
    ids = [int(one) for one in data.getlist("selected") if one.isascii() and one.isdigit() and len(one) <= 18]
    return ids[:MOST_TICKED]


def chosen_rows(section: Section, data: QueryDict, params: QueryDict, staff: Any) -> QuerySet:
    """The records an action is for: what is ticked, or all that match where the person said so.

    Both go through the list's own filters, so nobody reaches what their list does not show.
    """
    if data.get("all_matching") == "1":
        return ListPage(section, params, staff).rows
    return rows_of(section, ticked(data), staff, deleted=params.get("deleted", ""))


def rows_of(section: Section, ids: list[int], staff: Any, *, deleted: str) -> QuerySet:
    """The records of these ids that this person's list shows; `deleted` as in its filter of that name."""
    params = QueryDict(mutable=True)
    if deleted:
        params["deleted"] = deleted
    return ListPage(section, params, staff).rows.filter(pk__in=ids)


def left_out(number: int) -> list[str]:
    """What to add where an action did not change all it was asked for."""
    if number <= 0:
        return []
    said = ngettext(
        "%(n)s left as it was: it was so already, or cannot be changed so.",
        "%(n)s left as they were: they were so already, or cannot be changed so.",
        number,
    )
    return [said % {"n": formats.number(number)}]


def nobody_left() -> str:
    """What to say where all that was ticked is gone meanwhile."""
    return _("What you ticked is not there any more.")


def refusal(section: Section, data: QueryDict, params: QueryDict, staff: Any) -> str:
    """Why nothing is done, "" where all is well: nothing is ticked, or nobody can say what all that match would be."""
    if data.get("all_matching") != "1":
        return "" if ticked(data) else _("Tick at least one row first.")
    if ListPage(section, params, staff).filter_errors:
        return _("A filter cannot be read. Mend it or take it away before acting on all that match.")
    return ""
