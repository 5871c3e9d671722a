"""Opening a CSV file of unknown make: encoding, delimiter, header and rows, read bit by bit (decision 25).

What is not certain is not guessed: the file is refused with the option that would settle it. The whole file is looked
through before the first row is handed out, so that a file which cannot be read to its end changes nothing.
"""

import codecs
import csv
import io
import stat
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..screen import formats
from .encodings import (
    BINARY,
    BOMS,
    ENCODINGS,
    Proposals,
    Sample,
    Survey,
    is_of_one_byte,
    line_in,
    line_of_nul,
    survey,
    wide_without_mark,
)
from .shape import may_be_names, place_of_names, without_end

DELIMITERS = {
    ";": ";",
    ",": ",",
    "\t": "\t",
    "|": "|",
    "tab": "\t",
    "\\t": "\t",
    "semicolon": ";",
    "comma": ",",
    "pipe": "|",
}
GUESSED = ";,\t|"
MOST_BYTES = 1024**3
LONGEST_LINE = 1_000_000
LONGEST_CELL = 131_072  # twice the longest note
MOST_COLUMNS = 500
_END = "\x1e\x1e"
# So many records from the top the column names are looked for, and where they should have been.
_TOP = 5
_FURTHER = 50


class Unreadable(Exception):
    """The file cannot be read as a whole; `message` says why, in the reader's language. Nothing was changed.

    `mends` are options that may help beside those that the message names.
    """

    def __init__(self, message: str, *, mends: tuple[str, ...] = ()):
        super().__init__(message)
        self.message = message
        self.mends = mends


class Row(NamedTuple):
    """One record of the file and the line on which it begins."""

    line: int
    cells: list[str]


