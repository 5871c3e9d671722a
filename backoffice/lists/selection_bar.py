"""What stands in the selection bar of a list: the actions this person may use."""

from itertools import groupby
from operator import itemgetter

from django.utils.translation import gettext as _

from ..screen.links import link
from ..screen.markup import fill, fill_each
from ..sections import BulkAction, Section
from .page import ListPage


def actions_for(section: Section, page: ListPage) -> list[dict]:
    """The actions of the bar, those of one menu together.

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
        '<select name="choice_{}" aria-label="{}"><option value="">{}</option>{}</select>',
        action.name,
        action.title,
        _("Choose…"),
        fill_each('<option value="{}">{}</option>', choices),
    )
