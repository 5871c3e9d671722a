"""Columns of lists. Declared as django-tables2 columns, drawn by `draw()` in one pass a row (performance.md 3).

`draw(row, page)` gets a row as a dict of plain values and what a column may ask of its page, and returns text: what is
not marked safe is escaped when the row is put together; `nothing(…)` is a cell that says nothing to the eye.
`in_file(row, sheet)` is the same value for files.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import django_tables2 as tables2
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..database.folding import fold
from ..screen import formats
from ..screen.links import link
from ..screen.markup import fill, words
from ..texts import Text
from .pages import CellPage, CellSheet, Row
from .switches import draw_switch


def nothing() -> SafeString:
    """An empty cell, which says to a screen reader that the value is not known (U20)."""
    return _nothing(get_language() or "")


@lru_cache
def _nothing(_language: str) -> SafeString:
    return fill('<span class="visually-hidden">{}</span>', _("not known"))


class TextColumn(tables2.Column):
    """A column of text. `reads` names the fields it needs, `sorts` the field the
    list is ordered by, if it may be, `ties` its tie-breakers; `reverse` turns the order round (age against birthday);
    `unknown_last`: rows without a value come last both ways; `within`: where the values lie that only some records
    have, those without come last both ways too; `in_full`: the title where the short one is cut."""

    css = "text"
    # Whether a list that fits into memory sorts it as people read it: neither case nor marks count (decision 49).
    sorts_as_read = True
    # The columns that stand for this one in a file, where its cell shows several things.
    in_files: tuple[str, ...] = ()
    # Those that stand for it where a file has everything.
    in_all: tuple[str, ...] = ()
    # Whether its cell may be the link that opens the row: none that holds links or buttons of its own.
    may_lead = True
    # The filter of a number or amount that goes with how it is shown, where not the usual one.
    filtered_by: Any = None
    # Whether its cell is part of the row's pattern: {0} for the record's number, {1} for its name.
    in_pattern = False

    def __init__(
        self,
        title: Text,
        *,
        reads: tuple[str, ...] = (),
        sorts: str = "",
        ties: Sequence[str] = ("id",),
        reverse: bool = False,
        unknown_last: bool = False,
        within: Any = None,
        filter: str | tuple[str, ...] = (),
        css: str = "",
        in_full: Text = "",
    ):
        super().__init__(verbose_name=title, orderable=bool(sorts))
        self.title = title
        self.reads = reads
        self.sorts = sorts
        self.ties = tuple(ties)
        self.sorts_reversed = reverse
        self.unknown_last = unknown_last
        self.within = within
        self.filters = (filter,) if isinstance(filter, str) else tuple(filter)
        self.css = css or type(self).css
        self.in_full = in_full

    @property
    def field(self) -> str:
        """The first field it reads: what most columns show."""
        return self.reads[0]

    def draw(self, row: Row, page: CellPage) -> str:
        """The cell's content for the page."""
        return row[self.field] or nothing()

    def leads(self, drawn: str, url: str) -> str:
        """The pattern of its cell where it leads the row: what is drawn, as the link that opens the record."""
        return f'<a href="{url}">{drawn}</a>'

    def value(self, row: Row) -> Any:
        """What its cell is drawn from, where equal values make equal cells."""
        return row[self.field]

    def place(self, row: Row, page: CellPage) -> Any:
        """What a list that fits into memory compares rows by."""
        if not self.sorts_as_read:
            return row[self.sorts]
        drawn = self.draw(row, page)
        return "" if drawn == nothing() else fold(drawn)

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        """The cell's content for a file: never cut, never translated, empty for nothing."""
        value = row[self.field]
        return "" if value is None else str(value)


class NumberColumn(TextColumn):
    """A figure, right-aligned."""

    css = "num"
    sorts_as_read = False

    def draw(self, row: Row, page: CellPage) -> str:
        value = row[self.field]
        return nothing() if value is None else formats.number(value)


class IdColumn(TextColumn):
    """The record's number in the database."""

    css = "num id"
    sorts_as_read = False

    def draw(self, row: Row, page: CellPage) -> str:
        return str(row[self.field])


class MoneyColumn(TextColumn):
    """An amount in the shop's currency; nothing at all is shown as nothing (facts 2.1)."""

    css = "num money"
    sorts_as_read = False

    def draw(self, row: Row, page: CellPage) -> str:
        amount = row[self.field]
        return formats.shop_money(amount) if amount else ""


class DayColumn(TextColumn):
    """A day, in the shop's time zone."""

    css = "date"
    sorts_as_read = False

    def draw(self, row: Row, page: CellPage) -> str:
        return formats.day(row[self.field]) or nothing()

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return sheet.iso(row[self.field])


