"""Fields that staff declare: the same values as declared ones, read from a table (S4.23, decision 52, architecture 1).

Each value is a row of its own in the table behind `CustomFields.relation`: `field`, the column of its kind, and for
texts the folded `key` and `search_text`. A section is asked for the fields of this moment by `Section.now()`, or by
`at()` where the counters have been read already: every process sees a new field with the next request.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from ..custom import custom_name
from ..database.folding import plain
from ..database.search import word_condition
from ..forms.custom import KeptChoiceField
from ..forms.days import DayField
from ..personal import Personal
from ..rules import day_within_reach
from ..screen.folds import beginning_of
from ..tables import columns, custom_filters, day_filters, filters, presence
from ..tables.lookups import Lookup
from ..texts import Text
from .doors import in_words
from .fields import Field
from .kinds import Kind, kind_of
from .stored import Stored, stored

if TYPE_CHECKING:
    from .section import Section

GROUP = "custom"
# So many ids are handed on from the values to the search of the records themselves; of more, each record is asked.
_FEW = 20_000
_LARGEST = 1_000_000_000


@dataclass(frozen=True)
class Declared:
    """A field as staff declared it, in use; `names` by language, that of "" is the first one."""

    key: int
    names: tuple[tuple[str, str], ...]
    kind: Kind
    column: str
    choices: tuple[str, ...]
    personal: Personal
    in_list: bool
    in_search: bool

    @property
    def name(self) -> str:
        """What it is called in forms and query strings."""
        return custom_name(self.key)

    @property
    def title(self) -> Text:
        """What people call it, in the language of whoever reads."""
        return _local(self.names)


def _in_language(names: tuple[tuple[str, str], ...]) -> str:
    known = dict(names)
    return known.get((get_language() or "")[:2]) or known[""]


_local = lazy(_in_language, str)


@dataclass(frozen=True, kw_only=True)
class CustomFields:
    """That staff may declare fields of a section.

    declared: those in use as a tuple of `Declared`, in their order; relation: the rows of values, seen from a record,
    whose attribute `custom` has them by the field's name; title: of their group on the form; panel: makes the block of
    the page of what its `content` tells, and `after` is the block before it;
    search: the filter that asks the search column; latest: `latest(record, names)` are the newest rows of history of
    these fields, by name; before: what stood in the field before such a row, `before(record, entry, name=)`;
    section: the section as it was declared, in one that has such fields.
    """

    declared: Lookup
    relation: str
    title: Text
    panel: Callable[..., Any]
    after: str
    search: str
    latest: Callable[..., dict[str, int]]
    before: Callable[..., Any]
    section: Section | None = None


@dataclass(frozen=True)
class Place:
    """Where the values of one field lie: the model of the rows, whose they are, and the column as a field by itself."""

    declared: Declared
    values: type[models.Model]
    owner: str
    model_field: Any

    @property
    def name(self) -> str:
        """The relation to the one row that a record has of this field."""
        return self.declared.name

    @property
    def sorted_by(self) -> str:
        """The column that orders: of texts the folded copy."""
        return "key" if self.declared.column == "text" else self.declared.column

    @property
    def order(self) -> tuple[str, str]:
        """The fields of the index that orders records by it, the tie-breaker last."""
        return f"{self.name}__{self.sorted_by}", f"{self.name}__{self.owner}_id"

    @property
    def known(self) -> dict[str, Any]:
        """What a row meets that says anything: the condition of the index."""
        return {"key__gt": ""} if self.sorted_by == "key" else {f"{self.sorted_by}__isnull": False}

    def rows(self) -> QuerySet:
        """All values of the field."""
        return self.values._default_manager.filter(field=self.declared.key)

    def sorted_of(self, record: models.Model) -> Any:
        """What a record is sorted by, None where it has no value."""
        theirs = self.rows().filter(**self.known, **{self.owner: record.pk})
        return theirs.values_list(self.sorted_by, flat=True).first()

    def joined(self, rows: QuerySet) -> QuerySet:
        """The records with a value, joined with it."""
        return rows.filter(**{f"{self.name}__{test}": value for test, value in self.known.items()})

    def without(self) -> Q:
        """The condition of a record to have no value in it."""
        return ~Q(Exists(self.rows().filter(**self.known, **{self.owner: OuterRef("pk")})))

    def having(self) -> Q:
        """The condition of a record to have one."""
        return Q(pk__in=self.rows().filter(**self.known).values(self.owner))

    def ticked(self) -> Q:
        """The condition of a record to have a row at all.

        No column is named beside it: PostgreSQL would take the two to be independent, and few to have both.
        """
        return Q(**{f"{self.name}__isnull": False})


def section_with(section: Section, declared: tuple[Declared, ...]) -> Section:
    """The section with these fields as well, made once for each set of them."""
    declared_here = (section.custom and section.custom.section) or section
    return _made(declared_here, declared) if declared else declared_here


@lru_cache(maxsize=20)
def _made(section: Section, declared: tuple[Declared, ...]) -> Section:
    custom = section.custom
    assert custom is not None
    relation: Any = section.model._meta.get_field(custom.relation)
    places = [
        Place(one, relation.related_model, relation.remote_field.name, _model_field(one)) for one in declared
    ]
    own = tuple(map(_field, places))
    panel = custom.panel(content=partial(_facts, own))
    panels = section.page.panels
    place = next(place for place, one in enumerate(panels, 1) if one.name == custom.after)
    listing = section.listing
    changes: dict[str, Any] = {
        "fields": (*section.fields, *own),
        "listing": replace(
            listing,
            rows=partial(_rows, section, custom.relation, tuple(one.key for one in declared)),
            filters={**listing.filters, **_searching(section, custom, places)},
        ),
        "page": replace(
            section.page,
            panels=(*panels[:place], panel, *panels[place:]),
            lists_of_history={
                **section.page.lists_of_history,
                **{one.name: partial(custom.before, name=one.name) for one in own},
            },
        ),
    }
    assert section.editing is not None
    groups = {**section.editing.groups, GROUP: custom.title}
    editing = replace(section.editing, groups=groups, custom=replace(custom, section=section))
    return replace(section, editing=editing, **changes)


def _rows(section: Section, relation: str, keys: tuple[int, ...]) -> QuerySet:
    """All records, each custom field within reach by its name; what is not asked for is not joined."""
    return section.rows().annotate(
        **{
            custom_name(key): FilteredRelation(relation, condition=Q(**{f"{relation}__field": key}))
            for key in keys
        }
    )


def _field(place: Place) -> Field:
    one = place.declared
    doors = () if one.in_list else ("column", "filter")
    return Field(
        one.name,
        personal=one.personal,
        why="staff declared it so",
        label=one.title,
        group=GROUP,
        required_as=one.name,
        custom=place,
        form=_FORM_FIELDS.get(one.kind),
        rule=_within_reach if one.kind is Kind.DAY else None,
        column=_COLUMNS.get(one.kind),
        filters=_filters(place) if one.in_list else {},
        without=(*doors, "fact"),
    )


# A choice is its own word; a number says its title on the phone's cards.
_COLUMNS: dict[Kind, Callable[..., columns.TextColumn]] = {
    Kind.CHOICE: columns.TextColumn,
    Kind.NUMBER: partial(columns.NumberColumn, css="num sub"),
}


def _choice_field(**facts: Any) -> forms.Field:
    return KeptChoiceField(**facts)


# The three parts of a birthday are lists of the past; these days lie ahead as well.
_FORM_FIELDS: dict[Kind, Callable[..., forms.Field]] = {Kind.CHOICE: _choice_field, Kind.DAY: DayField}


def _within_reach(day: dt.date) -> dt.date:
    return day_within_reach(day, today=timezone.localdate())


def _model_field(one: Declared) -> Any:
    """The column of a kind as a field by itself, from which the doors are made as from any model's."""
    made = _MODEL_FIELDS[one.kind](one, {"verbose_name": one.title, "blank": True})
    made.set_attributes_from_name(one.column)
    return made


