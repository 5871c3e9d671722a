"""The cells of a row read and judged, field by field, by the rules of the form (decision 27)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import translation

from ..database.folding import fold
from ..rules import Broken, at_most
from ..sections.kinds import Kind, kind_of
from ..sections.stored import Stored
from ..sections.usual import NAMES
from ..tables.csv_cells import parted, unguarded
from . import meaning
from .columns import Layout

_REMEMBERED = 20_000
_SHORT = 100

DATES = (Kind.DAY, Kind.MOMENT)
# How a field is read, and then judged.
Reader = tuple[Callable[[str], Any], Callable[[Any], Any] | None]


@dataclass(slots=True)
class Checked:
    """A row of the file: its texts by field, what they mean, and what is wrong with them.

    `faults` has what was read (None where nothing could be) beside the fault: a stored value that breaks a rule may
    stay (decision 5). Fields whose cell is empty are in none of the three. A warning is of a field; `left_out` are the
    faults of cells without which the row goes in (decision 45).
    """

    line: int
    texts: dict[str, str]
    values: dict[str, Any]
    faults: dict[str, tuple[Any, Broken]]
    warnings: list["Warned"]
    left_out: list[tuple[str, Broken]] = field(default_factory=list)


# A field, what is said about its cell, and an example where the same is said of many.
Warned = tuple[str, str] | tuple[str, str, str]


class Cells:
    """Reads the rows of one file by the readers of its fields.

    `names` are the fields of people's names, in which no word is nothing; `as_written` those in which whatever stands
    there is a value; `repeated` those whose cells are the same again and again; `with_nothing` those for which a value
    of None is one.
    """

    def __init__(
        self,
        layout: Layout,
        readers: dict[str, Reader],
        *,
        names: frozenset[str] = frozenset(),
        as_written: frozenset[str] = frozenset(),
        repeated: frozenset[str] = frozenset(),
        with_nothing: frozenset[str] = frozenset(),
    ):
        self.layout = layout
        self.readers = readers
        self.with_nothing = with_nothing
        # Each column with what its cells were found to mean, where the same ones come again and again.
        self.columns: list[tuple[int, str, dict[str, Any] | None, bool, bool]] = [
            (place, name, {} if name in repeated else None, name not in as_written, name in names)
            for place, name in sorted((place, name) for name, place in layout.places.items())
        ]

    def read(self, line: int, cells: list[str]) -> Checked:
        """One record, whose cells are as many as the columns."""
        row = Checked(line, {}, {}, {}, [])
        values = row.values
        for place, name, known, may_be_nothing, of_a_name in self.columns:
            text = cells[place]
            if "'" in text:
                text = unguarded(text)
            word = text.strip()
            if not word or (may_be_nothing and meaning.is_nothing(word, of_a_name=of_a_name)):
                continue
            row.texts[name] = text
            if known is None or len(word) > _SHORT:
                value, broken = self._judge(name, word)
            elif word in known:
                value, broken = known[word]
            else:
                if len(known) >= _REMEMBERED:
                    known.clear()
                value, broken = known[word] = self._judge(name, word)
            if broken:
                row.faults[name] = (value, broken)
            elif value is not None or name in self.with_nothing:
                values[name] = value
        return row

    def _judge(self, name: str, word: str) -> tuple[Any, Broken | None]:
        read, judge = self.readers[name]
        value = None
        try:
            value = read(word)
            return (judge(value) if judge and value is not None else value), None
        except Broken as broken:
            return value, broken


# A text whose column sets no end is as long as a file's cell may be.
NO_END = 10_000_000


def reader_of(place: Stored, *, order: str = "") -> Reader:
    """How cells of a declared field are read and judged, by its kind and its rule; `order` is that of its dates."""
    kind = kind_of(place.model_field)
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        limit = place.model_field.max_length or NO_END
        return str, partial(_judged, place.rule, limit) if place.rule else partial(at_most, limit=limit)
    if kind in DATES:
        return partial(meaning.day if kind is Kind.DAY else meaning.moment, order=order), place.rule
    return _READERS[kind](place), place.rule


def _judged(rule: Callable[[str], str], limit: int, text: str) -> str:
    """The rule's verdict on a text that fits the field."""
    return rule(at_most(text, limit))


def _amount(text: str) -> Any:
    found = meaning.amount(text)
    return found and found.value


def _words_for(place: Stored) -> Callable[[str], Any]:
    """The value that a word stands for: what is stored, or its label in any language."""
    known: dict[str, Any] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for value, label in place.model_field.flatchoices:
                known.setdefault(fold(str(label)), value)
    known |= {fold(str(value)): value for value, _label in place.model_field.flatchoices}

    def read(text: str) -> Any:
        value = known.get(fold(text))
        if value is None:
            raise Broken("no_such_choice")
        return value

    return read


def _named(place: Stored) -> Callable[[str], Any]:
    """The record of a name, in whatever case and accents; loaded when the first cell asks."""
    known: dict[str, Any] = {}

    def read(text: str) -> Any:
        if not known:
            for record in place.related._default_manager.order_by("-pk"):
                names = (str(record), *(getattr(record, name, "") for name in NAMES))
                known.update((fold(name), record) for name in names if name)
        found = known.get(fold(text))
        if found is None:
            raise Broken("no_such_record")
        return found

    return read


def _all_named(place: Stored) -> Callable[[str], Any]:
    one = _named(place)
    return lambda text: [one(name) for name in parted(text)]


_READERS: dict[Kind, Callable[[Stored], Callable[[str], Any]]] = {
    Kind.YES_NO: lambda place: meaning.truth,
    Kind.CLOCK: lambda place: meaning.clock,
    Kind.PERCENT: lambda place: _amount,
    Kind.AMOUNT: lambda place: _amount,
    Kind.NUMBER: lambda place: meaning.whole,
    Kind.CHOICE: _words_for,
    Kind.RECORD: _named,
    Kind.RECORDS: _all_named,
}


def is_text(place: Stored) -> bool:
    """Whether any text at all may be a value of the field: a dash too."""
    return kind_of(place.model_field) in (Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE)
