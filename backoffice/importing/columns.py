"""The columns of a file by their names: those that a section's fields declare, and what our own pages call them.

Names are compared without case, accents, marks and what stands in brackets: "Titles ID (Mr = 1, Ms = 2, else 0)" is
`titles id`. Where several columns of a file mean the same, the one named first in the declaration is read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation

from ..database.folding import fold
from ..said import gettext as _
from ..said import of_label
from ..sections import Field, Section
from ..sections.stored import stored
from ..tables.csv_cells import mark_of
from .likeness import likeliest
from .reading import Unreadable, shown

_BRACKETS = re.compile(r"\([^()]*\)")


@cache
def compared(name: str) -> str:
    """A column name as it is compared. Magento's `_website` is its shop, `_address_company` the company."""
    if name.startswith("_") and not name.startswith("_address"):
        return name
    text = name if "metafields" in name else _BRACKETS.sub(" ", name)
    text = re.sub(r"[_\-–/*:.]+", " ", fold(text.replace("’", " ").replace("'", " ")))
    return " ".join(text.split())


@dataclass(frozen=True)
class Layout:
    """Where in a file each field stands, and what of it is not read: pairs of column name and reason.

    `likely` are pairs of such a column and the field that it may be. `is_own`: the file is an export of ours; its ids
    are ours, and its figures are worked out here (decision 22).
    """

    names: tuple[str, ...]
    places: dict[str, int]
    unused: tuple[tuple[str, str], ...]
    is_own: bool
    likely: tuple[tuple[str, str], ...] = ()

    def name_of(self, field: str) -> str:
        """What the file calls the column of this field."""
        return self.names[self.places[field]]


