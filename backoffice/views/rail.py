"""The menu down the side of every page (decision 11): drawn once a process for each language, role and place in it."""

from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..screen.links import link
from ..screen.markup import fill, fill_each
from ..sections import MenuPage, Section, all_sections
from ..sections.menu import GROUPS, menu_pages
from ..templatetags.icons import icon

_GROUP = '<div class="rail-group">{}<ul>{}</ul></div>'
_TITLE = '<div class="rail-title">{}</div>'
_LINK = '<li><a class="rail-link" href="{0}" title="{1}"{2}>{3}<span class="rail-word">{1}</span></a></li>'
_CURRENT = fill(' aria-current="page"')


class _Item(NamedTuple):
    """An entry: where it leads, and the addresses whose pages are in it, but for one."""

    title: str
    url: str
    icon: str
    inside: str
    but: str = ""

    def holds(self, path: str) -> bool:
        return path.startswith(self.inside) and path != self.but


def rail_of(request: HttpRequest) -> SafeString:
    """The groups of the menu that hold anything this person may see, as HTML; nothing for strangers."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return fill("")
    rights = frozenset(staff.get_all_permissions())
    groups = _groups(get_language(), rights)
    here = request.path
    current = [item.url for _title, items in groups for item in items if item.holds(here)]
    return _drawn(get_language(), rights, link("home") if here == link("home") else "", *current)


@lru_cache(maxsize=100)
def _groups(language: str, rights: frozenset[str]) -> list[tuple[str, list[_Item]]]:
    found = []
    for key, title in GROUPS.items():
        entries = [
            (one.menu.place, _of_section(one))
            for one in all_sections()
            if one.menu.group == key and one.right("view") in rights
        ]
        entries += [
            (one.menu.place, _of_page(one))
            for one in menu_pages()
            if one.menu.group == key and _may_open(rights, one)
        ]
        if entries:
            found.append((str(title), [item for _place, item in sorted(entries, key=itemgetter(0))]))
    return found


@lru_cache(maxsize=1_000)
def _drawn(language: str, rights: frozenset[str], *current: str) -> SafeString:
    home = _Item(_("Shop now"), link("home"), "home", "")
    return fill_each(
        _GROUP,
        [
            (
                fill(_TITLE, title) if title else "",
                fill_each(_LINK, [_cells(item, current) for item in items]),
            )
            for title, items in [("", [home]), *_groups(language, rights)]
        ],
    )


def _cells(item: _Item, current: tuple[str, ...]) -> tuple:
    return item.url, item.title, _CURRENT if item.url in current else "", icon(item.icon)


def _may_open(rights: frozenset[str], page: MenuPage) -> bool:
    return not page.right or not rights.isdisjoint((page.right, *page.or_rights))


def _of_section(section: Section) -> _Item:
    url, asked = link(section.url()), urlencode(section.menu.asked)
    options = link(section.options.url) if section.options else ""
    return _Item(
        str(section.titles.many), f"{url}?{asked}" if asked else url, section.menu.icon, url, options
    )


def _of_page(page: MenuPage) -> _Item:
    url = link(page.url)
    return _Item(str(page.title), url, page.menu.icon, url)
