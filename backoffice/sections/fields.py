"""A field is data: one frozen value from which form, column, filter, search, files, panel and history come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model

from ..personal import Personal
from ..tables.columns import TextColumn
from ..tables.filters import Filter
from ..tables.presence import NOT_KNOWN_OR_KNOWN
from ..texts import Text


class Join(StrEnum):
    """How the values of two people's records would be joined into one (decision 53)."""

    KEEP = "keep"  # that of the record which stays, else the other one's
    BOTH = "both"  # lists united, texts one after the other
    SUM = "sum"
    EARLIEST = "earliest"
    LATEST = "latest"
    AGREED = "agreed"  # yes only where both say yes
    NEVER = "never"  # it belongs to its record alone


DOORS = ("form", "column", "filter", "fact", "files")


@dataclass(frozen=True)
class Files:
    """What a field is called in files of any language and system, parted by semicolons; case and accents do not count.

    The first names count most where several columns mean the field; what our own pages call it is known besides.
    `perhaps` are names that may mean it: proposed, never taken unasked. `not_taken` says why such a column is not read
    at all; `told` what a run calls the field, where its label says too little.
    """

    names: str
    not_taken: Text = ""
    perhaps: str = ""
    told: Text = ""


class Said(NamedTuple):
    """What a field is called and explained by, and what raises `Broken` for a value that looks wrong."""

    label: Text
    help: Text = ""
    doubt: Callable[[Any], Any] | None = None


class States(NamedTuple):
    """What a record is called by a switch, on and off, and the title that goes with both."""

    title: Text
    on: Text
    off: Text


class RequiredRow(NamedTuple):
    """A row of the page of required fields: the technical name, and a sentence about what requiring the field means.

    `given`: nobody chooses it, since the field always has a value (True), or never can have one (False) (B10); `title`
    is what such a field is called.
    """

    name: str
    why: Text = ""
    given: bool | None = None
    title: Text = ""


@dataclass(frozen=True, kw_only=True)
class Switch:
    """A yes/no that acts at a click: `run(record, field, value, *, by)` does it and returns the record.

    `said` are the words for on and off, with %(name)s in them; `states` what the record is called then; `hint` what to
    bear in mind when it is on; `more` the URL name, with record and field as arguments, and the title of what is next;
    `doubt(record)` says what speaks against it in this record, "" for nothing.
    """

    run: Callable[..., Model]
    said: tuple[Text, Text]
    states: States | None = None
    hint: Text = ""
    more: tuple[str, Text] | None = None
    doubt: Callable[[Any], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """How a record's page tells a field: `value(record)` in words, "" for nothing to tell.

    `explained` is the explanation of the page that says how it comes about.
    """

    value: Callable[[Any], str]
    label: Text = ""
    explained: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """One field of a section: what it is, and at which doors it stands. All doors are derived from its model field.

    name: the model's field, or a name of its own for what is worked out (`column`, `fact` then say how);
    personal, why, join: its mark; a text marked NONE says why;
    label, help: as on the form, the model's verbose name without; title: of column and filters, where they say it
    otherwise; short: an abbreviated title of the column, and what it says in full;
    group: the group of the form it stands in, "" keeps it out of the form;
    once: said when a record is made, and by no form of it afterwards: history puts it back never;
    rule: judges a value that was typed or read, and raises `Broken`;
    doubt: raises it for a value that is saved all the same, and marked where it is shown and typed (decision 7);
    said_in: label, help and doubt where they depend on the record (None for a new one), see `Said`; files and settings,
    which are about all records, keep to the above;
    required_as: the technical name by which staff may make it required (S1.28);
    path: where its stored figure lies, seen from the record; files: see `Files`;
    form, column: build the door of that name in place of the kind's own, of the same keywords;
    asked_as: what the kind's own filters begin with, where not with the name; known: what they call having no value
    and having one; filters: the filters it is found by, in place of the kind's own; fact: see `Fact`;
    custom: where the values lie of a field that staff declared (`sections/custom.py`);
    without: the doors it does not stand at.
    """

    name: str = field(kw_only=False)
    personal: Personal
    why: str = ""
    join: Join | None = None
    label: Text = ""
    title: Text = ""
    short: tuple[Text, Text] | None = None
    help: Text = ""
    group: str = ""
    once: bool = False
    rule: Callable[[Any], Any] | None = None
    doubt: Callable[[Any], Any] | None = None
    said_in: Callable[[Any], Said] | None = None
    required_as: str = ""
    path: str = ""
    files: Files | str = ""
    switch: Switch | None = None
    form: Callable[..., forms.Field] | None = None
    column: Callable[..., TextColumn] | None = None
    asked_as: str = ""
    known: tuple[Text, Text] = NOT_KNOWN_OR_KNOWN
    filters: dict[str, Filter] | None = None
    fact: Fact | None = None
    custom: Any = None
    without: tuple[str, ...] = ()

    def stands_at(self, door: str) -> bool:
        """Whether the field has this door, one of DOORS."""
        return door not in self.without

    def said_of(self, record: Any) -> Said:
        """What it is called in that record, None for a new one; the label is "" where the model's name stands."""
        return self.said_in(record) if self.said_in else Said(self.label, self.help, self.doubt)

    @property
    def in_files(self) -> Files:
        """What files call it."""
        return self.files if isinstance(self.files, Files) else Files(self.files)


def kept(name: str, personal: Personal, *, why: str = "", join: Join | None = None) -> Field:
    """A stored field that stands at no door: staff neither see nor write it."""
    return Field(name, personal=personal, why=why, join=join, without=DOORS)
