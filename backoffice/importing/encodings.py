"""The ways of writing letters that shops' files come in."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy as _

BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# What else begins a file, and what to call it.
BINARY = {
    b"PK\x03\x04": _("a spreadsheet or archive (xlsx, ods, zip)"),
    b"\xd0\xcf\x11\xe0": _("an old spreadsheet (xls)"),
    b"%PDF": _("a PDF document"),
    b"\x1f\x8b": _("a compressed file (gz)"),
    b"SQLite f": _("a database"),
}
# Python's own name of each, and the name people know it by.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
    "ascii": "ascii",
    "cp1250": "windows-1250",
    "cp1252": "windows-1252",
    "iso8859-1": "iso-8859-1",
    "iso8859-2": "iso-8859-2",
    "iso8859-15": "iso-8859-15",
    "iso8859-16": "iso-8859-16",
    "cp850": "cp850",
    "cp852": "cp852",
    "mac-roman": "mac-roman",
    "mac-latin2": "mac-latin2",
}
_PROPOSED = ("cp1250", "cp1252", "iso8859-2")
_WIDE = ("utf-16", "utf-32")
_LONGEST = 1_000_000
_BEGINNING = 65_536


def proposals(path: Path, encoding: str) -> tuple[int, list[tuple[str, str]]]:
    """The first line that is not of this encoding: its number, and how it reads in those met most, by their names."""
    if encoding.startswith(_WIDE):
        return 0, []
    beginning = _beginning(path)
    if name := _two_bytes_a_letter(beginning):
        return 1, [(name, beginning.decode(name, "replace").partition("\n")[0].strip())]
    for number, raw in _raw_lines(path):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            around = raw.strip(b"\r\n")
            return number, [(ENCODINGS[name], around.decode(name, "replace")) for name in _PROPOSED]
    return 0, []


def line_of_nul(path: Path, encoding: str) -> int:
    """The line of a NUL byte near the beginning, which no text of this encoding has; 0 where there is none."""
    if encoding.startswith(_WIDE):
        return 0
    before, nul, _after = _beginning(path).partition(b"\0")
    return before.count(b"\n") + 1 if nul else 0


def _two_bytes_a_letter(beginning: bytes) -> str:
    """UTF-16 without its mark: in the names of columns nearly every other byte is a NUL."""
    pairs = beginning[:100]
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(pairs) > 3 and 5 * pairs[first::2].count(0) > 2 * len(pairs) and all(pairs[1 - first :: 2]):
            return name
    return ""


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BEGINNING)


def _raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(_LONGEST):
            number += 1
            yield number, raw
