"""The import of any section that declares its fields: a row is judged as its form would judge it, and saved as the form
would save it, by the section's own service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..database.counting import one_change
from ..database.folding import fold
from ..faults import sentence
from ..numbers import whole
from ..records.actors import Actor
from ..records.errors import Conflict, NotAllowed
from ..records.events import Kind, record
from ..records.required_fields import required_in
from ..rules import Broken
from ..screen import formats
from ..sections import Section, kinds
from ..sections.stored import Stored, stored
from .cells import Cells, Checked, is_typed, reader_of
from .columns import columns_of, label_of
from .reading import CsvFile, Row, Unreadable, fitted, values_in
from .records import Records
from .report import Fault, Report

BLOCK = 500


def is_importable(section: Section) -> bool:
    """Whether records of the section can come from files: somebody may write them, and a file can name one."""
    return section.editing is not None and bool(keys_of(section))


def keys_of(section: Section) -> tuple[str, ...]:
    """The fields by which a row can say which record it is about: those without a second of its kind, then the id."""
    names = {one.name for one in section.model._meta.concrete_fields if one.unique and not one.primary_key}
    unique = tuple(one.name for one in section.fields if one.name in names and one.stands_at("files"))
    return (*unique, "id") if unique else ()


class RowsImport:
    """One file for one section, opened and understood; `run()` takes it in. Raises Unreadable before that.

    `key` says by what rows are recognised, the first of `keys_of` by default. `notices` are sentences about the
    columns, to be told first.
    """

    def __init__(
        self, section: Section, path: str | Path, *, key: str = "", encoding: str = "", delimiter: str = ""
    ):
        self.section = section
        self.key = key or keys_of(section)[0]
        self.columns = columns_of(section)
        self.file = CsvFile(path, knows=self._knows, encoding=encoding, delimiter=delimiter)
        self.layout = self.columns.layout_of(self.file.header)
        if self.key == "id" and "ID" in self.file.header:
            # Our numbers are no field of a file, but for who asks for them.
            self.layout.places.setdefault("id", self.file.header.index("ID"))
            unused = tuple(one for one in self.layout.unused if one[0] != "ID")
            self.layout = replace(self.layout, unused=unused)
        if self.key not in self.layout.places:
            raise Unreadable(self._lacks())
        self.notices = notices_of(self.layout.unused)
        self.places = {
            one.name: place
            for one in section.fields
            if one.name in self.layout.places and (place := stored(section.model, one))
        }
        self.form, self.save = section.written_by()

    def _knows(self, name: str) -> bool:
        return self.columns.knows(name) or name == "ID"

    def _lacks(self) -> str:
        return _("These columns are missing: %(columns)s. The first line has: %(header)s.") % {
            "columns": label_of(self.section, self.key),
            "header": ", ".join(map(formats.quoted, self.layout.names)),
        }

    def run(
        self,
        *,
        by: Actor,
        dry_run: bool = False,
        tell: Callable[[Fault], None],
        progress: Callable[[int], None] = lambda done: None,
    ) -> Report:
        """Take all good rows in and tell the others; `progress` hears how many rows were looked at.

        `by` is written into history and activity; a dry run writes nothing at all. Ctrl-C stops it between two
        blocks; the same file can be taken in again.
        """
        report = Report(tell=tell, dry_run=dry_run)
        with until_stopped(report):
            self._take_in(report, by, progress)
        if not dry_run:
            write_down(self.section.slug, self.file.path.name, report, by=by)
        return report

    def _take_in(self, report: Report, by: Actor, progress: Callable[[int], None]) -> None:
        readers = {name: reader_of(place) for name, place in self.places.items()}
        typed = frozenset(name for name, place in self.places.items() if is_typed(place))
        cells = Cells(self.layout, readers, typed=typed, repeated=frozenset(readers) - {self.key})
        required = required_in(self.section.slug)
        records = Records(self.section, self.key, keys_of(self.section)[:-1])
        done, rows = 0, self.file.rows()
        while block := list(islice(rows, BLOCK)):
            with one_block(dry_run=report.dry_run):
                records.look_up(*self._asked(block))
                for row in block:
                    self._take_in_row(row, cells, records, required, report, by)
            done += len(block)
            progress(done)

    def _asked(self, block: list[Row]) -> tuple[set[int], dict[str, set[str]]]:
        """The numbers, and by field the texts, by which these rows may name records."""
        cells = {
            name: {row.cells[place].strip() for row in block if place < len(row.cells)}
            for name, place in self.layout.places.items()
            if name == self.key or name in keys_of(self.section)
        }
        numbers = {number for one in cells.pop("id", ()) if (number := whole(one)) is not None}
        return numbers, cells

    def _take_in_row(
        self, row: Row, cells: Cells, records: Records, required, report: Report, by: Actor
    ) -> None:
        columns = len(self.layout.names)
        fit = fitted(row.cells, columns)
        if fit is None:
            report.refuse([misfit(row, columns)])
            return
        checked = cells.read(row.line, fit)
        found = records.of(checked)
        faults = list(self._faults(checked, found, records, required))
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

    def _faults(
        self, row: Checked, found: models.Model | None, records: Records, required
    ) -> Iterator[Fault]:
        """What is wrong with a row; a stored value that breaks a rule may stay (decision 5)."""
        for name, (value, broken) in row.faults.items():
            if found is None or not _is_stored(
                found, name, value if value is not None else row.texts[name].strip()
            ):
                yield self._fault(row, name, sentence(broken))
        for name, value in list(row.values.items()):
            if (found is None or not _is_stored(found, name, value)) and (
                said := self._refused_by_form(name, value)
            ):
                yield self._fault(row, name, said)
        if found is not None and (line := records.line_of(found)):
            yield self._fault(row, self.key, sentence(Broken("again", line=line)))
        for name, field in self.form.fields.items():
            needed = (field.required and self._default_of(name) is None) or name in required
            if found is None and needed and name not in row.texts:
                yield self._fault(row, name, sentence(Broken("missing")))
            elif found is None and name in required and row.values.get(name) is False:
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

    def _fault(self, row: Checked, name: str, said: str) -> Fault:
        in_file = name in self.layout.places
        column = self.layout.name_of(name) if in_file else name and label_of(self.section, name)
        return Fault(row.line, column, row.texts.get(name, "").strip(), said)


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


def notices_of(unused: tuple[tuple[str, str], ...]) -> list[str]:
    """The columns that are not read, those of one reason in one sentence."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in unused:
        by_reason.setdefault(reason, []).append(formats.quoted(name))
    said = []
    for reason, names in by_reason.items():
        one = ngettext(
            "Column %(columns)s is not used: %(reason)s.",
            "Columns %(columns)s are not used: %(reason)s.",
            len(names),
        )
        said.append(one % {"columns": ", ".join(names), "reason": reason})
    return said


@contextmanager
def until_stopped(report: Report) -> Iterator[None]:
    """Ctrl-C between two blocks ends a file; what went in before stays."""
    try:
        yield
    except KeyboardInterrupt:
        report.stopped = True


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


def write_down(slug: str, file: str, report: Report, *, by: Actor) -> None:
    """One line on the activity page for what an import did."""
    facts = {"created": report.created, "updated": report.updated, "refused": report.refused}
    record(Kind.IMPORT, by=by, target=slug, rows=report.rows, file=file[:100], **facts)
