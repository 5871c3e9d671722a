"""The table of a list: columns declared with django-tables2, rows drawn in one pass (decision 33).

django-tables2 draws a cell through signatures, attributes and templates: 50 of a page's 54 ms (performance.md 3).
Here one row pattern is built once a page and filled with escaped values.
"""

from typing import Any

import django_tables2 as tables2
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .columns import TextColumn
from .lookups import Lookup


class SectionTable(tables2.Table):
    """The columns of a section. `label(row)` names a record, for check boxes and menus; it reads `label_reads`."""

    label_reads: tuple[str, ...] = ("id",)
    lookups: dict[str, Lookup] = {}

    @staticmethod
    def label(row: dict) -> str:
        """What a record is called."""
        return str(row["id"])

    @classmethod
    def column(cls, name: str) -> TextColumn:
        """The column of that name (KeyError when there is none)."""
        return cls.base_columns[name]

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """All column names, in the order of declaration."""
        return tuple(cls.base_columns)

    @classmethod
    def reads(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """The fields needed to draw these columns, each once."""
        fields = dict.fromkeys(("id", *cls.label_reads))
        for name in names:
            fields.update(dict.fromkeys(cls.base_columns[name].reads))
        return tuple(fields)


# Built of constants of ours only; every value goes in through format_html.
_CHECK = '<td class="c-check"><input type="checkbox" name="selected" value="{}" aria-label="{}"></td>'
_ACTIONS = (
    '<td class="c-actions">{}<details class="menu"><summary aria-label="{}"><svg class="icon" aria-hidden="true">'
    '<use href="{}#dots"></use></svg></summary><div class="menu-list">{}</div></details></td>'
)


def draw_rows(table: type[SectionTable], names: tuple[str, ...], rows: list[dict], page: Any) -> SafeString:
    """All rows as HTML. `page` is the `ListPage` (lookups, URLs, rights)."""
    columns = [table.column(name) for name in names]
    cells = "".join(
        f'<td class="c-{name} {column.css}">{{}}</td>' for name, column in zip(names, columns, strict=True)
    )
    pattern = f'<tr data-href="{{}}">{_CHECK}{cells}{_ACTIONS}</tr>'
    draws = [column.draw for column in columns]
    sprite = page.sprite
    select, more, edit_word = _("Select %s"), _("Actions for %s"), _("Edit %s")
    menu = page.row_menu
    view_url = page.url_pattern("view")
    edit_url = page.url_pattern("edit") if page.can["change"] and page.section.form else ""

    def line(row):
        key = str(row["id"])
        label = table.label(row)
        pencil = (
            format_html(
                '<a class="row-edit" href="{}" aria-label="{}"><svg class="icon" aria-hidden="true">'
                '<use href="{}#pencil"></use></svg></a>',
                edit_url.replace("0", key, 1),
                edit_word % label,
                sprite,
            )
            if edit_url
            else ""
        )
        links = format_html_join(
            "", '<a href="{}">{}</a>', ((url.replace("0", key, 1), word) for url, word in menu)
        )
        return format_html(
            pattern,
            view_url.replace("0", key, 1),
            key,
            select % label,
            *(draw(row, page) for draw in draws),
            pencil,
            more % label,
            sprite,
            links,
        )

    return mark_safe("".join([line(row) for row in rows]))  # noqa: S308  each line is a format_html of ours
