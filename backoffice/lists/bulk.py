"""Bulk actions: on the records ticked, or on all that match the list's filters (D-87)."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from ..database.counting import one_change
from ..numbers import whole
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..records.events import Kind, record
from ..screen import formats
from ..screen.links import link
from ..screen.markup import fill, fill_each
from ..sections import BulkAction, Choice, Section
from .page import ListPage

MOST_TICKED = 1_000
# Up to here a bulk action is done at once and can be undone; for more, it asks first.
MOST_UNASKED = 1_000


def actions_for(section: Section, page: ListPage) -> list[dict]:
    """What stands in the selection bar: the actions this person may use, those of one menu together.

    [{title, icon, actions: [{name, title, url, icon, field_html}]}], of which the one that is no menu has no
    title.
    """
    query = page.query
    tail = f"?{query}" if query else ""
    shown = []
    for action in section.actions:
        choices = action.choices(page) if action.choices else []
        if not page.offers(action) or (action.choices and not choices):
            continue
        shown.append(
            {
                "name": action.name,
                "title": str(action.title),
                "menu": str(action.menu),
                "url": link(section.url("action"), action.name) + tail,
                "icon": action.icon,
                "field_html": _choice(action, choices) if choices else "",
            }
        )
    return [
        {"title": title, "actions": list(actions)}
        for title, actions in groupby(shown, key=itemgetter("menu"))
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
    ids = [key for one in data.getlist("selected") if (key := whole(one)) is not None]
    return ids[:MOST_TICKED]


def chosen_rows(page: ListPage, data: QueryDict) -> QuerySet:
    """The records an action is for: what is ticked, or all that match where the person said so.

    Both go through the list's own filters, so nobody reaches what their list does not show.
    """
    if data.get("all_matching") == "1":
        return page.rows
    return rows_of(page.section, ticked(data), page.staff, hidden=page.filterset.shows_hidden)


def rows_of(section: Section, ids: list[int], staff: Any, *, hidden: bool) -> QuerySet:
    """The records of these ids that this person's list shows, that of the hidden ones or of the others."""
    params = QueryDict(mutable=True)
    if hidden and section.hidden:
        params[section.hidden.field] = "only"
    return ListPage(section, params, staff).rows.filter(pk__among=ids)


def choice_of(action: BulkAction, page: ListPage, value: str) -> Choice:
    """A choice of this action as the list offers it; without a label where it is none of those."""
    return Choice(value, str(dict(action.choices(page)).get(value, "")) if action.choices else "")


def perform(section: Section, action: BulkAction, rows: QuerySet, *, choice: Choice, by: Actor) -> list[int]:
    """Run an action and write it down for the activity page, both or neither. Returns who was changed.

    NotAllowed for a choice that the list does not offer, and as the action raises it.
    """
    if action.choices and not choice.label:
        raise NotAllowed(_("Choose one of the list, please."))
    with one_change():
        changed = action.run(rows, by=by, **({"choice": choice} if action.choices else {}))
        write_down(section, action.name, changed, by=by, label=choice.label)
    return changed


def write_down(section: Section, done: str, ids: list[int], *, by: Actor, label: str = "") -> None:
    """One event for what was done to many: the name of the action or of the way of deleting (decision 28)."""
    if ids:
        record(Kind.BULK_CHANGE, by=by, target=section.slug, done=done, choice=label, rows=len(ids))


_LEFT = ngettext_lazy(
    "%(n)s left as it was: it was so already, or cannot be changed so.",
    "%(n)s left as they were: they were so already, or cannot be changed so.",
    "count",
)


def counted(sentence: Any, number: int, label: str = "") -> str:
    """A plural text over "count" with %(n)s and %(label)s in it, for that number."""
    return str(sentence % {"count": number, "n": formats.number(number), "label": label})


def left_out(number: int, left: Any = None) -> list[str]:
    """What to add where an action did not change all it was asked for; `left` says why."""
    return [counted(left or _LEFT, number)] if number > 0 else []


def nobody_left() -> str:
    """What to say where all that was ticked is gone meanwhile."""
    return _("What you ticked is not there any more.")


def refusal(page: ListPage, data: QueryDict) -> str:
    """Why nothing is done, "" where all is well: nothing is ticked, or nobody can say what all that match would be."""
    if data.get("all_matching") != "1":
        return "" if ticked(data) else _("Tick at least one row first.")
    if page.filter_errors:
        return _("A filter cannot be read. Mend it or take it away before acting on all that match.")
    return ""
