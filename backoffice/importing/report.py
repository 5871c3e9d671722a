"""What an import tells: every fault with line, column and reason, warnings summed up, how many rows went where."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..said import gettext as _
from ..said import joined, ngettext, number, stored, told
from .reading import shown


class Fault(NamedTuple):
    """Why a row was refused: the line it begins on, the column as the file calls it ("" for the row), the cell.

    `repeated`: a fault of the whole file, of which some examples are enough (I8); `left_out`: the row went in without
    this cell (decision 45).
    """

    line: int
    column: str
    cell: str
    reason: str
    repeated: bool = False
    left_out: bool = False

    def __str__(self) -> str:
        said = self._said()
        return _("%(fault)s The cell is left out.") % {"fault": said} if self.left_out else said

    def stored(self) -> list[Any]:
        """As it is stored, in no language, without the end of an endless cell."""
        return [stored(one) for one in self._replace(cell=shown(self.cell, _LONGEST_CELL))]

    @classmethod
    def told(cls, facts: list[Any]) -> "Fault":
        """As it was stored, in the language of the reader."""
        return cls(*map(told, facts))

    def _said(self) -> str:
        if not self.column:
            return _("Line %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason}
        facts = {
            "line": self.line,
            "column": self.column,
            "cell": shown(self.cell, 60),
            "reason": self.reason,
        }
        if not self.cell:
            return _("Line %(line)s, column “%(column)s”: %(reason)s") % facts
        return _("Line %(line)s, column “%(column)s”, “%(cell)s”: %(reason)s") % facts


_EXAMPLES = 10
_LONGEST_CELL = 200


class Touched(NamedTuple):
    """A record that a row created or changed, and the line of that row."""

    record: int
    line: int
    created: bool


@dataclass
class Report:
    """What came of some rows: of a block, or of a file, to which the reports of its blocks are added.

    `tell` gets every fault at once, so that a million of them need no memory. Of a dry run it says what would be done.
    `renamed` are the first of those whom a number gave another name. `repeated` counts the faults of the whole file by
    column and reason, `tallied` what an import counts besides. `faults` and `touched` are those of a block alone.
    """

    tell: Callable[[Fault], None]
    dry_run: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    stopped: bool = False
    notices: list[str] = field(default_factory=list)
    warnings: dict[tuple[str, str], tuple[int, int, str]] = field(default_factory=dict)
    repeated: dict[tuple[str, str], int] = field(default_factory=dict)
    cells_left_out: int = 0
    renamed: list[str] = field(default_factory=list)
    renames: int = 0
    tallied: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)

    @classmethod
    def of_block(cls, *, dry_run: bool) -> "Report":
        """An empty one for a block, which keeps its faults."""
        faults: list[Fault] = []
        return cls(tell=faults.append, dry_run=dry_run, faults=faults)

    def add(self, block: "Report") -> None:
        """A block went in, and its faults are told."""
        room = {what: max(0, _EXAMPLES - self.repeated.get(what, 0)) for what in block.repeated}
        for fault in block.faults:
            what = (fault.column, fault.reason)
            if fault.repeated:
                if not room[what]:
                    continue
                room[what] -= 1
            self.tell(fault)
        for name in _COUNTED:
            setattr(self, name, getattr(self, name) + getattr(block, name))
        self.notices += block.notices
        for what, times in block.repeated.items():
            self.repeated[what] = self.repeated.get(what, 0) + times
        for (column, text), (times, line, example) in block.warnings.items():
            before, first, shown_first = self.warnings.get((column, text), (0, line, example))
            self.warnings[column, text] = (before + times, first, shown_first)
        self.renamed += block.renamed[: _EXAMPLES - len(self.renamed)]
        self.tallied.update(block.tallied)

    def as_facts(self) -> dict[str, Any]:
        """The report of a block as it is stored, in no language, without the records that it is about."""
        return {
            **{name: getattr(self, name) for name in _COUNTED},
            "notices": [stored(one) for one in self.notices],
            "renamed": [stored(one) for one in self.renamed],
            "tallied": self.tallied,
            "repeated": [[*map(stored, what), times] for what, times in self.repeated.items()],
            "warnings": [[*map(stored, (*what, *where))] for what, where in self.warnings.items()],
            "faults": [one.stored() for one in self.faults],
        }

    @classmethod
    def from_facts(cls, facts: dict[str, Any], *, dry_run: bool) -> "Report":
        """The report of a block as it was stored, in the language of the reader."""
        report = cls.of_block(dry_run=dry_run)
        for name in _COUNTED:
            setattr(report, name, facts[name])
        report.notices += map(told, facts["notices"])
        report.renamed += map(told, facts["renamed"])
        report.tallied.update(facts["tallied"])
        report.repeated = {(told(column), told(reason)): times for column, reason, times in facts["repeated"]}
        report.warnings = {
            (told(column), told(text)): (n, line, told(one))
            for column, text, n, line, one in facts["warnings"]
        }
        report.faults += [Fault.told(one) for one in facts["faults"]]
        return report

    @property
    def rows(self) -> int:
        """The rows that went in or were as the file says already."""
        return self.created + self.updated + self.unchanged

    def refuse(self, faults: list[Fault]) -> None:
        """One row stays out, for these reasons."""
        self.refused += 1
        for fault in faults:
            if fault.repeated:
                what = (fault.column, fault.reason)
                self.repeated[what] = self.repeated.get(what, 0) + 1
                if self.repeated[what] > _EXAMPLES:
                    continue
            self.tell(fault)

    def leave_out(self, fault: Fault) -> None:
        """A row goes in without a faulty cell."""
        self.cells_left_out += 1
        self.tell(fault._replace(left_out=True))

    def warn(self, line: int, column: str, text: str, example: str = "") -> None:
        """Something of a row that goes in was not taken as it stands; the same said of many lines is told once, with
        the first example."""
        times, first, shown_first = self.warnings.get((column, text), (0, line, example))
        self.warnings[column, text] = (times + 1, first, shown_first)

    def rename(self, text: str) -> None:
        """A record that was found by its number gets another name: said of the first ones (D17)."""
        self.renames += 1
        if len(self.renamed) < _EXAMPLES:
            self.renamed.append(text)

    def remarks(self) -> list[str]:
        """All notices and warnings, as sentences."""
        told = [_told(column, text, *where) for (column, text), where in self.warnings.items()]
        return [*self._renamed(), *self._of_file(), *self.notices, *told, *self._left_out()]

    def _of_file(self) -> list[str]:
        said: list[str] = []
        for (column, reason), times in self.repeated.items():
            if (more := times - _EXAMPLES) > 0:
                text = ngettext(
                    "Column “%(column)s”, %(n)s more row: %(text)s",
                    "Column “%(column)s”, %(n)s more rows: %(text)s",
                    more,
                )
                said.append(text % {"column": column, "n": number(more), "text": reason})
        return said

    def _left_out(self) -> list[str]:
        left = self.cells_left_out
        if not left:
            return []
        said = ngettext("%(n)s cell left out.", "%(n)s cells left out.", left)
        return [said % {"n": number(left)}]

    def _renamed(self) -> list[str]:
        if not self.renames:
            return []
        title = _("Would be renamed:") if self.dry_run else _("Renamed:")
        said: list[str] = [title, *(joined("  ", one, by="") for one in self.renamed)]
        if more := self.renames - len(self.renamed):
            said.append(
                joined("  ", ngettext("and %(n)s more", "and %(n)s more", more) % {"n": number(more)}, by="")
            )
        return said

    def summary(self) -> str:
        """How many rows went where, in one line; of a dry run, how many would."""
        return summary(self.created, self.updated, self.unchanged, self.refused, dry_run=self.dry_run)


def summary(created: int, updated: int, unchanged: int, refused: int, *, dry_run: bool = False) -> str:
    """So many rows went there, of a dry run would go, in one line."""
    numbers = (created, updated, unchanged, refused)
    sentences = _foretold(*numbers) if dry_run else _done(*numbers)
    return ", ".join(said % {"n": number(one)} for said, one in zip(sentences, numbers, strict=True))


_COUNTED = ("created", "updated", "unchanged", "refused", "cells_left_out", "renames")


def _done(created: int, updated: int, unchanged: int, refused: int) -> list[str]:
    return [
        ngettext("%(n)s created", "%(n)s created", created),
        ngettext("%(n)s updated", "%(n)s updated", updated),
        ngettext("%(n)s unchanged", "%(n)s unchanged", unchanged),
        ngettext("%(n)s refused", "%(n)s refused", refused),
    ]


def _foretold(created: int, updated: int, unchanged: int, refused: int) -> list[str]:
    return [
        ngettext("%(n)s would be created", "%(n)s would be created", created),
        ngettext("%(n)s would be updated", "%(n)s would be updated", updated),
        ngettext("%(n)s would stay unchanged", "%(n)s would stay unchanged", unchanged),
        ngettext("%(n)s would be refused", "%(n)s would be refused", refused),
    ]


def _told(column: str, text: str, times: int, line: int, example: str) -> str:
    if example:
        text = _("%(text)s, such as %(example)s") % {"text": text, "example": example}
    facts = {"column": column, "text": text, "line": line, "n": number(times)}
    if times == 1:
        return _("Line %(line)s, column “%(column)s”: %(text)s") % facts
    said = ngettext(
        "Column “%(column)s”, %(n)s row, the first in line %(line)s: %(text)s",
        "Column “%(column)s”, %(n)s rows, the first in line %(line)s: %(text)s",
        times,
    )
    return said % facts
