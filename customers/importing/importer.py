"""The import of a customer file: read, judge and write block by block; a dry run is the same without the writing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext_lazy

from backoffice.database.counting import one_change
from backoffice.faults import sentence
from backoffice.importing.asked import Asked
from backoffice.importing.cells import Checked
from backoffice.importing.columns import Layout, compared, label_of, told_as, understood
from backoffice.importing.opening import lacks, notices_of, open_file
from backoffice.importing.reading import Row, Unreadable
from backoffice.importing.report import Fault, Report, Touched
from backoffice.importing.rows import cell_too_long
from backoffice.importing.run import take_in_whole
from backoffice.importing.shape import fitted
from backoffice.records.actors import Actor
from backoffice.records.required_fields import required_in
from backoffice.rules import Broken
from backoffice.said import gettext as _
from backoffice.said import ngettext
from backoffice.screen import formats
from backoffice.sections import ImportOption, section_named
from groups.models import Group

from ..models import Tag
from ..options import customer_options
from ..services.consents import file_ground
from ..services.hidden_people import discreet
from . import names, tally
from .cells import CustomerCells
from .earlier import Earlier
from .known import Known, look_up
from .misfits import misfit
from .missing import missing_columns
from .plan import Plan, Refused
from .plans import Planner
from .segments import Named
from .storing import drafts_of, store
from .written import written_of

BLOCK = 2_000
KEYS = ("email", "id")
OPTIONS = (
    names.OPTION,
    ImportOption(
        name="replace_people",
        label=gettext_lazy("Let an ID turn a customer into somebody else"),
        help=gettext_lazy("with --key id: let an ID turn a customer into somebody else"),
    ),
)
_ATTEMPTS = 3
# What addresses have and customers have not: an e-mail address of somebody else, or an alias beside the street (I11).
_OF_ADDRESSES = frozenset(("customer e mail", "customer email", "_email"))
_STREETS = frozenset(("address", "address 1", "street"))
_OF_COLUMNS = frozenset(("missing", "required", "required_on"))
_OF_ORDERS = frozenset(("which_name", "day_or_month"))
_BARE_NAMES = frozenset(("name", "names"))
_B2B = ("siret", "ape", "website")


class CustomerImport:
    """One file, opened and understood; `run()` takes it in. Raises Unreadable before anything is written.

    `key` says by what rows are recognised: "email" (registered customers) or "id" (our ids, decisions 21 and 22);
    with `replace_people` an id may turn a customer into somebody else (decision 44). `names` is the order of whole
    names (decision 46), `how` are options of all imports. `understood` are pairs of each column and what it is read as,
    `notices` sentences about the others: both to be told first.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        key: str = "email",
        names: str = "",
        replace_people: bool = False,
        **how: Any,
    ):
        self.key = key
        self.replace_people = replace_people
        self.asked = Asked(**how)
        self.section = section_named("customers").now()
        self.file, layout = open_file(self.section, path, self.asked)
        self.layout = with_one_name(layout)
        self.options = customer_options()
        self._check_columns()
        self.notices: list[str] = self._notices()
        self.written = written_of(self.section, self.file, self.layout, self.asked, names)
        self.notices += self.written.sentences
        self.understood = understood(self.section, self.layout)

    def _check_columns(self) -> None:
        places, header = self.layout.places, {compared(name) for name in self.file.header}
        if "email" not in places and (header & _OF_ADDRESSES or ("alias" in header and header & _STREETS)):
            raise Unreadable(_("This is a file of addresses, not of customers."))
        if missing := missing_columns(self.file, self.layout, self.key):
            refusal = lacks(self.layout, [told_as(self.section, name) for name in missing])
            if self.key == "email" and "email" in missing and self.layout.is_own:
                hint = _("This is an export of ours: --key id finds its customers by their ID.")
                raise Unreadable(f"{refusal.message} {hint}", mends=refusal.mends)
            raise refusal

    def _notices(self) -> list[str]:
        said = notices_of(self.section, self.file, self.layout)
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
        return take_in_whole(self, by=by, dry_run=dry_run, tell=tell, progress=progress)

    @property
    def block(self) -> int:
        """So many rows go in together."""
        return BLOCK

    def taking(self, *, by: Actor, dry_run: bool) -> "_Taking":
        """What takes the rows in, block after block."""
        return _Taking(self, by, dry_run=dry_run)

    def planner(self, earlier: Earlier, *, dry_run: bool = False) -> Planner:
        """What judges the rows, knowing the groups, tags and titles of this moment."""
        groups, tags = Named(Group, dry_run=dry_run), Named(Tag, dry_run=dry_run)
        return Planner(
            CustomerCells(self.section, self.layout, key=self.key, groups=groups, written=self.written),
            key=self.key,
            options=self.options,
            required=self._required(),
            groups=groups,
            tags=tags,
            earlier=earlier,
            source=file_ground(self.file.path.name),
            replace_people=self.replace_people,
            without_bad_cells=self.asked.without_bad_cells,
        )

    def _required(self) -> frozenset[str]:
        """The fields that are required here, of those that can be by now."""
        offered = {one.name for one in self.section.requirable}
        return required_in("customers") & offered - self.options.not_asked


def with_one_name(layout: Layout) -> Layout:
    """The layout where a column of whole names is told apart from one of first names beside the last ones, or of last
    names beside the first ones: a bare “Name” is the other part (I9)."""
    places = layout.places
    if "name" not in places:
        return layout
    parts = [one for one in ("last_name", "first_name") if one not in places]
    if not parts:
        name = layout.names[places.pop("name")]
        return replace(layout, unused=(*layout.unused, (name, _("another column says it already"))))
    if len(parts) == 1 and compared(layout.name_of("name")) in _BARE_NAMES:
        places[parts[0]] = places.pop("name")
    return layout


