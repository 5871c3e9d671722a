"""The table of a list: columns of django-tables2, rows drawn in one pass (decision 33).

django-tables2 draws a cell through signatures, attributes and templates: 50 of a page's 54 ms (performance.md 3).
Here one row pattern is built once a page and filled with escaped values.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..screen.markup import fill, fill_each, words
from ..texts import Text
from .columns import TextColumn, nothing
from .filter_menus import draw_under_title
from .filtersets import FilterSet
from .lookups import Lookup
from .pages import CellPage, FilterPage, Row

# On the phone a row is a card, where these cells say their title.
NAMED_ON_CARDS = ("flag", "num sub")


class TablePage(CellPage, FilterPage, Protocol):
    """What the table asks of the page it is drawn on."""

    @property
    def filterset(self) -> FilterSet:
        """Its filters."""

    @property
    def may_edit(self) -> bool:
        """Whether rows offer their form."""

    @property
    def selectable(self) -> bool:
        """Whether rows can be ticked."""

    @property
    def ticked(self) -> Collection[int]:
        """Which of them are ticked already."""

    @property
    def row_menu(self) -> list[tuple[str, str, str]]:
        """The links of a row's menu: (URL with {0} for the number, word, further attributes)."""

    @property
    def row_buttons(self) -> list[tuple[str, str]]:
        """What a row's menu does at a click: (URL with {0} for the number, word)."""

    def url_pattern(self, page: str) -> str:
        """The URL of a record's page with {0} where its number goes."""

    def sorted_by(self, name: str) -> str:
        """Which way this column orders the list: "ascending", "descending" or, when it does not, ""."""


