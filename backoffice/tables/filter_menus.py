"""Filters in menus: those of one column where they are more than a line holds (U5), and those of no column shown (U4).

Days have presets, and what may be missing has its two answers: links, which like the whole menu need no scripts.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..screen import formats
from ..screen.markup import fill, fill_each
from .day_filters import DayFilter
from .filter import Filter
from .presence import PresenceFilter

Filters = dict[str, Filter]

# The parameter that draws the menu of more filters: open, or for a page that had it open before.
MORE = "more"
OPEN, KEPT = "open", "kept"

# The way to all filters: the menu fetches them when it is opened, and who has no scripts follows the link.
FETCHED = (
    '<a href="{0}" hx-get="{0}" hx-trigger="toggle from:closest details once" hx-target="closest .menu-list"'
    ' hx-select=".more-filters .menu-list" hx-select-oob="unset" hx-swap="outerHTML" hx-sync="this">{1}</a>'
)


def draw_under_title(filters: Filters, title: str, page: Any) -> SafeString:
    """The filters of a column, in one line: days and more than two in a menu, two inputs side by side.

    Beside a single input, whether there is a value at all stands in a small menu.
    """
    if len(filters) > 2 or any(isinstance(one, DayFilter) for one in filters.values()):
        return _draw_menu(filters, title, page)
    inputs = {name: one for name, one in filters.items() if not isinstance(one, PresenceFilter)}
    drawn = fill_each("{}", [(one.draw(page, name),) for name, one in inputs.items()])
    if len(filters) < 2:
        return drawn
    presence = _draw_presence(filters, title, page) if len(inputs) < len(filters) else ""
    return fill('<div class="filter-line">{}{}</div>', drawn, presence)


def draw_more(filters: Filters, titles: Mapping[str, str] | None, page: Any) -> SafeString:
    """A menu with these filters, under the `titles` by their names; "" for none.

    Without titles it holds what is in force and fetches the rest when it is opened: no list pays for its many inputs.
    """
    if not filters:
        return fill("")
    number = len(page.filterset.given().keys() & filters.keys())
    words = _("More filters")
    return fill(
        '<details class="menu range more-filters"{}><summary class="filter {}">{}</summary>'
        '<div class="menu-list">{}</div></details>',
        " open" if page.more == OPEN else "",
        _css(filters, page, number > 0),
        f"{words} ({number})" if number else words,
        _kept(filters, page) if titles is None else _all(filters, titles, page),
    )


def _kept(filters: Filters, page: Any) -> SafeString:
    """What was typed into the filters, unseen, and the way to all of them."""
    typed = [(name, value) for name in filters for value in page.params.getlist(name) if value]
    kept = fill_each('<input type="hidden" name="{}" value="{}" form="filters">', typed)
    return kept + fill(FETCHED, page.url(**{MORE: OPEN}), _("Show all filters"))


def _all(filters: Filters, titles: Mapping[str, str], page: Any) -> SafeString:
    groups: dict[str, Filters] = {}
    for name, one in filters.items():
        groups.setdefault(titles[name], {})[name] = one
    return fill(
        '<input type="hidden" name="{}" value="{}" form="filters">{}'
        '<button class="btn btn-small" form="filters">{}</button>',
        MORE,
        KEPT,
        fill_each(
            "<fieldset><legend>{}</legend>{}</fieldset>",
            [(title, _content(under, page)) for title, under in groups.items()],
        ),
        _("Filter"),
    )


def _draw_menu(filters: Filters, title: str, page: Any) -> SafeString:
    """A menu with these filters, among them the ends of a range; its summary says what is in force."""
    said = _said(filters, page)
    words = said or _("From – To")
    return fill(
        '<details class="menu range"><summary class="filter {}" aria-label="{}" title="{}">{}</summary>'
        '<div class="menu-list">{}<button class="btn btn-small" form="filters">{}</button></div></details>',
        _css(filters, page, bool(said)),
        formats.labelled(title, words),
        said,
        words,
        _content(filters, page),
        _("Filter"),
    )


def _draw_presence(filters: Filters, title: str, page: Any) -> SafeString:
    """The small menu beside a column's inputs: whether there is a value at all."""
    names = [name for name, one in filters.items() if isinstance(one, PresenceFilter)]
    said = _said({name: filters[name] for name in names}, page)
    words = formats.labelled(title, said or _("known or not"))
    return fill(
        '<details class="menu range presence"><summary class="filter {0}" aria-label="{1}" title="{1}"></summary>'
        '<div class="menu-list">{2}</div></details>',
        _css(names, page, bool(said)),
        words,
        _links(filters, page),
    )


def _css(names: Iterable[str], page: Any, is_set: bool) -> str:
    return "is-bad" if any(name in page.filter_errors for name in names) else "is-set" if is_set else ""


def _content(filters: Filters, page: Any) -> SafeString:
    """The links, then the inputs, those of a range with their end."""
    drawn = [(_links(filters, page),)]
    inputs = [one for one in filters.values() if not isinstance(one, PresenceFilter)]
    for name, one in filters.items():
        if one.placeholder and len(inputs) > 1:
            drawn.append((fill("<label><span>{}</span>{}</label>", one.placeholder, one.draw(page, name)),))
        elif not isinstance(one, PresenceFilter):
            drawn.append((one.draw(page, name),))
    return fill_each("{}", drawn)


def _said(filters: Filters, page: Any) -> str:
    """What is in force: "3 May 2026 – 9 May 2026", "From 3 May 2026"; "" where nothing is."""
    given = {name: value for name, value in page.filterset.given().items() if name in filters}
    said = [(filters[name].placeholder, filters[name].says(value, page)) for name, value in given.items()]
    if len(said) == 1:
        hint, value = said[0]
        return f"{hint} {value}".strip()
    return " – ".join(value for _hint, value in said)


def _links(filters: Filters, page: Any) -> SafeString:
    """The presets of days, then the answers to whether there is a value; each takes the column's other filters away."""
    days = {one.until: name for name, one in filters.items() if isinstance(one, DayFilter)}
    address = _address_without(filters, page)
    drawn = [_presets(filters, days, address, page)] if len(days) == 2 else []
    for name, one in filters.items():
        if isinstance(one, PresenceFilter):
            drawn += [one.links(page, name, address), one.draw(page, name)]
    return fill_each("{}", [(one,) for one in drawn])


def _address_without(filters: Filters, page: Any) -> str:
    """The first page of the list without these filters, ready for one more: "/customers/?q=martin&"."""
    url = page.url(**dict.fromkeys((*filters, "page")))
    return f"{url}&" if "?" in url else f"{url}?"


def _presets(filters: Filters, days: dict[bool, str], address: str, page: Any) -> SafeString:
    links = []
    for word, start, end in filters[days[False]].presets(page.today):
        ends = {days[False]: start, days[True]: end}
        links.append((address, urlencode({name: day for name, day in ends.items() if day}), word))
    return fill_each(
        '<a href="{}{}">{}</a>',
        links,
    )