_BOUNDS = [MinValueValidator(0), MaxValueValidator(_LARGEST)]
_MODEL_FIELDS: dict[Kind, Callable[[Declared, dict], models.Field]] = {
    Kind.TEXT: lambda one, facts: models.CharField(max_length=255, **facts),
    Kind.LONG_TEXT: lambda one, facts: models.TextField(max_length=10_000, **facts),
    Kind.NUMBER: lambda one, facts: models.BigIntegerField(null=True, validators=_BOUNDS, **facts),
    Kind.AMOUNT: lambda one, facts: models.DecimalField(
        null=True, max_digits=15, decimal_places=2, validators=_BOUNDS[:1], **facts
    ),
    Kind.DAY: lambda one, facts: models.DateField(null=True, **facts),
    Kind.YES_NO: lambda one, facts: models.BooleanField(null=True, **facts),
    Kind.CHOICE: lambda one, facts: models.CharField(
        max_length=100, choices=[(choice, choice) for choice in one.choices], **facts
    ),
}


# --- Filters and search ---------------------------------------------------------------------------------------------

_ENDS = (gettext_lazy("From"), gettext_lazy("To"))
_DAYS = (pgettext_lazy("day", "{field} from"), pgettext_lazy("day", "{field} to"))
_NUMBERS = (pgettext_lazy("number", "{field} from"), pgettext_lazy("number", "{field} to"))


