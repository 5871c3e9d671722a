"""The columns of a file by their names: those that a section's fields declare, and what our own pages call them.

Names are compared without case, accents, marks and what stands in brackets: "Titles ID (Mr = 1, Ms = 2, else 0)" is
`titles id`. Where several columns of a file mean the same, the one named first in the declaration is read.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ..database.folding import fold
from ..sections import Field, Section
from ..sections.stored import stored
from .reading import shown

CURRENCY = "Currency"
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
    """Where in a file each field stands, and what of it is not read: pairs of column name and reason."""

    names: tuple[str, ...]
    places: dict[str, int]
    unused: tuple[tuple[str, str], ...]
    is_own: bool

    def name_of(self, field: str) -> str:
        """What the file calls the column of this field."""
        return self.names[self.places[field]]


class Columns:
    """What a section's fields are called in files. `field_of` has each known name with its field and rank."""

    def __init__(self, section: Section):
        self.section = section
        self.field_of: dict[str, tuple[Field, int]] = {}
        asked = [field for field in section.fields if field.stands_at("files")]
        for field in asked:
            for rank, name in enumerate(field.in_files.names.split(";") if field.in_files.names else ()):
                self._learn(field, name, rank)
        for field in asked:
            for rank, name in enumerate(_labels_of(section, field), start=1_000):
                self._learn(field, name, rank)
        self.own = _own_titles(section)

    def _learn(self, field: Field, name: str, rank: int) -> None:
        if word := compared(name.strip()):
            self.field_of.setdefault(word, (field, rank))

    def knows(self, name: str) -> bool:
        """Whether this cell is a column name that files of this section have."""
        return compared(name) in self.field_of

    def layout_of(self, header: list[str]) -> Layout:
        """How the columns of this header are read."""
        ranked: dict[str, tuple[int, int]] = {}
        unused: dict[int, str] = {}
        again = _("another column says it already")
        for place, name in enumerate(header):
            word = compared(name)
            field, rank = self.field_of.get(word, (None, 0))
            if field is None:
                unused[place] = _("nothing here has this name") if word else _("it has no name")
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
            is_own="ID" in header and {header[place] for place in places.values()} <= self.own,
        )


def label_of(section: Section, name: str) -> str:
    """What people call a field, in the reader's language: our names for it are nobody's (V10)."""
    if name == "id":
        return _("ID")
    field = section.field(name)
    place = stored(section.model, field) if field else None
    form_field = section.form_fields.get(name)
    return str(
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


def _own_titles(section: Section) -> frozenset[str]:
    """What our own export calls its columns. Its ids are ours, and its figures are worked out here (decision 22).

    Columns that somebody added beside them make no foreign file of it.
    """
    with translation.override("en"):
        titles = {str(one.title) for one in section.table.columns.values() if not one.in_files}
    return frozenset((*titles, CURRENCY))


@lru_cache(maxsize=50)
def columns_of(section: Section) -> Columns:
    """The column names of a section, learnt once a process, and once more when staff declare a field."""
    return Columns(section)
