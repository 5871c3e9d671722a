"""What columns and filters may ask of the page they are drawn on, and of the file they are written into."""

import datetime as dt
from typing import Any, Protocol

from django.http import QueryDict

Row = dict[str, Any]


class Source(Protocol):
    """What a cell may ask for, wherever it goes."""

    @property
    def today(self) -> dt.date:
        """Today in the shop's time zone."""

    @property
    def pairs(self) -> dict[str, dict[int, list[int]]]:
        """Many-to-many values of the records at hand: {column: {record id: [target ids]}}."""

    def lookup(self, name: str) -> Any:
        """A small table of the section's, as {id: label} or as the table declares it."""


class CellSheet(Source, Protocol):
    """The file a column writes into."""

    @property
    def has_all_columns(self) -> bool:
        """Whether it has everything, and not only what a list shows."""

    def iso(self, value: dt.date | None) -> str:
        """A day or moment as 2011-08-09 or 2011-08-09 10:50:53, in the shop's time zone; "" for none."""


class CellPage(Source, Protocol):
    """The page a column draws on."""

    @property
    def sprite(self) -> str:
        """Where the icons are."""

    def drawn_by(self, column: Any) -> dict[Any, str]:
        """What the column has drawn for this page already, by value."""

    def title_of(self, column: Any) -> str:
        """The column's title in the reader's language."""

    def label_of(self, row: Row) -> str:
        """What the record of a row is called."""

    def switch_url(self, field: str) -> str:
        """Where a switch of that field posts to, {0} for the record's number; "" without the right."""


class FilterPage(Protocol):
    """The page a filter draws itself on."""

    @property
    def params(self) -> QueryDict:
        """What was asked for."""

    @property
    def filter_errors(self) -> dict[str, list[str]]:
        """What was wrong with a filter, by its name."""

    def lookup(self, name: str) -> Any:
        """A small table of the section's, as {id: label} or as the table declares it."""

    def url(self, **changes: Any) -> str:
        """The list's address with some parameters changed; None takes one away."""