class _Taking:
    """The rows of one file on their way in; it knows what the earlier ones were about."""

    def __init__(self, work: CustomerImport, by: Actor, *, dry_run: bool):
        self.work, self.by, self.dry_run = work, by, dry_run
        self.planner = work.planner(Earlier(), dry_run=dry_run)

    def take_in(self, rows: list[Row], report: Report) -> None:
        """The rows of a block."""
        block = self._foretold(rows) if self.dry_run else self._stored(rows)
        block.tell(report)

    def replay(self, rows: list[Row], created: dict[int, int]) -> None:
        """Rows that went in before: they are judged once more, but those of new customers, and none is written."""
        _Block(self.work, self.planner, self.by).replay(rows, frozenset(created.values()))
        self._keep(created)

    def _foretold(self, rows: list[Row]) -> "_Block":
        """What would become of the rows: no transaction, no lock (D18)."""
        block = _Block(self.work, self.planner, self.by)
        block.foretell(rows)
        self.planner.earlier.keep(dry_run=True)
        return block

    def _stored(self, rows: list[Row]) -> "_Block":
        """Store what is good; once more where somebody else was faster with an address or a lock."""
        for attempt in range(1, _ATTEMPTS + 1):
            block = _Block(self.work, self.planner, self.by)
            try:
                with one_change():
                    block.take_in(rows)
            except (IntegrityError, OperationalError):
                if attempt == _ATTEMPTS:
                    raise
                block.forget()
                self.planner = self.work.planner(self.planner.earlier)
            else:
                break
        self._keep(block.made)
        return block

    def _keep(self, created: dict[int, int]) -> None:
        """The block is in the database: its new customers came in by this file."""
        earlier = self.planner.earlier
        earlier.keep(dry_run=False)
        for key, line in created.items():
            earlier.made.note(key, line)
            earlier.seen.note(key, line)


class _Block:
    """Some rows that go in together. Nothing is told before they are stored."""

    def __init__(self, work: CustomerImport, planner: Planner, by: Actor):
        self.work = work
        self.planner = planner
        self.by = by
        self.refused: list[list[Fault]] = []
        self.plans: list[Plan] = []
        self.warnings: list[tuple[int, str, str, str]] = []
        self.left_out: list[Fault] = []
        self.made: dict[int, int] = {}

    def take_in(self, rows: list[Row]) -> None:
        """Judge all rows, then write the good ones; `made` is {customer id: line} of the new ones."""
        known = self._judge(rows, lock=True)
        self.made = store(self.plans, known, **self._segments, by=self.by, reason=self.by.act or "import")

    def foretell(self, rows: list[Row]) -> None:
        """Judge all rows, and write none."""
        known = self._judge(rows, lock=False)
        drafts_of(self.plans, known, **self._segments, by=self.by)

    def replay(self, rows: list[Row], created: frozenset[int]) -> None:
        """Rows that went in before; on the lines `created` stood somebody new, who is here by now."""
        self._judge(rows, lock=False, created=created)

    @property
    def _segments(self) -> dict[str, Named]:
        return {"groups": self.planner.groups, "tags": self.planner.tags}

    def _judge(self, rows: list[Row], *, lock: bool, created: frozenset[int] = frozenset()) -> Known:
        planner, layout = self.planner, self.work.layout
        checked = self._read(rows)
        known = look_up(checked, key=self.work.key, is_own=layout.is_own, fields=layout.places, lock=lock)
        for row in checked:
            if row.line in created:
                planner.note_claims(row, is_new=True)
                continue
            try:
                self.plans.append(planner.plan(row, known))
            except Refused as refusal:
                self.refused.append(self._faults(row, refusal.faults))
                continue
            self.warnings += [
                (row.line, self._column(field), text, *example, "")[:4]
                for field, text, *example in row.warnings
            ]
            self.left_out += self._faults(row, row.left_out)
        for plan, kind in tally.came_back(self.plans):
            text = _("switched on again for somebody who had switched it off")
            self.warnings.append((plan.line, self._column(kind), text, ""))
        return known

    def _read(self, rows: list[Row]) -> list[Checked]:
        columns = len(self.work.layout.names)
        checked = []
        for row in rows:
            cells = fitted(row.cells, columns)
            if cells is None:
                self.refused.append(misfit(row, self.work.layout, self.planner.cells))
            elif too_long := cell_too_long(row.line, cells, self.work.layout):
                self.refused.append([too_long])
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
                repeated=self._is_of_file(field, broken),
            )
            for field, broken in faults
        ]

    def _is_of_file(self, field: str, broken: Broken) -> bool:
        """Whether this is wrong with the file, and not with one row of it: a missing column, an order nobody knows."""
        lacks_column = field not in self.work.layout.places and broken.code in _OF_COLUMNS
        return lacks_column or broken.code in _OF_ORDERS

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
        for fault in self.left_out:
            report.leave_out(fault)
        for warning in self.warnings:
            report.warn(*warning)
        for plan in self.plans:
            tally.note(plan, report.tallied, groups=self.planner.groups.names, tags=self.planner.tags.names)
            if plan.customer is None:
                report.created += 1
            elif plan.changes_anything:
                report.updated += 1
                report.touched.append(Touched(plan.customer.pk, plan.line, created=False))
            else:
                report.unchanged += 1
            if plan.renames:
                report.rename(plan.renames)
        report.touched += [Touched(key, line, created=True) for key, line in self.made.items()]
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
