"""A file taken in from its first row to its last: the one way behind the command, and the blocks behind the page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice
from typing import Protocol

from ..database import bulk_sql
from ..database.counting import one_change
from ..models import Import, ImportBlock, ImportRow
from ..records.actors import Actor
from ..records.events import Kind, record
from ..said import stored
from ..sections import Section
from .columns import Layout
from .reading import CsvFile, Row
from .report import Fault, Report

FIGURES = ("created", "updated", "unchanged", "refused")
# So many faults are kept for the page.
FAULTS_KEPT = 50


class Taking(Protocol):
    """Takes the rows of one file in, block after block, and knows what the earlier ones were about."""

    def take_in(self, rows: list[Row], report: Report) -> None:
        """The rows of a block, in a transaction of the caller's; the block's report is filled."""

    def replay(self, rows: list[Row], created: dict[int, int]) -> None:
        """Rows that went in before: what they were about is known again, and nothing is written.

        `created` are the lines of the records that came in by them.
        """


class Work(Protocol):
    """A file opened and understood for a section; `block` is how many of its rows go in together."""

    section: Section
    file: CsvFile
    layout: Layout
    understood: list[tuple[str, str]]
    notices: list[str]

    @property
    def block(self) -> int: ...

    def taking(self, *, by: Actor, dry_run: bool) -> Taking:
        """What takes it in."""


def take_in_whole(
    work: Work,
    *,
    by: Actor,
    dry_run: bool = False,
    tell: Callable[[Fault], None],
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Take all good rows in and tell the others; `progress` hears how many rows were looked at.

    `by` is written into history and activity; a dry run writes nothing at all. Ctrl-C stops it between two blocks; the
    same file can be taken in again.
    """
    kept = None if dry_run else KeptRun(work)
    report = Report(tell=kept.heard(tell) if kept else tell, dry_run=dry_run)
    taking, rows, done = work.taking(by=by, dry_run=dry_run), work.file.rows(), 0
    with until_stopped(report):
        try:
            while some := list(islice(rows, work.block)):
                block = Report.of_block(dry_run=dry_run)
                # What is only judged locks nobody out (D18).
                with nullcontext() if dry_run else one_change():
                    taking.take_in(some, block)
                    if kept:
                        kept.note(block)
                report.add(block)
                done += len(some)
                progress(done)
        finally:
            conclude(work.section, report)
            if kept:
                kept.conclude(report)
    if kept:
        after(work.section, report)
        write_down(work.section.slug, work.file.path.name, report, by=by)
    return report


class KeptRun:
    """An import by command as the page of imports tells it: the file, which records it moved, what came of it."""

    def __init__(self, work: Work):
        path = work.file.path
        self.faults: list[Fault] = []
        self.faults_count = 0
        self.imported = Import.objects.create(
            section=work.section.slug, file=path.name[:200], size=path.stat().st_size
        )

    def heard(self, tell: Callable[[Fault], None]) -> Callable[[Fault], None]:
        """`tell`, and the first faults are kept, too."""

        def told(fault: Fault) -> None:
            self.faults_count += 1
            if len(self.faults) < FAULTS_KEPT:
                self.faults.append(fault)
            tell(fault)

        return told

    def note(self, block: Report) -> None:
        """The records of a block and its faults, in its transaction."""
        rows = [(self.imported.pk, *one) for one in block.touched]
        bulk_sql.insert(ImportRow, ["imported_id", "record", "line", "created"], rows)
        if block.faults:
            ImportBlock.objects.create(imported=self.imported, report=block.as_facts())

    def conclude(self, report: Report) -> None:
        """What came of it."""
        self.imported.figures = {
            **{name: getattr(report, name) for name in FIGURES},
            "remarks": [stored(one) for one in report.remarks()],
            "faults": [one.stored() for one in self.faults],
            "faults_count": self.faults_count,
        }
        self.imported.save(update_fields=["figures"])


@contextmanager
def until_stopped(report: Report) -> Iterator[None]:
    """Ctrl-C between two blocks ends a file; what went in before stays."""
    try:
        yield
    except KeyboardInterrupt:
        report.stopped = True


def conclude(section: Section, report: Report) -> None:
    """What the section's own import says of the whole file in the end."""
    if section.importing and section.importing.tally:
        report.notices += section.importing.tally(report.tallied, dry_run=report.dry_run)


def after(section: Section, report: Report) -> None:
    """What is worked out anew when rows have come."""
    if section.key_figures and (report.created or report.updated):
        section.key_figures.refresh()


def write_down(slug: str, file: str, report: Report, *, by: Actor, **more: int) -> None:
    """One line on the activity page for what an import did."""
    facts = {"created": report.created, "updated": report.updated, "refused": report.refused}
    record(Kind.IMPORT, by=by, target=slug, rows=report.rows, file=file[:100], **facts, **more)
