"""Fixtures of the imports' tests: a file written, taken in, and what was told about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backoffice.importing.reading import CsvFile, Unreadable
from backoffice.importing.report import Fault, Report
from backoffice.records.actors import Actor, Door
from backoffice.records.recounting import recount_all
from customers.importing.importer import CustomerImport

KNOWN = {"E-mail", "Name", "Town", "Newsletter", "Imię"}
FILES = Path(__file__).parent.parent / "customers" / "files"


@dataclass
class Outcome:
    """What an import told: its report, the faults in order, all other remarks."""

    report: Report
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows created, updated, unchanged, refused."""
        report = self.report
        return report.created, report.updated, report.unchanged, report.refused

    @property
    def places(self) -> list[tuple[int, str]]:
        """Line and column of each fault."""
        return [(fault.line, fault.column) for fault in self.faults]

    @property
    def reasons(self) -> list[str]:
        """The reason of each fault."""
        return [fault.reason for fault in self.faults]


@pytest.fixture
def take_in(shop, written) -> Callable[..., Outcome]:
    """`take_in("E-mail;…")` imports this text, or the file at a Path, by the command's door."""

    def take_in(file: str | bytes | Path, *, dry_run: bool = False, **options) -> Outcome:
        work = CustomerImport(file if isinstance(file, Path) else written(file), **options)
        faults: list[Fault] = []
        report = work.run(by=Actor(staff=None, door=Door.IMPORT), dry_run=dry_run, tell=faults.append)
        return Outcome(report, faults, [*work.notices, *report.remarks()])

    return take_in


@pytest.fixture
def counted_right() -> Callable[[], None]:
    """`counted_right()` fails where any stored figure is not what counting gives (decision 39)."""

    def counted_right() -> None:
        assert [str(difference) for difference in recount_all(mend=False)] == []

    return counted_right


@pytest.fixture
def opened(written):
    """`opened("E-mail;…")` opens a file with this text."""

    def opened(text, *, delimiter="", as_encoding="", **how):
        return CsvFile(
            written(text, **how),
            knows=lambda cell: cell.strip() in KNOWN,
            delimiter=delimiter,
            encoding=as_encoding,
        )

    return opened


@pytest.fixture
def refused(opened):
    """`refused("…")` gives the sentence with which such a file is refused."""

    def refused(text, **how):
        with pytest.raises(Unreadable) as refusal:
            opened(text, **how)
        return refusal.value.message

    return refused
