"""What whole columns say that no cell says alone: which number of their dates is the day, whether they hold names."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..screen import formats
from ..tables.csv_cells import parted, unguarded
from .columns import Layout
from .meaning import DAY_FIRST, order_in
from .reading import CsvFile, shown
from .shape import fitted


@dataclass
class Survey:
    """One look through a file. `orders` has for each column of dates the orders seen, with the first line and cell of
    each; `with_names` are the columns in which not everything is a number."""

    orders: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    with_names: set[str] = field(default_factory=set)

    def order_of(self, name: str) -> str:
        """Which number of the dates of this field is the day, "" where its column does not say, or says both."""
        seen = self.orders.get(name, {})
        return next(iter(seen)) if len(seen) == 1 else ""

    def sentences(self, layout: Layout) -> list[str]:
        """How the dates of each column are read, and why (decision 51)."""
        said = []
        for name in self.orders:
            if not (order := self.order_of(name)):
                continue
            line, cell = self.orders[name][order]
            text = (
                _(
                    "Column “%(column)s”: the day comes first in its dates, as %(cell)s in line %(line)s shows."
                )
                if order == DAY_FIRST
                else _(
                    "Column “%(column)s”: the month comes first in its dates, as %(cell)s in line %(line)s shows."
                )
            )
            said.append(
                text % {"column": layout.name_of(name), "cell": formats.quoted(shown(cell, 40)), "line": line}
            )
        return said


def survey_of(
    file: CsvFile, layout: Layout, *, dates: Iterable[str] = (), names: Iterable[str] = ()
) -> Survey:
    """Look through the columns of these fields, those of dates and those that may hold names or numbers."""
    found = Survey({one: {} for one in dates if one in layout.places})
    of_names = [one for one in names if one in layout.places]
    if not found.orders and not of_names:
        return found
    for row in file.rows():
        cells = fitted(row.cells, len(layout.names))
        if cells is None:
            continue
        for name, seen in found.orders.items():
            cell = cells[layout.places[name]].strip()
            if "/" in cell and (order := order_in(cell)):
                seen.setdefault(order, (row.line, cell))
        for name in of_names:
            if name not in found.with_names:
                parts = parted(unguarded(cells[layout.places[name]]).strip())
                if not all(one.isdigit() for one in parts):
                    found.with_names.add(name)
    return found
