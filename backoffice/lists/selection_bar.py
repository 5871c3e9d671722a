"""What stands in the selection bar of a list: the actions this person may use."""

from itertools import groupby

from django.utils.translation import gettext as _

from ..screen.links import link
from ..screen.markup import fill, fill_each
from ..sections import BulkAction, Section
from .bulk import chooser_of
from .page import ListPage


def actions_for(section: Section, page: ListPage) -> list[dict]:
    """The actions of the bar, those of one menu together.

    [{title, icon, field_html, actions: [{name, title, url, icon}]}], of which the one that is no menu has no title.
    What a menu asks is asked once for all its actions, and nothing is chosen beforehand.
    """
    shown = [one for one in section.actions if page.offers(one) and (not one.choices or one.choices(page))]
    return [
        _menu(section, page, list(some)) for _title, some in groupby(shown, key=lambda one: str(one.menu))
    ]


def _menu(section: Section, page: ListPage, actions: list[BulkAction]) -> dict:
    first, tail = actions[0], f"?{page.query}" if page.query else ""
    return {
        "title": str(first.menu),
        "icon": first.icon,
        "field_html": _choice(section, first, page) if first.menu and first.choices else "",
        "actions": [
            {
                "name": one.name,
                "title": str(one.title),
                "url": link(section.url("action"), one.name) + tail,
                "icon": one.icon,
            }
            for one in actions
        ],
    }


def _choice(section: Section, action: BulkAction, page: ListPage) -> str:
    return fill(
        '<select name="{}" aria-label="{}"><option value="">{}</option>{}</select>',
        chooser_of(section, action),
        action.words.asks or action.menu,
        action.words.asks or _("Choose…"),
        fill_each('<option value="{}">{}</option>', action.choices(page) if action.choices else []),
    )
