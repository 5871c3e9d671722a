"""The filters of one column where they are more than a line holds: a menu under its title (U5).

Days have presets, which are links: like the whole menu they need no scripts.
"""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..screen import formats
from ..screen.markup import fill, fill_each
from .filters import DayFilter


def draw_menu(names: tuple[str, ...], title: str, page: Any) -> SafeString:
    """A menu with the filters of these names; its summary says what is in force, else what can be asked for."""
    filters = {name: page.filterset.filters[name] for name in names}
    given = {name: value for name, value in page.filterset.given().items() if name in filters}
    said = _said(filters, given, page)
    words = said or " – ".join(str(one.placeholder) for one in filters.values() if one.placeholder)
    css = "is-bad" if any(name in page.filter_errors for name in names) else "is-set" if said else ""
    return fill(
        '<details class="menu range"><summary class="filter {}" aria-label="{}" title="{}">{}</summary>'
        '<div class="menu-list">{}{}<button class="btn btn-small" form="filters">{}</button></div></details>',
        css,
        formats.labelled(title, words),
        said,
        words,
        _presets(filters, page),
        fill_each(
            "<label><span>{}</span>{}</label>",
            [(one.placeholder or one.label, one.draw(page, name)) for name, one in filters.items()],
        ),
        _("Filter"),
    )


def _said(filters: dict, given: dict, page: Any) -> str:
    """What is in force: "3 May 2026 – 9 May 2026", "From 3 May 2026"; "" where nothing is."""
    said = [(filters[name].placeholder, filters[name].says(value, page)) for name, value in given.items()]
    if len(said) == 1:
        hint, value = said[0]
        return f"{hint} {value}".strip()
    return " – ".join(value for _hint, value in said)


def _presets(filters: dict, page: Any) -> SafeString:
    days = {one.until: name for name, one in filters.items() if isinstance(one, DayFilter)}
    if len(days) < 2:
        return fill("")
    return fill_each(
        '<a href="{}">{}</a>',
        [
            (page.url(**{days[False]: start, days[True]: end, "page": None}), word)
            for word, start, end in filters[days[False]].presets(page.today)
        ],
    )
