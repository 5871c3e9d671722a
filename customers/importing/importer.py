"""The import of a customer file: read, judge and write block by block; a dry run is the same without the writing."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.database.counting import one_change
from backoffice.faults import sentence
from backoffice.importing.cells import Checked
from backoffice.importing.columns import Layout, columns_of, compared, label_of
from backoffice.importing.reading import CsvFile, Row, Unreadable, fitted
from backoffice.importing.report import Fault, Report
from backoffice.importing.rows import notices_of, until_stopped, write_down
from backoffice.records.actors import Actor
from backoffice.records.required_fields import required_in
from backoffice.rules import Broken
from backoffice.screen import formats
from backoffice.sections import section_named
from groups.models import Group

from ..models import Tag
from ..options import customer_options
from ..queries import refresh_key_figures
from ..services.consents import file_ground
from ..services.hidden_people import discreet
from .cells import CustomerCells
from .earlier import Earlier
from .known import Known, look_up
from .misfits import misfit
from .plans import Plan, Planner, Refused
from .segments import Named
from .storing import drafts_of, store

BLOCK = 2_000
KEYS = ("email", "id")
FLAGS = {"replace_people": "with --key id: let an ID turn a customer into somebody else"}
_ATTEMPTS = 3
_OF_ADDRESSES = frozenset(("alias", "customer e mail", "customer email", "_email", "address 1", "street"))
_B2B = ("siret", "ape", "website")


class CustomerImport:
    """One file, opened and understood; `run()` takes it in. Raises Unreadable before anything is written.

    `key` says by what rows are recognised: "email" (registered customers) or "id" (our ids, decisions 21 and 22);
    with `replace_people` an id may turn a customer into somebody else (decision 44). `notices` are sentences about the
    columns, to be told first.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        key: str = "email",
        encoding: str = "",
        delimiter: str = "",
        replace_people: bool = False,
    ):
        self.key = key
        self.replace_people = replace_people
        self.section = section_named("customers").now()
        columns = columns_of(self.section)
        self.file = CsvFile(path, knows=columns.knows, encoding=encoding, delimiter=delimiter)
        self.layout = with_one_name(columns.layout_of(self.file.header))
        self.options = customer_options()
        self._check_columns()
        self.notices: list[str] = self._notices()

    def _check_columns(self) -> None:
        fields = self.layout.places.keys()
        if "email" not in fields and {compared(name) for name in self.file.header} & _OF_ADDRESSES:
            raise Unreadable(_("This is a file of addresses, not of customers."))
        if self.key not in fields:
            labels = {
                "id": _("ID"),
                "email": _("E-mail"),
                "last_name": _("Last name"),
                "first_name": _("First name"),
            }
            needed = ("id",) if self.key == "id" else ("email", "last_name", "first_name")
            missing = [labels[field] for field in needed if field not in fields and "name" not in fields]
            said = _("These columns are missing: %(columns)s. The first line has: %(header)s.") % {
                "columns": ", ".join(missing or [labels[self.key]]),
                "header": ", ".join(map(formats.quoted, self.layout.names)),
            }
            hint = _("This is an export of ours: --key id finds its customers by their ID.")
            raise Unreadable(f"{said} {hint}" if self.layout.is_own else said)

    def _notices(self) -> list[str]:
        said = notices_of(self.layout.unused)
        if len(self.file.header_lines) > 1:
            first, second = self.file.header_lines
            said.append(
                _("The header stands in lines %(first)s and %(second)s; both are read as one.")
                % {"first": first, "second": second}
            )
        for field in self._switched_off():
            column = self.layout.name_of(field)
            said.append(
                _("Column “%(column)s” is not used: the options switch this field off.") % {"column": column}
            )
            del self.layout.places[field]
        return said

    def _switched_off(self) -> list[str]:
        options = self.options
        off = [*([] if options.b2b else _B2B), *sorted(options.not_asked)]
        return [field for field in off if field in self.layout.places]

    def run(
        self,
        *,
        by: Actor,
        dry_run: bool = False,
        tell: Callable[[Fault], None],
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        """Take all good rows in and tell the others; `progress` hears how many rows were looked at.

        `by` is written into history and activity; a dry run writes nothing at all, and locks nobody out. Ctrl-C stops
        it between two blocks; the same file can be taken in again.
        """
        report = Report(tell=tell, dry_run=dry_run)
        with until_stopped(report):
            self._take_in(report, by, progress)
        if not dry_run:
            if report.created or report.updated:
                refresh_key_figures()
            write_down("customers", self.file.path.name, report, by=by)
        return report

    def _take_in(self, report: Report, by: Actor, progress: Callable[[int], None]) -> None:
        take_in = self._foretell_block if report.dry_run else self._store_block
        planner = self.planner(Earlier(), dry_run=report.dry_run)
        done = 0
        rows = self.file.rows()
        while block := list(islice(rows, BLOCK)):
            planner = take_in(block, planner, report, by)
            done += len(block)
            progress(done)

    def _foretell_block(self, rows: list[Row], planner: Planner, report: Report, by: Actor) -> Planner:
        """Tell what would become of the rows: no transaction, no lock (D18)."""
        block = _Block(self, planner, by)
        block.foretell(rows)
        planner.earlier.keep(dry_run=True)
        block.tell(report)
        return planner

    def _store_block(self, rows: list[Row], planner: Planner, report: Report, by: Actor) -> Planner:
        """Store what is good and tell the rest; once more where somebody else was faster with an address or a lock."""
        for attempt in range(1, _ATTEMPTS + 1):
            block = _Block(self, planner, by)
            try:
                with one_change():
                    made = block.take_in(rows)
            except (IntegrityError, OperationalError):
                if attempt == _ATTEMPTS:
                    raise
                block.forget()
                planner = self.planner(planner.earlier)
            else:
                break
        planner.earlier.keep(dry_run=False)
        for key, line in made.items():
            planner.earlier.made.note(key, line)
            planner.earlier.seen.note(key, line)
        block.tell(report)
        return planner

    def planner(self, earlier: Earlier, *, dry_run: bool = False) -> Planner:
        """What judges the rows, knowing the groups, tags and titles of this moment."""
        groups, tags = Named(Group, dry_run=dry_run), Named(Tag, dry_run=dry_run)
        return Planner(
            CustomerCells(self.section, self.layout, key=self.key, groups=groups),
            key=self.key,
            options=self.options,
            required=self._required(),
            groups=groups,
            tags=tags,
            earlier=earlier,
            source=file_ground(self.file.path.name),
            replace_people=self.replace_people,
        )

    def _required(self) -> frozenset[str]:
        """The fields that are required here, of those that can be by now."""
        offered = {one.name for one in self.section.requirable}
        return required_in("customers") & offered - self.options.not_asked


def with_one_name(layout: Layout) -> Layout:
    """The layout where a column of whole names is told apart from one of last names beside the first ones."""
    places = layout.places
    if "name" not in places:
        return layout
    if "first_name" in places and "last_name" not in places:
        places["last_name"] = places.pop("name")
        return layout
    if "last_name" in places:
        name = layout.names[places.pop("name")]
        return replace(layout, unused=(*layout.unused, (name, _("another column says it already"))))
    return layout


class _Block:
    """Some rows that go in together. Nothing is told before they are stored."""

    def __init__(self, work: CustomerImport, planner: Planner, by: Actor):
        self.work = work
        self.planner = planner
        self.by = by
        self.refused: list[list[Fault]] = []
        self.plans: list[Plan] = []
        self.warnings: list[tuple[int, str, str]] = []

    def take_in(self, rows: list[Row]) -> dict[int, int]:
        """Judge all rows, then write the good ones; {customer id: line} of the new ones."""
        known = self._judge(rows, lock=True)
        return store(self.plans, known, **self._segments, by=self.by, reason="import")

    def foretell(self, rows: list[Row]) -> None:
        """Judge all rows, and write none."""
        known = self._judge(rows, lock=False)
        drafts_of(self.plans, known, **self._segments, by=self.by)

    @property
    def _segments(self) -> dict[str, Named]:
        return {"groups": self.planner.groups, "tags": self.planner.tags}

    def _judge(self, rows: list[Row], *, lock: bool) -> Known:
        planner, layout = self.planner, self.work.layout
        checked = self._read(rows)
        known = look_up(checked, key=self.work.key, is_own=layout.is_own, fields=layout.places, lock=lock)
        for row in checked:
            try:
                self.plans.append(planner.plan(row, known))
            except Refused as refusal:
                self.refused.append(self._faults(row, refusal.faults))
                continue
            self.warnings += [(row.line, self._column(field), text) for field, text in row.warnings]
        return known

    def _read(self, rows: list[Row]) -> list[Checked]:
        columns = len(self.work.layout.names)
        checked = []
        for row in rows:
            cells = fitted(row.cells, columns)
            if cells is None:
                self.refused.append(misfit(row, self.work.layout, self.planner.cells))
            else:
                checked.append(self.planner.cells.read(row.line, cells))
        return checked

    def _faults(self, row: Checked, faults: list[tuple[str, Broken]]) -> list[Fault]:
        return [
            Fault(
                row.line,
                self._column(field),
                row.texts.get(field, "").strip(),
                sentence(discreet(broken, to=self.by.staff)),
            )
            for field, broken in faults
        ]

    def _column(self, field: str) -> str:
        """What the file calls the column of a field; where it has none, what people call the field (V10)."""
        layout = self.work.layout
        if field in layout.places:
            return layout.name_of(field)
        if field in ("first_name", "last_name") and "name" in layout.places:
            return layout.name_of("name")
        return label_of(self.work.section, field) if field else ""

    def forget(self) -> None:
        """These rows are about nobody yet: they were not stored."""
        self.planner.earlier.forget()
        for plan in self.plans:
            if plan.customer is not None:
                self.planner.earlier.seen.note(plan.customer.pk, 0)

    def tell(self, report: Report) -> None:
        """Report what became of the rows."""
        for faults in sorted(self.refused, key=lambda some: some[0].line):
            report.refuse(faults)
        for line, column, text in self.warnings:
            report.warn(line, column, text)
        for plan in self.plans:
            if plan.customer is None:
                report.created += 1
            elif plan.changes_anything:
                report.updated += 1
            else:
                report.unchanged += 1
            if plan.renames:
                report.rename(plan.renames)
        if names := self.planner.groups.take_created():
            report.notices.append(_groups_made(names, dry_run=report.dry_run))
        if names := self.planner.tags.take_created():
            report.notices.append(_tags_made(names, dry_run=report.dry_run))


def _groups_made(names: list[str], *, dry_run: bool) -> str:
    said = (
        ngettext(
            "Group that would be created: %(names)s.", "Groups that would be created: %(names)s.", len(names)
        )
        if dry_run
        else ngettext("Group created: %(names)s.", "Groups created: %(names)s.", len(names))
    )
    return said % {"names": ", ".join(map(formats.quoted, names))}


def _tags_made(names: list[str], *, dry_run: bool) -> str:
    said = (
        ngettext(
            "Tag that would be created: %(names)s.", "Tags that would be created: %(names)s.", len(names)
        )
        if dry_run
        else ngettext("Tag created: %(names)s.", "Tags created: %(names)s.", len(names))
    )
    return said % {"names": ", ".join(map(formats.quoted, names))}
