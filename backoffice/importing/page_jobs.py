"""Imports as jobs: a file taken in block by block, each exactly once, and its report made of those of its blocks.

A killed worker leaves whole blocks behind. The next one judges their rows once more without writing, to know what they
were about, and goes on where they stop: what is told in the end is what would have been told without the kill.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ..database import bulk_sql
from ..jobs import running
from ..jobs.running import JobKind, asked_by, prepare, register
from ..models import Import, ImportRow, Job, JobBlock
from ..records.actors import Actor, act_of
from ..records.errors import NotAllowed
from ..said import stored
from ..sections import Section, section_named
from . import uploads
from .command import opened
from .reading import Row, Unreadable
from .report import Fault, Report, summary
from .run import FAULTS_KEPT, FIGURES, Taking, after, conclude, write_down

IMPORT = "import"
DRY_RUN, RUN = "dry_run", "run"
# So many rows are done at once, in a second or two; more is work for the worker.
AT_ONCE = 500
_READ_AT_ONCE = 20
_NOWHERE = -1


def begin(imported: Import, *, dry_run: bool, by: Actor) -> Job:
    """Have a file taken in, or foretold. NotAllowed where it was already, is being, or cannot be read."""
    job = asked_by(
        by,
        kind=IMPORT,
        section=imported.section,
        action=DRY_RUN if dry_run else RUN,
        value=str(imported.pk),
        label=imported.file,
    )
    with transaction.atomic():
        imported = Import.objects.select_for_update().get(pk=imported.pk)
        if imported.run_id:
            raise NotAllowed(_("This file was imported already."))
        if imported.dry_run_id and not Job.objects.get(pk=imported.dry_run_id).is_finished:
            raise NotAllowed(_("The dry run is still going on."))
        if imported.look.get("fault") or not imported.parts.exists():
            raise NotAllowed(_("There is no file that can be read. Choose it again."))
        prepare(job, range(imported.look["rows"]), size=imported.look["block"])
        if dry_run:
            imported.dry_run, imported.figures = job, {}
        else:
            imported.run, imported.figures = job, {}
        imported.save(update_fields=["dry_run", "run", "figures"])
    running.start(job, at_once=AT_ONCE)
    return job


@contextmanager
def _session(job: Job) -> Iterator[Callable[..., None]]:
    with ExitStack() as held:
        yield _Session(job, held).run


class _Session:
    """The file of a job, open from its first block to do on."""

    def __init__(self, job: Job, held: ExitStack):
        self.job, self.held = job, held
        self.dry_run = job.action == DRY_RUN
        self.place = _NOWHERE
        self.taking: Taking
        self.rows: Iterator[Row]

    def run(self, job: Job, block: JobBlock, *, by: Actor) -> None:
        """Take the rows of a block in. NotAllowed where the file is gone, or who asked may do it no more."""
        by = replace(by, act=act_of(job.value))
        before, self.place = self.place, _NOWHERE
        if before == _NOWHERE or before != block.place - 1:
            # The first one, or one that was rolled back and is tried again.
            self._open(block, by)
        report = Report.of_block(dry_run=self.dry_run)
        self.taking.take_in(list(islice(self.rows, len(block.ids))), report)
        self.place = block.place
        block.remembered = [report.as_facts()]
        if not self.dry_run:
            block.changed = [one.record for one in report.touched]
            rows = [(int(job.value), *one) for one in report.touched]
            bulk_sql.insert(ImportRow, ["imported_id", "record", "line", "created"], rows)

    def _open(self, block: JobBlock, by: Actor) -> None:
        imported, section = self._allowed(by)
        self.held.close()
        path = self.held.enter_context(uploads.on_disk(imported))
        try:
            work = opened(section, path, **imported.options)
        except Unreadable as refusal:
            raise NotAllowed(refusal.message) from None
        self.taking = work.taking(by=by, dry_run=self.dry_run)
        self.rows = work.file.rows()
        self._replay(block, by)

    def _allowed(self, by: Actor) -> tuple[Import, Section]:
        imported, section = Import.objects.filter(pk=self.job.value).first(), section_named(self.job.section)
        if imported is None or section is None or not imported.parts.exists():
            raise NotAllowed(_("There is no file that can be read. Choose it again."))
        if by.staff is None or not by.staff.is_active or not by.staff.has_perm(section.right("import")):
            raise NotAllowed(_("The person who started this is no longer allowed to do it."))
        return imported, section

    def _replay(self, block: JobBlock, by: Actor) -> None:
        """The blocks before: those of a dry run are judged as then, those of an import are known to have gone in."""
        created = dict(
            ImportRow.objects.filter(imported_id=int(self.job.value), created=True).values_list(
                "record", "line"
            )
        )
        before = self.job.blocks.filter(place__lt=block.place).values_list("ids", flat=True)
        for number in [len(ids) for ids in before]:
            rows = list(islice(self.rows, number))
            if self.dry_run:
                self.taking.take_in(rows, Report.of_block(dry_run=True))
            else:
                lines = range(rows[0].line, rows[-1].line + 1)
                self.taking.replay(rows, {key: line for key, line in created.items() if line in lines})


def _finished(job: Job, *, by: Actor) -> None:
    """What came of it is kept with the import; of an import, not of a dry run, the activity has a line."""
    imported, section = Import.objects.filter(pk=job.value).first(), section_named(job.section)
    if imported is None or section is None:
        return
    imported.figures = _figures(job, section)
    imported.save(update_fields=["figures"])
    if job.action == DRY_RUN:
        return
    report = Report(tell=lambda fault: None, **{name: imported.figures[name] for name in FIGURES})
    uploads.forget(imported)
    after(section, report)
    write_down(section.slug, imported.file, report, by=by, imported=imported.pk)


register(IMPORT, JobKind(session=_session, finished=_finished))


def _figures(job: Job, section: Section) -> dict[str, Any]:
    """The report as it is shown: figures, remarks, the first of the faults and how many there are."""
    faults = _First(FAULTS_KEPT)
    report = Report(tell=faults.note, dry_run=job.action == DRY_RUN)
    for block in _reports(job):
        report.add(block)
    conclude(section, report)
    return {
        **{name: getattr(report, name) for name in FIGURES},
        "remarks": [stored(one) for one in report.remarks()],
        "faults": [one.stored() for one in faults.first],
        "faults_count": faults.number,
    }


class _First:
    """The first of the faults, and how many there are."""

    def __init__(self, most: int):
        self.most, self.number = most, 0
        self.first: list[Fault] = []

    def note(self, fault: Fault) -> None:
        """Another one."""
        self.number += 1
        if len(self.first) < self.most:
            self.first.append(fault)


def keeps_faults(imported: Import) -> bool:
    """Whether there is a report that holds every fault: for as long as an import could be undone (decision 50)."""
    return imported.blocks.exists() or bool(imported.job and imported.job.blocks.exists())


def faults_of(imported: Import) -> Iterator[Fault]:
    """Every fault that was told of its latest run, in the order of the file."""
    found: list[Fault] = []
    report = Report(tell=found.append)
    for block in _reports(imported.job) if imported.job else _by_command(imported):
        report.add(block)
        yield from found
        found.clear()


def _reports(job: Job) -> Iterator[Report]:
    """The reports of the blocks that are done, some at a time."""
    done = job.blocks.filter(done_at__isnull=False)
    for start in range(0, done.count(), _READ_AT_ONCE):
        for remembered in done.values_list("remembered", flat=True)[start : start + _READ_AT_ONCE]:
            for facts in remembered:
                yield Report.from_facts(facts, dry_run=job.action == DRY_RUN)


def _by_command(imported: Import) -> Iterator[Report]:
    """The reports of the blocks with faults, some at a time."""
    last, blocks = 0, imported.blocks.order_by("pk").values_list("pk", "report")
    while some := list(blocks.filter(pk__gt=last)[:_READ_AT_ONCE]):
        for _key, facts in some:
            yield Report.from_facts(facts, dry_run=False)
        last = some[-1][0]


def summary_of(imported: Import, *, dry_run: bool) -> str:
    """How many rows went where, in the reader's language; "" while nobody knows."""
    if not imported.figures:
        return ""
    return summary(*(imported.figures[name] for name in FIGURES), dry_run=dry_run)
