"""The ways of writing letters that shops' files come in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

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
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
    b"GIF8": _("a picture"),
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
_OF_SEVERAL_BYTES = (*_WIDE, "utf-8")
_LONGEST = 1_000_000
_BEGINNING = 65_536
_MOST_SHOWN = 3
_WEIGHED = 5_000
# The letters beside a to z of French, Polish and Romanian, and of their neighbours to the west.
_LETTERS = frozenset("àâæçéèêëîïôœùûüÿąćęłńóśźżăîșțşţáíúñãõäöåøß")
_LETTERS |= {letter.upper() for letter in _LETTERS}


class Sample(NamedTuple):
    """One line as it reads in several encodings, by their names; long ones from a little before they differ."""

    line: int
    readings: list[tuple[str, str]]


@dataclass
class Survey:
    """What the lines of a file that are not plain ASCII say about how it is written.

    `in_utf8` are how many of them read in UTF-8, the first of them `first`; `others` the numbers of the first that do
    not, of `others_count`.
    """

    in_utf8: int = 0
    first: int = 0
    others: list[int] = field(default_factory=list)
    others_count: int = 0

    @property
    def is_utf8(self) -> bool:
        """Whether it is UTF-8, but for lines that got into it: no other text reads so by chance."""
        return bool(self.in_utf8) and self.in_utf8 >= self.others_count


def is_of_one_byte(encoding: str) -> bool:
    """Whether it has a letter for nearly every byte, so that any file can be read in it, rightly or not."""
    return not encoding.startswith(_OF_SEVERAL_BYTES) and encoding != "ascii"


def survey(path: Path) -> Survey:
    """Look through the whole file."""
    found = Survey()
    for number, raw in _odd_lines(path):
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            found.others_count += 1
            if len(found.others) < _MOST_SHOWN:
                found.others.append(number)
        else:
            found.first = found.first or number
            found.in_utf8 += 1
    return found


def line_in(path: Path, wanted: int, encoding: str) -> str:
    """How this line reads in that encoding."""
    return next((_text(raw, encoding) for number, raw in _raw_lines(path) if number == wanted), "")


def wide_without_mark(path: Path) -> Sample | None:
    """The first line of a file in UTF-16 that does not say so."""
    beginning = _beginning(path)
    name = _two_bytes_a_letter(beginning)
    if not name:
        return None
    return Sample(1, [(name, beginning.decode(name, "replace").partition("\n")[0].strip())])


class Proposals:
    """The encodings met most in which a file may be written: the likeliest first, lines on which they differ, and which
    of them read the whole file alike (D19)."""

    def __init__(self, path: Path):
        self._likeness = dict.fromkeys(_PROPOSED, 0)
        for number, (_line, raw) in enumerate(_odd_lines(path)):
            self._weigh(raw, counts=number < _WEIGHED)
        self._kinds = dict.fromkeys(self._likeness, 0)
        self._lines = self._differing(path)

    def _weigh(self, raw: bytes, *, counts: bool) -> None:
        for name in list(self._likeness):
            text = _strict(raw, name)
            if text is None:
                del self._likeness[name]
            elif counts:
                odd = (letter for letter in text if not letter.isascii())
                self._likeness[name] += sum(1 if letter in _LETTERS else -1 for letter in odd)

    def _differing(self, path: Path) -> list[tuple[int, bytes]]:
        """The lines to show: those that tell most candidates apart; the first odd one where none does."""
        telling: list[tuple[int, bytes]] = []
        others: list[tuple[int, bytes]] = []
        first: list[tuple[int, bytes]] = []
        for line in _odd_lines(path):
            first = first or [line]
            if self._tells_apart(line[1]):
                telling.append(line)
            elif len(others) < _MOST_SHOWN and self._differ(line[1]):
                others.append(line)
        return sorted((telling + others)[:_MOST_SHOWN]) or first

    def _tells_apart(self, raw: bytes) -> bool:
        """Whether candidates that read alike so far differ here; they are of different kinds from then on."""
        kinds: dict[tuple[int, str], int] = {}
        before = len(set(self._kinds.values()))
        for name, kind in self._kinds.items():
            self._kinds[name] = kinds.setdefault((kind, _text(raw, name)), len(kinds))
        return len(kinds) > before

    def _differ(self, raw: bytes) -> bool:
        return len({_text(raw, name) for name in self._likeness}) > 1

    @property
    def names(self) -> list[str]:
        """The candidates, the likeliest first."""
        return sorted(self._likeness, key=lambda name: -self._likeness[name])

    @property
    def samples(self) -> list[Sample]:
        """Up to three lines on which they differ; where they never do, the first that is not plain ASCII."""
        return [Sample(number, self._readings(raw)) for number, raw in self._lines]

    def _readings(self, raw: bytes) -> list[tuple[str, str]]:
        texts = [_text(raw, name) for name in self.names]
        differs = next(
            (place for place, some in enumerate(zip(*texts, strict=False)) if len(set(some)) > 1), 0
        )
        start = max(differs - 20, 0) if differs > 40 else 0
        cut = [f"…{text[start:]}" if start else text for text in texts]
        return [(ENCODINGS[name], text) for name, text in zip(self.names, cut, strict=True)]

    @property
    def alike(self) -> list[str]:
        """The names of those that read the whole file like another one."""
        kinds = list(self._kinds.values())
        return [ENCODINGS[name] for name in self.names if kinds.count(self._kinds[name]) > 1]


def _odd_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not plain ASCII."""
    return ((number, raw) for number, raw in _raw_lines(path) if not raw.isascii())


def _strict(raw: bytes, encoding: str) -> str | None:
    """The text, None where it is none: a byte without a letter, or control characters that nobody types."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if any("\x80" <= letter <= "\x9f" for letter in text) else text


def _text(raw: bytes, encoding: str) -> str:
    return raw.strip(b"\r\n").decode(encoding, "replace")


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
