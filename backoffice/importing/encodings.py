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
_LONGEST = 1_000_000


def proposals(path: Path, encoding: str) -> tuple[int, list[tuple[str, str]]]:
    """The first line that is not of this encoding: its number, and how it reads in those met most, by their names."""
    if encoding.startswith(("utf-16", "utf-32")):
        return 0, []
    for number, raw in _raw_lines(path):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            around = raw.strip(b"\r\n")
            return number, [(ENCODINGS[name], around.decode(name, "replace")) for name in _PROPOSED]
    return 0, []


def _raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(_LONGEST):
            number += 1
            yield number, raw