class Columns:
    """What a section's fields are called in files. `field_of` has each known name with its field and rank, `perhaps`
    what a name may mean that is not known."""

    def __init__(self, section: Section):
        self.section = section
        self.mark = mark_of(section.slug)
        self.field_of: dict[str, tuple[Field, int]] = {}
        self.perhaps: dict[str, str] = {}
        asked = [field for field in section.fields if field.stands_at("files")]
        for field in asked:
            for rank, name in enumerate(_parted(field.in_files.names)):
                self._learn(field, name, rank)
        for field in asked:
            for rank, name in enumerate(_labels_of(section, field), start=1_000):
                self._learn(field, name, rank)
        for name, (field, _rank) in self.field_of.items():
            if not field.in_files.not_taken:
                self.perhaps[name] = field.name
        for field in asked:
            self.perhaps |= {compared(name): field.name for name in _parted(field.in_files.perhaps)}

    def _learn(self, field: Field, name: str, rank: int) -> None:
        if word := compared(name.strip()):
            self.field_of.setdefault(word, (field, rank))

    def knows(self, name: str) -> bool:
        """Whether this cell is a column name that files of this section have."""
        return compared(name) in self.field_of

    def told(self, pairs: Iterable[tuple[str, str]], header: list[str]) -> dict[int, Field | None]:
        """By their places the columns of which somebody said what they are, None for those to be left out (I6, I7).

        Raises Unreadable where there is no such column or no such field.
        """
        found: dict[int, Field | None] = {}
        for column, name in pairs:
            places = [place for place, one in enumerate(header) if one.strip() == column] or [
                place for place, one in enumerate(header) if compared(one) == compared(column)
            ]
            if not places:
                said = _("There is no column “%(column)s”. The first line has: %(header)s.")
                known = ", ".join(f"“{shown(one, 60)}”" for one in header)
                raise Unreadable(said % {"column": shown(column, 60), "header": known})
            field = self._field_named(name) if name else None
            if field and field in found.values():
                said = _("Two columns are said to be “%(field)s”.")
                raise Unreadable(said % {"field": told_as(self.section, field.name)})
            found[places[0]] = field
        return found

    def _field_named(self, name: str) -> Field:
        field = self.section.field(name)
        if field is None or not field.stands_at("files"):
            field, _rank = self.field_of.get(compared(name), (None, 0))
        if field is not None and not field.in_files.not_taken:
            return field
        if field is not None:
            said = _("Nothing can be read as “%(field)s”: %(reason)s.")
            reason = field.in_files.not_taken
            raise Unreadable(said % {"field": told_as(self.section, field.name), "reason": reason})
        taken = (one for one in self.section.fields if one.stands_at("files") and not one.in_files.not_taken)
        said = _("There is no field “%(name)s”. There are: %(fields)s.")
        raise Unreadable(said % {"name": shown(name, 60), "fields": ", ".join(one.name for one in taken)})

    def layout_of(self, header: list[str], told: dict[int, Field | None] | None = None) -> Layout:
        """How the columns of this header are read; `told` is what somebody said of some of them."""
        told = told or {}
        ranked: dict[str, tuple[int, int]] = {one.name: (-1, place) for place, one in told.items() if one}
        unused: dict[int, str] = {place: _("left out as asked") for place, one in told.items() if one is None}
        unknown: list[int] = []
        again = _("another column says it already")
        for place, name in enumerate(header):
            word = compared(name)
            field, rank = self.field_of.get(word, (None, 0))
            if place in told or name == self.mark:
                continue
            if field is None:
                unused[place] = _("nothing here has this name") if word else _("it has no name")
                unknown.append(place)
            elif field.in_files.not_taken:
                unused[place] = str(field.in_files.not_taken)
            elif field.name in ranked and ranked[field.name][0] <= rank:
                unused[place] = again
            else:
                if field.name in ranked:
                    unused[ranked[field.name][1]] = again
                ranked[field.name] = (rank, place)
        places = {name: place for name, (_rank, place) in ranked.items()}
        return Layout(
            names=tuple(shown(name, 60) or f"({place + 1})" for place, name in enumerate(header)),
            places=places,
            unused=tuple((shown(header[place], 60), unused[place]) for place in sorted(unused)),
            is_own=self.mark in header,
            likely=tuple(self._likely([header[place] for place in unknown], set(places))),
        )

    def _likely(self, names: list[str], taken: set[str]) -> Iterable[tuple[str, str]]:
        """What columns may be that nobody knows by name: of fields that no other column is, each once."""
        for name in names:
            word = compared(name)
            field = self.perhaps.get(word) or likeliest(word, self.perhaps)
            if field and field not in taken:
                taken.add(field)
                yield name, field


def _parted(names: str) -> list[str]:
    return [name for name in names.split(";") if name.strip()]


def understood(section: Section, layout: Layout) -> list[tuple[str, str]]:
    """What each column that is read was understood as: its name, and what people call the field (I6)."""
    pairs = sorted((place, field) for field, place in layout.places.items())
    return [(layout.names[place], told_as(section, field)) for place, field in pairs]


def told_as(section: Section, name: str) -> str:
    """What a run calls a field: what its column is called, in full where that is short."""
    field = section.field(name)
    place = field and stored(section.model, field)
    title = place.title if place else field and field.title
    told = field and (field.in_files.told or (field.short and field.short[1]) or title)
    return of_label(told or label_of(section, name))


def label_of(section: Section, name: str) -> str:
    """What people call a field, in the reader's language: our names for it are nobody's (V10)."""
    if name == "id":
        return _("ID")
    field = section.field(name)
    place = stored(section.model, field) if field else None
    form_field = section.form_fields.get(name)
    return of_label(
        (place and place.label) or (field and field.label) or (form_field and form_field.label) or name
    )


def _labels_of(section: Section, field: Field) -> list[str]:
    """What our own list and form call it, in every language."""
    place = stored(section.model, field)
    column = section.table.columns.get(field.name)
    said: list[Any] = [column.title if column else "", place.label if place else field.label]
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += [str(one) for one in said if one]
    return found


@lru_cache(maxsize=50)
def columns_of(section: Section) -> Columns:
    """The column names of a section, learnt once a process, and once more when staff declare a field."""
    return Columns(section)
