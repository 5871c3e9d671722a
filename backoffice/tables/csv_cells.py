"""How texts stand in the cells of files, and come out of them as they were. Pure."""

import re
from collections.abc import Iterable

# Full-width signs too: East Asian spreadsheets read them like the others.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_MEANT = _FORMULA | frozenset("'0123456789")
# Where another delimiter than ours would begin a new cell, with a sign of a formula (S12).
_INSIDE = re.compile(rf"([,;|\t\r\n][\s\"]*'*)(?=[{_SIGNS}])")
_GUARDED_INSIDE = re.compile(rf"([,;|\t\r\n][\s\"]*'*)'(?=[{_SIGNS}])")
_PLAIN = re.compile(r"([^,;]*)(?:[,;]|$)")
_PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^,;]*))(?:[,;]|$)')


def mark_of(slug: str) -> str:
    """The last column name of a section's export, by which it is known to be ours: nobody writes it by hand (I4)."""
    return f"backoffice:{slug}"


def guarded(cell: str) -> str:
    """The cell made harmless in spreadsheets: `=1+1` becomes `'=1+1` (G6, G7).

    The apostrophe says "this is text". It stands before a cell that begins like a formula, and before one whose own
    apostrophe would otherwise be taken for the guard; so `unguarded(guarded(cell)) == cell` for every text. An English
    Excel parts our files at commas, quotes or not: what begins like a formula behind one has its own (`Acme,'+1+1`).
    """
    if _INSIDE.search(cell):
        cell = _INSIDE.sub(r"\1'", cell)
    if cell and (cell[0] in _FORMULA or (cell[0] == "'" and cell[1:2] in _MEANT)):
        return "'" + cell
    return cell


def unguarded(cell: str) -> str:
    """The cell as it was meant. Other shops guard numbers too: `'7210448301122`; the name `'t Hart` keeps its mark.

    Two apostrophes are a guard only where there is something to guard: alone they stay two (I21).
    """
    second = cell[2:3] if cell[1:2] == "'" else cell[1:2]
    cell = cell[1:] if cell[:1] == "'" and second in _MEANT else cell
    return _GUARDED_INSIDE.sub(r"\1", cell)


def joined(names: Iterable[str]) -> str:
    """Several names in one cell: `Default, "Paris, Lyon"`."""
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    if any(c in name for c in ',;"') or name != name.strip():
        return '"' + name.replace('"', '""') + '"'
    return name


def parted(cell: str) -> list[str]:
    """The names in a cell, parted by commas or semicolons (thirty bees), each once; blanks around them do not count."""
    found = []
    place = 0
    while place < len(cell):
        part = _PART.match(cell, place)
        if part is None:  # quotation marks that are no quotes: `"VIP" people, Kids`
            part = _PLAIN.match(cell, place)
            assert part is not None, "any text matches"
            found.append(part[1].strip())
        else:
            found.append(part[2].strip() if part[1] is None else part[1].replace('""', '"'))
        place = part.end()
        if part.end() == part.start():
            break
    return list(dict.fromkeys(name for name in found if name))