class CsvFile:
    """A CSV file on the disk. `knows(cell)` says whether a cell is a column name that somebody understands.

    `encoding` and `delimiter` are given where they cannot be found. `header_lines` are those of the column names, which
    may stand below a title; `wrapped`: each line stands in quotation marks as a whole (I10). Raises Unreadable.
    """

    def __init__(
        self, path: str | Path, *, knows: Callable[[str], bool], encoding: str = "", delimiter: str = ""
    ):
        self.path = Path(path)
        self.knows = knows
        self._check_file()
        self.encoding = self._encoding(encoding)
        self.header: list[str] = []
        self.header_lines: list[int] = []
        self.wrapped = False
        self.delimiter = self._delimiter(delimiter)
        self.first_line = 1
        self.header = self._read_header()
        self.length = self._look_through()

    def rows(self) -> Iterator[Row]:
        """The records below the header that hold anything."""
        rows = self._records()
        for row in rows:
            if row.line == self.header_lines[-1]:
                break
        yield from rows

    # What it is made of

    def _check_file(self) -> None:
        try:
            about = self.path.stat()
            if stat.S_ISDIR(about.st_mode):
                raise Unreadable(_("%(path)s is a folder, not a file.") % {"path": self.path})
            if not stat.S_ISREG(about.st_mode):
                raise Unreadable(_("%(path)s is not an ordinary file.") % {"path": self.path})
            with self.path.open("rb") as file:
                start = file.read(8)
        except FileNotFoundError:
            raise Unreadable(_("There is no file %(path)s.") % {"path": self.path}) from None
        except PermissionError:
            raise Unreadable(_("%(path)s may not be read from here.") % {"path": self.path}) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Unreadable(
                _("%(path)s cannot be opened: %(why)s.") % {"path": self.path, "why": reason}
            ) from None
        if not start:
            raise Unreadable(_("The file is empty."))
        if about.st_size > MOST_BYTES:
            raise Unreadable(_("The file is larger than 1 GB: split it, please."))
        for sign, what in BINARY.items():
            if start.startswith(sign):
                raise Unreadable(
                    _("This is not a CSV file but %(what)s. Open it in a spreadsheet and save it as CSV.")
                    % {"what": what}
                )

    def _encoding(self, wanted: str) -> str:
        with self.path.open("rb") as file:
            start = file.read(4)
        mark = next((name for sign, name in BOMS.items() if start.startswith(sign)), "")
        if wanted:
            try:
                name = codecs.lookup(wanted).name
            except (LookupError, ValueError):
                name = ""
            if name not in ENCODINGS:
                known = ", ".join(ENCODINGS.values())
                raise Unreadable(
                    _("“%(name)s” is no encoding that is known here. Known are: %(known)s.")
                    % {"name": wanted[:40], "known": known}
                )
            if mark and mark[:6] != name[:6] and name != "utf-8":
                raise Unreadable(_leave_out(ENCODINGS[mark], name))
            if is_of_one_byte(name) and (found := survey(self.path)).is_utf8:
                raise Unreadable(self._not_of_one_byte(found, name))
            return "utf-8-sig" if name == "utf-8" else name
        return mark or "utf-8-sig"

    def _not_of_one_byte(self, found: Survey, name: str) -> str:
        """Why a file in UTF-8 is not read in another encoding: its names would be spoiled, and nobody told (D19)."""
        if found.others:
            return self._mixed(found)
        lines = [
            _leave_out("UTF-8", name),
            _("Line %(line)s would read:") % {"line": found.first},
            f"  UTF-8: {shown(line_in(self.path, found.first, 'utf-8'), 60)}",
            f"  {ENCODINGS[name]}: {shown(line_in(self.path, found.first, name), 60)}",
        ]
        return "\n".join(lines)

    def _mixed(self, found: Survey) -> str:
        said = ngettext(
            "The file is written in UTF-8, except for %(n)s line: correct it and save the file in UTF-8.",
            "The file is written in UTF-8, except for %(n)s lines: correct them and save the file in UTF-8.",
            found.others_count,
        ) % {"n": formats.number(found.others_count)}
        return "\n".join([said, *(self._shown_line(line) for line in found.others)])

    def _shown_line(self, line: int) -> str:
        text = shown(line_in(self.path, line, "utf-8"), 60)
        return "  " + _("Line %(line)s: %(reason)s") % {"line": line, "reason": text}

    def _delimiter(self, wanted: str) -> str:
        """What parts the columns; `wrapped` is found with it."""
        if wanted and wanted.lower() not in DELIMITERS:
            raise Unreadable(_("A delimiter is one of ; , | or tab."))
        first = next(self._lines(), "")
        if not wanted and first.lower().startswith("sep=") and len(first.strip()) == 5:
            wanted = first.strip()[4] if first.strip()[4] in GUESSED else ""
        candidates = DELIMITERS[wanted.lower()] if wanted else GUESSED
        plain = {candidate: self._known_by(candidate, wrapped=False) for candidate in candidates}
        apart = {candidate: self._known_by(candidate, wrapped=True) for candidate in candidates}
        self.wrapped = max(apart.values()) > max(1, *plain.values())
        recognised = apart if self.wrapped else plain
        most = max(recognised.values())
        best = [candidate for candidate, number in recognised.items() if number == most]
        if wanted:
            return best[0]
        if most == 0:
            raise self._no_header()
        if most > 1 and len(best) > 1:
            raise Unreadable(
                _("The columns could be separated in several ways: name the right one with --delimiter.")
            )
        return best[0]

    def _known_by(self, delimiter: str, *, wrapped: bool) -> int:
        """How many column names are known in the best of the first records, parted so."""
        self.delimiter, self.wrapped = delimiter, wrapped
        return max((sum(map(self.knows, row.cells)) for row in self._top(_TOP)), default=0)

    def _top(self, most: int) -> list[Row]:
        """The first records, as far as they can be read."""
        found: list[Row] = []
        try:
            found.extend(islice(self._records(), most))
        except Unreadable:
            if not found:
                raise
        return found

    def _no_header(self) -> Unreadable:
        start = next((line.strip() for line in self._lines() if line.strip()), "")
        if not start:
            return Unreadable(_("The file is empty."))
        if line := self._names_further_down():
            said = _("The column names seem to stand in line %(line)s: delete the lines above it.")
            return Unreadable(said % {"line": line})
        said = _(
            "The first line names no known column, so this is not a CSV file with a header: “%(start)s”"
        ) % {"start": shown(start, 80)}
        above = _("Delete any lines above the column names.")
        delimiter = _("A delimiter is one of ; , | or tab.")
        return Unreadable(f"{said}\n{above}\n{delimiter} (--delimiter)", mends=("map",))

    def _names_further_down(self) -> int:
        """The line of column names below those that were looked at, 0 for none."""
        for self.delimiter in GUESSED:
            for row in self._top(_FURTHER)[_TOP:]:
                if may_be_names(row.cells, self.knows):
                    return row.line
        return 0

    # Lines, records, header

    def _open(self) -> io.TextIOWrapper:
        return self.path.open(encoding=self.encoding, errors="strict", newline="")

    def _lines(self) -> Iterator[str]:
        number = 0
        with self._open() as file:
            try:
                while line := file.readline(LONGEST_LINE + 1):
                    number += 1
                    if len(line) > LONGEST_LINE:
                        raise Unreadable(
                            ngettext(
                                "Line %(line)s has more than %(n)s character: this is not a table.",
                                "Line %(line)s has more than %(n)s characters: this is not a table.",
                                LONGEST_LINE,
                            )
                            % {"line": number, "n": formats.number(LONGEST_LINE)}
                        )
                    if "\0" in line:
                        raise Unreadable(self._not_decoded(nul=number))
                    yield line
            except UnicodeError:
                raise Unreadable(self._not_decoded()) from None

    def _not_decoded(self, nul: int = 0) -> str:
        """Why the text cannot be read; `nul` is the line of a NUL byte, 0 where another byte was in the way."""
        wanted = "UTF-8" if self.encoding == "utf-8-sig" else ENCODINGS.get(self.encoding, self.encoding)
        said = _("The file is not written in %(encoding)s.") % {"encoding": wanted}
        if self.encoding.startswith(("utf-16", "utf-32")):
            return said
        if wide := wide_without_mark(self.path):
            return "\n".join([said, *_readings(wide, first=True)])
        if nul := nul or line_of_nul(self.path, self.encoding):
            return _("Line %(line)s contains a NUL byte: this is not text.") % {"line": nul}
        if (found := survey(self.path)).is_utf8:
            return self._mixed(found) if found.others else f"{said}\n{_leave_out('UTF-8', self.encoding)}"
        proposals = Proposals(self.path)
        if not proposals.names:
            known = _("Name it with --encoding. Possible values: %(known)s.")
            return f"{said}\n{known % {'known': ', '.join(ENCODINGS.values())}}"
        lines = [said]
        for number, sample in enumerate(proposals.samples):
            lines += _readings(sample, first=number == 0)
        if proposals.alike:
            alike = _("The whole file reads the same in %(encodings)s.")
            lines.append(alike % {"encodings": ", ".join(proposals.alike)})
        return "\n".join(lines)

    def _records(self) -> Iterator[Row]:
        """Every record that is not blank; a record may go over several lines, and then begins on the first of them."""
        csv.field_size_limit(LONGEST_LINE)
        reader = csv.reader(chain(self._lines(), [_END]), delimiter=self.delimiter)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error:
                # The csv library says why in English only; with these settings it has one reason.
                raise Unreadable(_never_ends(line, LONGEST_LINE)) from None
            if cells is None or cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                raise Unreadable(
                    _("A quotation mark opens in the row of line %(line)s and is never closed.")
                    % {"line": line}
                )
            if line == 1 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):
                continue
            if reader.line_num > line and any(map(self._holds_rows, cells)):
                raise Unreadable(_never_ends(line, LONGEST_CELL))
            if self.wrapped:
                cells = self._unwrapped(cells)
            if any(cell and not cell.isspace() for cell in cells):
                yield Row(line, cells)

    def _holds_rows(self, cell: str) -> bool:
        """Whether a cell is too long because a quotation mark is missing: what it holds looks like rows."""
        if len(cell) <= LONGEST_CELL:
            return False
        fewest = max(len(self.header) - 1, 1)
        return any(line.count(self.delimiter) >= fewest for line in cell.splitlines()[1:])

    def _unwrapped(self, cells: list[str]) -> list[str]:
        """The cells of a line that stands in quotation marks as a whole."""
        whole = without_end(cells)
        if len(whole) != 1 or self.delimiter not in whole[0]:
            return cells
        return next(csv.reader(whole[0].splitlines(keepends=True), delimiter=self.delimiter), cells)

    def _read_header(self) -> list[str]:
        """The column names, below the lines of a title where there are some. Where the next record is nothing but names
        too, the header goes on there (S4.30)."""
        top = self._top(_TOP + 1)
        if not top:
            raise Unreadable(_("The file is empty."))
        self.first_line = top[0].line
        place = place_of_names([row.cells for row in top[:_TOP]], self.knows)
        first = top[place]
        if len(first.cells) > MOST_COLUMNS:
            raise Unreadable(
                ngettext(
                    "The first line has more than %(n)s column: this is not a table.",
                    "The first line has more than %(n)s columns: this is not a table.",
                    MOST_COLUMNS,
                )
                % {"n": formats.number(MOST_COLUMNS)}
            )
        names = without_end(first.cells)
        if not any(self.knows(name) for name in names):
            raise self._no_header()
        self.header_lines = [first.line]
        for second in top[place + 1 : place + 2]:
            more = without_end(second.cells)
            if len(more) > 1 and all(self.knows(name) and name not in names for name in more):
                names += more
                self.header_lines.append(second.line)
        return [name.strip() for name in names]

    def _look_through(self) -> int:
        """How many records there are; raises Unreadable for whatever stands in the way of reading them."""
        return sum(1 for row in self.rows())


def _never_ends(line: int, most: int) -> str:
    said = ngettext(
        "In the row of line %(line)s a cell has more than %(n)s character: is a quotation mark missing?",
        "In the row of line %(line)s a cell has more than %(n)s characters: is a quotation mark missing?",
        most,
    )
    return said % {"line": line, "n": formats.number(most)}


def _readings(sample: Sample, *, first: bool) -> Iterator[str]:
    said = (
        _("Say with --encoding which it is; line %(line)s would then read:")
        if first
        else _("Line %(line)s would read:")
    )
    yield said % {"line": sample.line}
    yield from (f"  --encoding {name}: {shown(text, 60)}" for name, text in sample.readings)


def _leave_out(written: str, told: str) -> str:
    """That a file is written otherwise than it was told to be."""
    said = _("The file is written in %(written)s, not in %(told)s: leave --encoding out.")
    return said % {"written": written, "told": ENCODINGS.get(told, told)}


def shown(text: str, most: int) -> str:
    """Text of a file as it may be printed: no control characters, cut to so many characters."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= most else plain[: most - 1] + "…"