def _filters(place: Place) -> dict[str, filters.Filter]:
    one, name, label = place.declared, place.name, place.declared.title
    none = Q(place.without())
    if one.kind is Kind.YES_NO:
        return {name: custom_filters.TickedFilter(label, ticked=place.ticked(), unticked=none)}
    found = _of_kind(place)
    presence_filter = presence.PresenceFilter(label, field="", conditions=(none, place.having()))
    return {**found, f"{name}_is": presence_filter}


def _of_kind(place: Place) -> dict[str, filters.Filter]:
    one, name, label = place.declared, place.name, place.declared.title
    path = f"{name}__{one.column}"
    if one.kind is Kind.CHOICE:
        keys = {choice: plain(choice)[:255] for choice in one.choices}
        conditions = {choice: Q(**{f"{name}__key": key}) for choice, key in keys.items()}
        pairs = [(choice, choice) for choice in one.choices]
        return {name: filters.ChoiceFilter(label, choices=pairs, conditions=conditions)}
    if one.kind in (Kind.TEXT, Kind.LONG_TEXT):
        return {name: custom_filters.ValueTextFilter(label, values=place.rows, owner=place.owner)}
    if one.kind is Kind.DAY:
        return {
            f"{name}_{end}": day_filters.DateFilter(
                format_lazy(sentence, field=label), field=path, until=until, hint=hint
            )
            for end, until, sentence, hint in zip(
                ("after", "before"), (False, True), _DAYS, _ENDS, strict=True
            )
        }
    kind = filters.AmountFilter if one.kind is Kind.AMOUNT else filters.NumberFilter
    return {
        f"{name}_{end}": kind(format_lazy(sentence, field=label), field=path, lookup=lookup, hint=hint)
        for end, lookup, sentence, hint in zip(("min", "max"), ("gte", "lte"), _NUMBERS, _ENDS, strict=True)
    }


def _searching(section: Section, custom: CustomFields, places: Sequence[Place]) -> dict[str, filters.Filter]:
    """The quick search that also looks into the fields declared to be searched, none where none is."""
    searched = [one for one in places if one.declared.in_search]
    if not searched:
        return {}
    found: Any = copy.copy(section.listing.filters[custom.search])
    found.also = partial(_holding, searched[0], tuple(one.declared.key for one in searched))
    return {custom.search: found}


def _holding(place: Place, keys: tuple[int, ...], word: str) -> Q:
    """Whose values in one of these fields hold a plain word.

    Few are named, so that the search index of the records and their numbers answer together; many are asked for.
    """
    found = place.values._default_manager.filter(word_condition(word), field__in=keys).order_by()
    owners = found.values_list(f"{place.owner}_id", flat=True)
    some = set(owners[: _FEW + 1])
    if len(some) > _FEW:
        return Q(Exists(found.filter(**{place.owner: OuterRef("pk")})))
    return Q(pk__among=sorted(some)) if some else Q()


# --- The page -------------------------------------------------------------------------------------------------------


def _facts(own: tuple[Field, ...], record: Any, staff: Any) -> dict[str, Any] | None:
    """What a record has in them; nobody reads a block of a record that has nothing."""
    places = [place for one in own if (place := stored(type(record), one))]
    told = [_fact(place, in_words(place, record.custom.get(place.field.name))) for place in places]
    facts = [fact for fact in told if fact["value"]]
    return {"facts": facts} if facts else None


def _fact(place: Stored, said: str) -> dict[str, Any]:
    """A field as the page tells it; a long text has the whole width, and is folded to its beginning."""
    if kind_of(place.model_field) is not Kind.LONG_TEXT:
        return {"title": place.label, "value": said}
    return {"title": place.label, "value": said, "is_long": True, "beginning": beginning_of(said)}
