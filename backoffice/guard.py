"""Cells that a spreadsheet would take for a formula, made harmless in files and read back as they were (G6, G7). Pure.

A leading apostrophe says "this is text". It stands before a cell that begins like a formula, and before one whose own
apostrophe would otherwise be taken for the guard; so `unguarded(guarded(cell)) == cell` for every text.
"""

_FORMULA = frozenset("=+-@\t\r\n")
_MEANT = _FORMULA | frozenset("'0123456789")


def guarded(cell: str) -> str:
    """The cell as it may stand in a file: `=1+1` becomes `'=1+1`."""
    if cell and (cell[0] in _FORMULA or (cell[0] == "'" and cell[1:2] in _MEANT)):
        return "'" + cell
    return cell


def unguarded(cell: str) -> str:
    """The cell as it was meant. Other shops guard numbers too: `'7210448301122`; the name `'t Hart` keeps its mark."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _MEANT else cell
