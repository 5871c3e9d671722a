"""How many cells a record has, and which of the first records holds the names of the columns. Pure."""

from collections.abc import Callable


def without_end(cells: list[str]) -> list[str]:
    """The cells without the empty ones that closing delimiters make."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def fitted(cells: list[str], columns: int) -> list[str] | None:
    """The cells of a record under a header of so many columns, None where they do not fit.

    More cells than columns are fine while the others are empty (a closing delimiter); fewer are not: which one is
    missing cannot be known (S4.34).
    """
    if len(cells) == columns:
        return cells
    return cells[:columns] if len(cells) > columns >= len(without_end(cells)) else None


def values_in(cells: list[str]) -> int:
    """How many cells a person would count in this record."""
    return len(without_end(cells))


def place_of_names(top: list[list[str]], knows: Callable[[str], bool]) -> int:
    """Which of the first records has the column names: the first, unless a later one has more known ones (I10)."""
    known = [sum(map(knows, cells)) for cells in top]
    if known[0] > 1 and known[0] == _filled(top[0]):
        return 0
    best = known.index(max(known))
    is_better = known[best] > 1 or known[0] == 0
    return best if is_better and may_be_names(top[best], knows, fewest=1) else 0


def may_be_names(cells: list[str], knows: Callable[[str], bool], *, fewest: int = 2) -> bool:
    """Whether a record may be that of the column names: half of them are known, and none is an address."""
    known = sum(map(knows, cells))
    return known >= fewest and 2 * known >= _filled(cells) and not any("@" in cell for cell in cells)


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())