@dataclass(frozen=True)
class SectionTable:
    """The columns of a section by name. `label(row)` names a record, for check boxes and menus; it reads `label_reads`.

    `lead` names the columns whose cell may open the record, the best one first (U1).
    `figures` is the relation to the stored figures, joined only where a column shows or sorts by one.
    """

    columns: dict[str, TextColumn]
    label: Callable[[Row], str]
    label_reads: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    lookups: dict[str, Lookup] = field(default_factory=dict)
    figures: str = ""

    def column(self, name: str) -> TextColumn:
        """The column of that name (KeyError when there is none)."""
        return self.columns[name]

    def names(self) -> tuple[str, ...]:
        """All column names, in their order."""
        return tuple(self.columns)

    def leading(self, names: tuple[str, ...]) -> str:
        """Which of these columns names the row and opens it: the best one declared, else the first that may be a link.

        "" where all of them are switches or lead elsewhere.
        """
        able = [name for name in names if self.columns[name].may_lead]
        return next((name for name in self.lead if name in able), able[0] if able else "")

    def reads(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The fields needed to draw these columns, each once."""
        fields = dict.fromkeys(("id", *self.label_reads))
        for name in names:
            fields.update(dict.fromkeys(self.columns[name].reads))
        return tuple(fields)


def _words(text: Text) -> str:
    """A fixed text of ours inside the row's pattern: escaped, with the record's name where it says %s."""
    return words(text).replace("%s", "{1}")


def _pattern(
    table: SectionTable, names: tuple[str, ...], page: TablePage, *, tools: bool, edited_with: str
) -> str:
    """One row as a format string: {0} is the record's number, {1} its name, the rest are the cells.

    It is made of constants, translations and URLs of ours; every value of a record goes in escaped.
    Its slots are for what few rows differ in: the tick, and the cells of columns that are part of the pattern.
    """
    row = f'data-href="{page.url_pattern("view")}"'
    if not tools:
        return f"<tr {row}>{_cells(table, names, page)}{_pencil_cell(page, edited_with)}</tr>"
    return f'<tr id="row-{{0}}" {row}>{_box(page)}{_cells(table, names, page)}{_actions(page)}</tr>'


def _cells(table: SectionTable, names: tuple[str, ...], page: TablePage) -> str:
    cells, lead, place = [], table.leading(names), 1
    for name in names:
        column = table.column(name)
        title = f' data-title="{_words(page.title_of(column))}"' if column.css in NAMED_ON_CARDS else ""
        if column.in_pattern:
            cells.append(f'<td class="c-{name} {column.css}"{title}>{_slot(name)}</td>')
            continue
        place += 1
        if name == lead:
            drawn = column.leads(f"{{{place}}}", page.url_pattern("view"))
            cells.append(f'<th scope="row" class="c-{name} {column.css}"{title}>{drawn}</th>')
        else:
            cells.append(f'<td class="c-{name} {column.css}"{title}>{{{place}}}</td>')
    return "".join(cells)


def _slot(name: str) -> str:
    """Where the drawn cell of a column goes that is part of the pattern."""
    return f"<!--{name}-->"


def _box(page: TablePage) -> str:
    """The check box of a row, where rows can be ticked."""
    select = _words(_("Select %s"))
    box = f'<input type="checkbox" name="selected" value="{{0}}" aria-label="{select}"{_slot("tick")}>'
    return f'<td class="c-check">{box}</td>' if page.selectable else ""


def _icon(page: TablePage, name: str) -> str:
    return f'<svg class="icon" aria-hidden="true"><use href="{page.sprite}#{name}"></use></svg>'


def _pencil(page: TablePage, query: str = "") -> str:
    url, edit = page.url_pattern("edit"), _words(_("Edit %s"))
    url = f"{url}?{query}" if query else url
    return f'<a class="row-edit" href="{url}" aria-label="{edit}">{_icon(page, "pencil")}</a>'


def _pencil_cell(page: TablePage, edited_with: str) -> str:
    """The one thing that can be done with a row of another page: its form, opened with this query string."""
    return f'<td class="c-actions">{_pencil(page, edited_with)}</td>' if edited_with else ""


def _actions(page: TablePage) -> str:
    """What can be done with the record of a row: pencil and menu."""
    more = _words(_("Actions for %s"))
    pencil = _pencil(page) if page.may_edit else ""
    links = "".join(f'<a href="{url}"{css}>{_words(word)}</a>' for url, word, css in page.row_menu)
    links += "".join(f'<button formaction="{url}">{_words(word)}</button>' for url, word in page.row_buttons)
    return (
        f'<td class="c-actions">{pencil}<details class="menu">'
        f'<summary aria-label="{more}">{_icon(page, "dots")}</summary>'
        f'<div class="menu-list">{links}</div></details></td>'
    )


def draw_rows(
    table: SectionTable,
    names: tuple[str, ...],
    rows: list[Row],
    page: TablePage,
    *,
    tools: bool = True,
    edited_with: str = "",
) -> SafeString:
    """All rows as HTML; with `tools` each has its place to come back to, check box, pencil and menu; without them a
    pencil that opens its form with the query string `edited_with`, where there is one."""
    lead, label = table.leading(names), table.label
    draws = [
        _draw_lead(table, name) if name == lead else table.column(name).draw
        for name in names
        if not table.column(name).in_pattern
    ]
    patterns = _patterns(table, names, page, rows, tools=tools, edited_with=edited_with)
    lines = [
        fill(pattern, row["id"], label(row), *[draw(row, page) for draw in draws])
        for pattern, row in zip(patterns, rows, strict=True)
    ]
    return mark_safe("".join(lines))  # noqa: S308  each line comes from fill()


def _patterns(
    table: SectionTable,
    names: tuple[str, ...],
    page: TablePage,
    rows: list[Row],
    *,
    tools: bool,
    edited_with: str,
) -> Iterator[str]:
    """The pattern of each row with its slots filled: few differ, so each is made once a page."""
    empty = _pattern(table, names, page, tools=tools, edited_with=edited_with)
    inside = {name: table.column(name) for name in names if table.column(name).in_pattern}
    made: dict[tuple, str] = {}
    for row in rows:
        is_ticked = row["id"] in page.ticked
        kind = (is_ticked, *[column.value(row) for column in inside.values()])
        if kind not in made:
            made[kind] = empty.replace(_slot("tick"), " checked" if is_ticked else "")
            for name, column in inside.items():
                made[kind] = made[kind].replace(_slot(name), column.draw(row, page))
        yield made[kind]


def _draw_lead(table: SectionTable, name: str) -> Callable[[Row, Any], str]:
    """What draws the cell that is a link: a link has words, so a record without a value is called as elsewhere."""
    draw = table.column(name).draw

    def draw_lead(row: Row, page: TablePage) -> str:
        drawn = draw(row, page)
        return table.label(row) or str(row["id"]) if drawn in ("", nothing()) else drawn

    return draw_lead


def draw_titles(table: SectionTable, names: tuple[str, ...], page: TablePage) -> SafeString:
    """The titles of the columns as HTML, with a link where the list may be sorted by it."""
    cells = []
    for name in names:
        column = table.column(name)
        title, order = page.title_of(column), page.sorted_by(name)
        tip = fill(' title="{}"', column.in_full) if column.in_full else ""
        if column.sorts:
            asked = f"-{name}" if order == "ascending" else name
            title = fill('<a href="{}">{}</a>', page.url(sort=asked, page=None), title)
        cells.append((name, column.css, tip, fill(' aria-sort="{}"', order) if order else "", title))
    return fill_each('<th scope="col" class="c-{} {}"{}{}>{}</th>', cells)


def draw_filters(table: SectionTable, names: tuple[str, ...], page: TablePage) -> SafeString:
    """The filters of the columns as HTML, each under its title, in one line."""
    cells = []
    for name in names:
        column, title = table.column(name), ""
        drawn = draw_under_title(
            {one: page.filterset.filters[one] for one in column.filters}, page.title_of(column), page
        )
        if drawn:
            title = fill(' data-title="{}"', page.title_of(column))
        cells.append((name, column.css, title, drawn))
    return fill_each('<td class="c-{} {}"{}>{}</td>', cells)
