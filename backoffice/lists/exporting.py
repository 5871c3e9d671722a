"""What a list shows, as a CSV file that our own import takes back unchanged (D-17 to D-21, D-61, D-65).

Semicolons, UTF-8, ISO dates, decimal points with the currency beside them, English column names whatever the reader's
language; all rows that match, in the list's order, nothing cut. Cells of rows are quoted, so that no program guesses
where one ends (S12). The last column is empty: by its name the import knows the file as ours (I4).

Two choices: the columns that the list shows, or everything: every stored field that files know, with which a shop goes
into an empty one (D22, I22); moments have their zone there, and columns their full names.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from ..database.limits import EXPORT, limited
from ..tables.columns import MoneyColumn
from ..tables.csv_cells import guarded, mark_of
from ..tables.drawing import SectionTable
from .page import ListPage

DELIMITER = ";"
BOM = "\ufeff"
CURRENCY = "Currency"
_END = "\r\n"
_BLOCK = 64 * 1024
_ROWS = 2_000


class Sheet:
    """The file of one list. Its columns see it as their page: `lookup`, `pairs`, `today`, `iso`."""

    def __init__(self, page: ListPage):
        self.page = page
        self.today = page.today
        self.zone = timezone.get_current_timezone()
        self.lookup = page.lookup
        self.pairs: dict[str, dict[int, list[int]]] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The list's columns, or all there are; the ID always among them; a cell of several things becomes several."""
        chosen = self.table.names() if self.has_all_columns else self.page.column_names
        shown = [part for name in chosen for part in self._parts_of(name)]
        return tuple(dict.fromkeys(shown if "id" in shown else ("id", *shown)))

    def _parts_of(self, name: str) -> tuple[str, ...]:
        """The columns that stand for one in a file."""
        column = self.table.column(name)
        return (self.has_all_columns and column.in_all) or column.in_files or (name,)

    @property
    def has_all_columns(self) -> bool:
        """Whether all columns were asked for, not only those that the list shows (U36)."""
        return self.page.params.get("columns") == "all"

    @property
    def table(self) -> SectionTable:
        """The columns that there are."""
        return self.page.section.file_table if self.has_all_columns else self.page.table

    @cached_property
    def header(self) -> list[str]:
        """The column names, in English, and the mark of our files."""
        with translation.override("en"):
            titles = [
                str((self.has_all_columns and column.in_full) or column.title) for column in self.columns
            ]
        currency = [CURRENCY] if self.has_money else []
        return [*titles, *currency, mark_of(self.page.section.slug)]

    @cached_property
    def columns(self) -> list[Any]:
        """The columns behind the names."""
        return [self.table.column(name) for name in self.names]

    @property
    def has_money(self) -> bool:
        """Whether there is an amount, so that its currency belongs beside it."""
        return any(isinstance(column, MoneyColumn) for column in self.columns)

    def file_name(self) -> str:
        """customer_2026-02-28_134501.csv, in the shop's time (facts 2.9)."""
        return f"{self.page.section.model._meta.model_name}_{timezone.localtime():%Y-%m-%d_%H%M%S}.csv"

    def iso(self, value: dt.date | None) -> str:
        """A day or moment: 2011-08-09 or 2011-08-09 10:50:53, in the shop's time zone, which everything names."""
        if isinstance(value, dt.datetime):
            if self.has_all_columns:
                return value.astimezone(self.zone).isoformat(" ")
            return value.astimezone(self.zone).isoformat(" ", "seconds")[:19]
        return value.isoformat() if value else ""

    @cached_property
    def keys(self) -> Sequence[int]:
        """The ids of the rows, in the list's order: which rows these are is settled here, and how many."""
        with limited(EXPORT):
            return self.page.all_keys()

    def rows(self) -> Iterator[list[str]]:
        """Every row as texts, in the list's order.

        Read in blocks, each by statements of its own: however slowly they are taken, nothing is held meanwhile (S2).
        """
        cells = [column.in_file for column in self.columns]
        tail = [settings.SHOP_CURRENCY, ""] if self.has_money else [""]
        named = zip(self.names, self.columns, strict=True)
        paired = [(name, column.read_pairs) for name, column in named if hasattr(column, "read_pairs")]
        for start in range(0, len(self.keys), _ROWS):
            yield from self._texts(self._read(start, paired), cells, tail)

    def _read(self, start: int, paired) -> list[dict]:
        keys = self.keys[start : start + _ROWS]
        with limited(EXPORT):
            rows = self.page.those(keys, self.table.reads(self.names))
            self.pairs = {name: read(rows) for name, read in paired}
            return rows

    def _texts(self, records, cells, tail) -> Iterator[list[str]]:
        for record in records:
            yield [guarded(cell(record, self)) for cell in cells] + tail

    def blocks(self, *, bom: bool = False) -> Iterator[bytes]:
        """The file in blocks of some 64 kB: a row at a time would cost the server more than the rows do."""
        text = io.StringIO(newline="")
        if bom:
            text.write(BOM)
        csv.writer(text, delimiter=DELIMITER, lineterminator=_END).writerow(self.header)
        writer = csv.writer(text, delimiter=DELIMITER, lineterminator=_END, quoting=csv.QUOTE_ALL)
        for row in self.rows():
            writer.writerow(row)
            if text.tell() >= _BLOCK:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode()
