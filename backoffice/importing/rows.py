"""The import of any section that declares its fields: a row is judged as its form would judge it, and saved as the form
would save it, by the section's own service."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction

from ..database.counting import one_change
from ..database.folding import fold
from ..faults import sentence
from ..numbers import whole
from ..records.actors import Actor
from ..records.errors import Conflict, NotAllowed
from ..records.required_fields import required_in
from ..rules import Broken
from ..said import gettext as _
from ..said import ngettext
from ..sections import Section, kinds
from ..sections.stored import Stored, stored
from .asked import Asked
from .cells import DATES, Cells, Checked, Reader, reader_of
from .columns import Layout, label_of, told_as, understood
from .opening import lacks, notices_of, open_file
from .reading import LONGEST_CELL, Row
from .records import Records
from .report import Fault, Report, Touched
from .run import take_in_whole
from .shape import fitted, values_in
from .survey import survey_of

BLOCK = 500


@dataclass(frozen=True, kw_only=True)
class Special:
    """What a section reads otherwise than its fields' kinds do: `readers(work)` by the names of fields, `records(work)`
    what knows whom rows are about, `completed(row, found)` fills in what follows from several cells; `keys` are fields
    one of which a file has to have in place of the key; `save` takes the place of the section's own, and `saved(ids,
    by=…)` does at the end of a block what that leaves out."""

    readers: Callable[..., Mapping[str, Reader]] | None = None
    records: Callable[..., Any] | None = None
    completed: Callable[[Checked, Any], None] = lambda row, found: None
    keys: tuple[str, ...] = ()
    save: Callable[..., models.Model] | None = None
    saved: Callable[..., None] = lambda ids, *, by: None


class RowsImport:
    """One file for one section, opened and understood; `run()` takes it in. Raises Unreadable before that.

    `key` says by what rows are recognised, the first of `file_keys` by default; `how` are options of all imports.
    `understood` are pairs of each column and what it is read as, `notices` sentences about the others: both to be told
    first. `special` is what is read or recognised otherwise than its declaration says.
    """

    def __init__(
        self, section: Section, path: str | Path, *, key: str = "", special: Special = Special(), **how: Any
    ):
        self.section = section
        self.special = special
        self.key = key or section.file_keys[0]
        self.asked = Asked(**how)
        self.file, self.layout = open_file(section, path, self.asked, also="ID".__eq__)
        if self.key == "id" and "ID" in self.file.header:
            # Our numbers are no field of a file, but for who asks for them.
            self.layout.places.setdefault("id", self.file.header.index("ID"))
            unused = tuple(one for one in self.layout.unused if one[0] != "ID")
            self.layout = replace(self.layout, unused=unused)
        if not {self.key, *special.keys} & self.layout.places.keys():
            raise lacks(self.layout, [told_as(section, one) for one in special.keys or (self.key,)])
        self.form, save = section.written_by()
        self.save = special.save or save
        self.required = required_in(section.slug)
        self.places = {
            one.name: place
            for one in section.fields
            if one.name in self.layout.places and (place := stored(section.model, one))
        }
        self.dates = [
            name for name, place in self.places.items() if kinds.kind_of(place.model_field) in DATES
        ]
        self.survey = survey_of(self.file, self.layout, dates=() if self.asked.dates else self.dates)
        self._refuse_without_needed()
        self.understood = understood(section, self.layout)
        self.notices = [*notices_of(section, self.file, self.layout), *self.survey.sentences(self.layout)]

    def _refuse_without_needed(self) -> None:
        """A column that is needed for new records is missing, and no row is about another one: said once (I8)."""
        needed = set(self._needed()) - self.required
        missing = [name for name in self.form.fields if name in needed and name not in self.layout.places]
        if missing and not any(self._known()):
            raise lacks(self.layout, [told_as(self.section, name) for name in missing])

    def _needed(self) -> Iterator[str]:
        """The fields without which there is no new record."""
        for name, field in self.form.fields.items():
            if (field.required and self._default_of(name) is None) or name in self.required:
                yield name

    def _known(self) -> Iterator[bool]:
        """Of each row that fits, whether it is about a record that is here; once yes in a file without rows."""
        cells, records, rows = self.cells(), self.records(), self.file.rows()
        if not self.file.length:
            yield True
        while block := list(islice(rows, BLOCK)):
            records.look_up(*self._asked(block))
            for row in block:
                if (fit := fitted(row.cells, len(self.layout.names))) is not None:
                    yield records.of(cells.read(row.line, fit)) is not None

    def run(
        self,
        *,
        by: Actor,
        dry_run: bool = False,
        tell: Callable[[Fault], None],
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        """Take all good rows in and tell the others (`take_in_whole`)."""
        return take_in_whole(self, by=by, dry_run=dry_run, tell=tell, progress=progress)

    @property
    def block(self) -> int:
        """So many rows go in together."""
        return BLOCK

    def taking(self, *, by: Actor, dry_run: bool) -> "_Taking":
        """What takes the rows in, block after block."""
        return _Taking(self, by, dry_run=dry_run)

    def take_in(self, rows: list[Row], cells: Cells, records: Records, report: Report, by: Actor) -> None:
        """Take the rows of a block in, each by the section's own service."""
        records.look_up(*self._asked(rows))
        for row in rows:
            self._take_in_row(row, cells, records, report, by)
        self.special.saved([one.record for one in report.touched], by=by)

    def cells(self) -> Cells:
        """What reads the cells of the file."""
        orders = {name: self.asked.dates or self.survey.order_of(name) for name in self.dates}
        readers = {name: reader_of(place, order=orders.get(name, "")) for name, place in self.places.items()}
        if self.special.readers:
            readers |= {name: one for name, one in self.special.readers(self).items() if name in readers}
        keys = frozenset(self.section.file_keys)
        return Cells(self.layout, readers, as_written=keys - {"id"}, repeated=frozenset(readers) - {self.key})

    def records(self) -> Records:
        """What knows which records the rows are about."""
        if self.special.records:
            return self.special.records(self)
        return Records(self.section, self.key, self.section.file_keys[:-1])

    def _asked(self, block: list[Row]) -> tuple[set[int], dict[str, set[str]]]:
        """The numbers, and by field the texts, by which these rows may name records."""
        cells = {
            name: {row.cells[place].strip() for row in block if place < len(row.cells)}
            for name, place in self.layout.places.items()
            if name == self.key or name in self.section.file_keys or name in self.special.keys
        }
        numbers = {number for one in cells.pop("id", ()) if (number := whole(one)) is not None}
        return numbers, cells

    def _take_in_row(self, row: Row, cells: Cells, records: Records, report: Report, by: Actor) -> None:
        columns = len(self.layout.names)
        fit = fitted(row.cells, columns)
        if fit is None:
            report.refuse([misfit(row, columns)])
            return
        if too_long := cell_too_long(row.line, fit, self.layout):
            report.refuse([too_long])
            return
        checked = cells.read(row.line, fit)
        found = records.of(checked)
        self.special.completed(checked, found)
        left_out, faults = self._parted(list(self._of_cells(checked, found)))
        for name, _fault in left_out:
            checked.faults.pop(name, None)
            checked.values.pop(name, None)
        faults += self._faults(checked, found, records)
        values = {name: value for name, value in checked.values.items() if name != "id"}
        if not faults and found is not None:
            values = {name: value for name, value in values.items() if not _is_stored(found, name, value)}
            if not values:
                report.unchanged += 1
                records.note(found, row.line)
                return
        before = str(found)
        if not faults:
            try:
                with transaction.atomic():
                    saved = self.save(found, self._complete(values, found), by=by)
            except (ValidationError, NotAllowed, Conflict) as refusal:
                faults = list(self._refusals(refusal, checked))
        if faults:
            report.refuse(faults)
            return
        records.note(saved, row.line)
        for _name, fault in left_out:
            report.leave_out(fault)
        report.touched.append(Touched(saved.pk, row.line, found is None))
        if found is None:
            report.created += 1
            return
        report.updated += 1
        if self.key == "id" and fold(str(saved)) != fold(before):
            facts = {"id": saved.pk, "name": before, "other": str(saved)}
            report.rename(_("ID %(id)s: %(name)s → %(other)s") % facts)

    def _complete(self, values: dict[str, Any], found: models.Model | None) -> dict[str, Any]:
        """The values of a new record, with the usual ones of its form where the file says nothing."""
        if found is not None:
            return values
        usual = {name: value for name, value in self.form.initial.items() if value is not None}
        blank = {
            name: ""
            for name, field in self.section.form_fields.items()
            if isinstance(field, forms.CharField) and name not in usual
        }
        return {**blank, **usual, **values}

    def _parted(self, faults: list[tuple[str, Fault]]) -> tuple[list[tuple[str, Fault]], list[Fault]]:
        """The cells without which a row goes in where that was asked for (decision 45), and what refuses it."""
        needed = (
            {*self._needed(), self.key, "id"} if self.asked.without_bad_cells else set(self.layout.places)
        )
        left_out = [one for one in faults if one[0] not in needed]
        return left_out, [fault for name, fault in faults if name in needed]

    def _of_cells(self, row: Checked, found: models.Model | None) -> Iterator[tuple[str, Fault]]:
        """What is wrong with the cells of a row; a stored value that breaks a rule may stay (decision 5)."""
        for name, (value, broken) in row.faults.items():
            if found is None or not _is_stored(
                found, name, value if value is not None else row.texts[name].strip()
            ):
                yield name, self._fault(row, name, sentence(broken))
        for name, value in list(row.values.items()):
            if (found is None or not _is_stored(found, name, value)) and (
                said := self._refused_by_form(name, value)
            ):
                yield name, self._fault(row, name, said)

    def _faults(self, row: Checked, found: models.Model | None, records: Records) -> Iterator[Fault]:
        """What else is wrong with a row: that an earlier one is about its record, or what a new record lacks."""
        if found is not None and (line := records.line_of(found)):
            yield self._fault(row, self.key, sentence(Broken("again", line=line)))
        if found is not None:
            return
        for name in self._needed():
            if name in row.faults:
                continue
            if name not in row.texts:
                yield self._fault(
                    row, name, sentence(Broken("missing")), repeated=name not in self.layout.places
                )
            elif name in self.required and row.values.get(name) is False:
                yield self._fault(row, name, sentence(Broken("required_on")))

    def _default_of(self, name: str) -> Any:
        return self.form.initial.get(name)

    def _refused_by_form(self, name: str, value: Any) -> str:
        """What the field of the form says against a number or an amount, "" for nothing: its bounds."""
        place = self.places.get(name)
        if place is None or name not in self.form.fields or not _is_counted(place):
            return ""
        try:
            self.form.fields[name].clean(value)
        except ValidationError as refusal:
            return refusal.messages[0]
        return ""

    def _refusals(self, refusal: Exception, row: Checked) -> Iterator[Fault]:
        if isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
            for name, errors in refusal.message_dict.items():
                yield from (self._fault(row, name, said) for said in errors)
        elif isinstance(refusal, ValidationError):
            yield from (self._fault(row, "", said) for said in refusal.messages)
        else:
            yield self._fault(row, "", getattr(refusal, "message", str(refusal)))

    def _fault(self, row: Checked, name: str, said: str, *, repeated: bool = False) -> Fault:
        in_file = name in self.layout.places
        column = self.layout.name_of(name) if in_file else name and label_of(self.section, name)
        return Fault(row.line, column, row.texts.get(name, "").strip(), said, repeated)


class _Taking:
    """The rows of one file on their way in; it knows what the earlier ones were about."""

    def __init__(self, work: RowsImport, by: Actor, *, dry_run: bool):
        self.work, self.by, self.dry_run = work, by, dry_run
        self.cells, self.records = work.cells(), work.records()

    def take_in(self, rows: list[Row], report: Report) -> None:
        """The rows of a block; those of a dry run are undone at once."""
        with one_block(dry_run=self.dry_run):
            self.work.take_in(rows, self.cells, self.records, report, self.by)

    def replay(self, rows: list[Row], created: dict[int, int]) -> None:
        """Rows that went in before."""
        with one_block(dry_run=True):
            self.work.take_in(rows, self.cells, self.records, Report.of_block(dry_run=True), self.by)
        self.records.came(created)


def _is_counted(place: Stored) -> bool:
    return kinds.kind_of(place.model_field) in (kinds.Kind.PERCENT, kinds.Kind.AMOUNT, kinds.Kind.NUMBER)


def _is_stored(found: models.Model, name: str, value: Any) -> bool:
    """Whether this is what the record has already."""
    if isinstance(value, list):
        return {one.pk for one in value} == set(getattr(found, name).values_list("pk", flat=True))
    return getattr(found, name) == value


def misfit(row: Row, columns: int) -> Fault:
    """Why a row with more or fewer cells than the header has columns stays out (S4.30–S4.34, B13)."""
    found = values_in(row.cells)
    said = ngettext(
        "The row has %(found)s value, but the header names %(columns)s columns; nothing of it was taken in.",
        "The row has %(found)s values, but the header names %(columns)s columns; nothing of it was taken in.",
        found,
    )
    return Fault(row.line, "", "", said % {"found": found, "columns": columns})


def cell_too_long(line: int, cells: list[str], layout: Layout) -> Fault | None:
    """Why a row with an endless cell stays out; the others go in (I16)."""
    for name, cell in zip(layout.names, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            broken = Broken("too_long", limit_value=LONGEST_CELL, show_value=len(cell))
            return Fault(line, name, cell, sentence(broken))
    return None


class _Undone(Exception):
    """Ends a block of a dry run, and all that it wrote."""


@contextmanager
def one_block(*, dry_run: bool) -> Iterator[None]:
    """Rows that go in together. Those of a dry run are undone at once, before a stored count is moved: nobody waits for
    more than one block (D18)."""
    with suppress(_Undone), one_change():
        yield
        if dry_run:
            raise _Undone