class MomentColumn(DayColumn):
    """A day and time, in the shop's time zone; where room is short the page's style cuts the time, not the tip (U7)."""

    css = "date moment"

    def draw(self, row: Row, page: CellPage) -> str:
        moment = row[self.field]
        if moment is None:
            return nothing()
        day, _space, clock = formats.moment(moment).rpartition(" ")
        return fill('<span title="{0} {1}">{0} <span class="clock">{1}</span></span>', day, clock)


class ClockColumn(TextColumn):
    """A time of day."""

    css = "date"
    sorts_as_read = False

    def draw(self, row: Row, page: CellPage) -> str:
        return formats.time_of_day(row[self.field]) or nothing()

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return formats.time_of_day(row[self.field])


class CutColumn(TextColumn):
    """Long text, cut by the page's style where it does not fit; whole under the pointer, with the focus on it or on
    its row, and when copied (B9, S1.13, U25)."""

    def draw(self, row: Row, page: CellPage) -> str:
        text = row[self.field]
        return fill('<span class="cut" tabindex="-1" title="{0}">{0}</span>', text) if text else nothing()


class LocalNameColumn(TextColumn):
    """A name in the reader's language, from the fields `name`, `name_fr` and so on; files have the first one."""

    css = "text lead"

    def __init__(self, title, *, reads, **kwargs):
        super().__init__(
            title, reads=(*reads, *(f"{reads[0]}_{code}" for code, _name in settings.LANGUAGES[1:])), **kwargs
        )

    def draw(self, row: Row, page: CellPage) -> str:
        return row.get(f"{self.field}_{(get_language() or '')[:2]}") or row[self.field]


class PercentColumn(NumberColumn):
    """A share in percent, always with two decimals (S1.79)."""

    css = "num sub"

    def draw(self, row: Row, page: CellPage) -> str:
        return formats.decimals(row[self.field], 2)


class CountColumn(NumberColumn):
    """How many records of another section belong to it, leading to them: its list, narrowed by the filter `by`."""

    css = "num sub"
    may_lead = False

    def __init__(self, title, *, leads_to: str, by: str, **kwargs):
        super().__init__(title, **kwargs)
        self.leads_to, self.by = leads_to, by

    def draw(self, row: Row, page: CellPage) -> str:
        if not row[self.field]:
            return "0"
        url = link(f"{self.leads_to}_list")
        return fill('<a href="{}?{}={}">{}</a>', url, self.by, row["id"], formats.number(row[self.field]))


class RepeatedColumn(TextColumn):
    """A column of few different values, each drawn once a page by `draw_value(value, page)`."""

    def draw(self, row: Row, page: CellPage) -> str:
        value = self.value(row)
        drawn = page.drawn_by(self)
        if value not in drawn:
            drawn[value] = self.draw_value(value, page)
        return drawn[value]


class LookupColumn(RepeatedColumn):
    """What a foreign key points at, from the page's lookups: no join, no query a row. Files have its first name."""

    def __init__(self, title, *, table: str, **kwargs):
        super().__init__(title, **kwargs)
        self.table = table

    def draw_value(self, value: Any, page: CellPage) -> str:
        found = page.lookup(self.table).get(value)
        return nothing() if found is None else str(found)

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        found = sheet.lookup(self.table).get(row[self.field], "")
        return str(getattr(found, "name", found))


class ChoiceColumn(RepeatedColumn):
    """One of a few values, by its label; files have the stored word, which every language reads back."""

    def __init__(self, title, *, labels: dict[Any, Text], **kwargs):
        super().__init__(title, **kwargs)
        self.labels = labels

    def draw_value(self, value: Any, page: CellPage) -> str:
        return str(self.labels.get(value, value)) or nothing()


class MarkColumn(RepeatedColumn):
    """A yes/no, drawn as what it is."""

    css = "flag"
    sorts_as_read = False

    def draw_value(self, value: Any, page: CellPage) -> SafeString:
        return draw_switch(value, label="", url="")

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "1" if row[self.field] else "0"


class SwitchColumn(RepeatedColumn):
    """A yes/no that acts at a click (S0.8–S0.11, decision 9): a switch for who may, a mark for who may not."""

    css = "flag"
    sorts_as_read = False
    may_lead = False
    in_pattern = True

    def __init__(self, title, *, right: str, **kwargs):
        super().__init__(title, **kwargs)
        self.right = right

    def draw_value(self, value: Any, page: CellPage) -> SafeString:
        return draw_switch(
            value,
            label=fill("{}, {{1}}", words(self.in_full or page.title_of(self))),
            url=page.switch_url(self.field),
        )

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "1" if row[self.field] else "0"
