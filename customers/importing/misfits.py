"""Rows with more or fewer cells than the header has columns: nothing of them goes in (S4.30–S4.34, B13).

Where there is one way in which every value would mean something, it is proposed.
"""

from backoffice.faults import sentence
from backoffice.importing import meaning
from backoffice.importing.columns import Layout
from backoffice.importing.reading import Row, shown
from backoffice.importing.report import Fault
from backoffice.importing.rows import misfit as refused
from backoffice.importing.shape import values_in
from backoffice.rules import Broken
from backoffice.said import gettext as _
from backoffice.said import joined

from .cells import CustomerCells


def misfit(row: Row, layout: Layout, cells: CustomerCells) -> list[Fault]:
    """Why this row stays out, and how it might have been meant."""
    columns = len(layout.names)
    said = refused(row, columns).reason
    values, stuck = _unstuck(row.cells, layout)
    without = _left_out(values, layout, cells) if len(values) < columns else None
    if without is not None:
        said = joined(said, _proposal(values, layout, without))
    return [Fault(row.line, "", "", said), *(Fault(row.line, *fault) for fault in stuck)]


def _unstuck(values: list[str], layout: Layout) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The values with two dates in one cell taken apart, and what to say about that."""
    apart: list[str] = []
    faults = []
    for value in values:
        try:
            meaning.moment(value.strip())
        except Broken as broken:
            if broken.code == "two_dates":
                apart += [broken.facts["first"], broken.facts["second"]]
                # Which column that is, nobody knows: values are missing before it.
                faults.append(("", "", sentence(broken)))
                continue
        apart.append(value)
    if faults:
        apart = apart[: values_in(apart)]
    return apart, faults


def _left_out(values: list[str], layout: Layout, cells: CustomerCells) -> int | None:
    """The first column without which every value would mean something in its place, if exactly one is missing."""
    columns = len(layout.names)
    if len(values) != columns - 1:
        return None
    for missing in range(columns):
        row = cells.read(0, [*values[:missing], "", *values[missing:]])
        if not row.faults and {"last_name", "first_name", "email"} <= row.values.keys():
            return missing
    return None


def _proposal(values: list[str], layout: Layout, missing: int) -> str:
    full = [*values[:missing], "", *values[missing:]]
    pairs = [f"{name}={shown(value.strip(), 40)}" for name, value in zip(layout.names, full, strict=True)]
    return _(
        "It would fit with an empty “%(column)s”: %(values)s. If it was meant so, add a delimiter there."
    ) % {
        "column": layout.names[missing],
        "values": "; ".join(pairs[missing:]),
    }
