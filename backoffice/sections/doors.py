"""The doors of a field, made of its declaration: form field, column, filters, fact of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..access.verbs import right_of
from ..database.folding import fold
from ..faults import doubt_about
from ..forms.days import ClockField, MinuteField
from ..forms.forms import DayPartsField, RecordsField, SectionForm
from ..forms.numbers import AmountField, PercentField, WholeField
from ..personal import Personal
from ..screen import formats
from ..screen.markup import doubtful
from ..screen.moments import minute_with_seconds
from ..tables import columns, day_filters, filters, presence
from ..tables.drawing import SectionTable
from ..tables.import_filter import ImportFilter
from ..tables.lookups import Lookup
from .kinds import Kind, kind_of
from .stored import Stored, stored

if TYPE_CHECKING:
    from .fields import Field
    from .section import Editing, Section

# --- Forms ----------------------------------------------------------------------------------------------------------


def _limits(model_field: models.Field) -> dict[str, Any]:
    """The bounds that the model's own validators set."""
    kinds: dict[type, str] = {MinValueValidator: "min_value", MaxValueValidator: "max_value"}
    validators: list[Any] = model_field.validators
    return {kinds[type(one)]: one.limit_value for one in validators if type(one) in kinds}


def _text(**facts: Any) -> forms.Field:
    return forms.CharField(**facts)


def _long_text(**facts: Any) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **facts)


def _records(**facts: Any) -> forms.Field:
    return RecordsField(widget=forms.CheckboxSelectMultiple, **facts)


def _record(**facts: Any) -> forms.Field:
    return forms.ModelChoiceField(
        empty_label=gettext_lazy("None") if not facts["required"] else None, **facts
    )


_FORM_FIELDS: dict[Kind, Callable[..., forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.YES_NO: forms.BooleanField,
    Kind.DAY: DayPartsField,
    Kind.MOMENT: MinuteField,
    Kind.CLOCK: ClockField,
    Kind.PERCENT: PercentField,
    Kind.AMOUNT: AmountField,
    Kind.NUMBER: WholeField,
    Kind.CHOICE: forms.ChoiceField,
    Kind.RECORD: _record,
    Kind.RECORDS: _records,
}


def _form_field(place: Stored) -> forms.Field:
    kind, model_field, field = kind_of(place.model_field), place.model_field, place.field
    facts: dict[str, Any] = {
        "label": place.label,
        "help_text": field.help,
        "required": kind is not Kind.YES_NO and not model_field.blank,
    }
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        facts["max_length"] = model_field.max_length
    elif kind in (Kind.PERCENT, Kind.AMOUNT, Kind.NUMBER):
        facts |= _limits(model_field)
        if kind is not Kind.NUMBER:
            facts |= {"max_digits": model_field.max_digits, "decimal_places": model_field.decimal_places}
    elif kind is Kind.CHOICE:
        facts["choices"] = model_field.choices
    elif kind in (Kind.RECORD, Kind.RECORDS):
        facts["queryset"] = place.related._default_manager.all()
    return (field.form or _FORM_FIELDS[kind])(**facts)


def label_in(section: Section, name: str, record: models.Model) -> str:
    """What a field of the section's form is called in that record."""
    field = section.field(name)
    return str((field and field.said_of(record).label) or section.form_fields[name].label)


def form_of(section: Section, editing: Editing) -> type[SectionForm]:
    """The form of a section: its base, with the declared fields in their groups and the rules that judge them."""
    asked = [one for one in _stored_of(section) if one.field.group and one.field.stands_at("form")]
    names_in = {
        key: tuple(one.field.name for one in asked if one.field.group == key) for key in editing.groups
    }
    places = {one.field.name: one for one in asked}
    parts: dict[str, Any] = {name: _form_field(places[name]) for names in names_in.values() for name in names}
    parts |= {
        "groups_of_fields": tuple((title, names_in[key]) for key, title in editing.groups.items()),
        "names_in": names_in,
        "rules": {one.field.name: one.rule for one in asked if one.rule},
        "doubts": {one.field.name: one.field.doubt for one in asked if one.field.doubt},
        "said_in": {one.field.name: one.field.said_in for one in asked if one.field.said_in},
        "model": section.model,
        "__doc__": f"The form of {section.slug}, of its declared fields.",
        "__module__": editing.base.__module__,
    }
    metaclass: type = type(editing.base)
    return metaclass(f"{section.model.__name__}Form", (editing.base,), parts)


# --- Columns --------------------------------------------------------------------------------------------------------

_COLUMNS: dict[Kind, type[columns.TextColumn]] = {
    Kind.TEXT: columns.TextColumn,
    Kind.LONG_TEXT: columns.CutColumn,
    Kind.YES_NO: columns.MarkColumn,
    Kind.DAY: columns.DayColumn,
    Kind.MOMENT: columns.MomentColumn,
    Kind.CLOCK: columns.ClockColumn,
    Kind.PERCENT: columns.PercentColumn,
    Kind.AMOUNT: columns.MoneyColumn,
    Kind.NUMBER: columns.NumberColumn,
}


def table_of(section: Section) -> SectionTable:
    """The columns of a section in their order, with the small tables that they look things up in."""
    made: dict[str, columns.TextColumn] = {}
    lookups = dict(section.listing.lookups)
    for field in section.fields:
        place = stored(section.model, field)
        if place and _is_looked_up(place):
            lookups.setdefault(
                field.name, Lookup(place.related._meta.label_lower, partial(_all_of, place.related))
            )
        if not field.stands_at("column"):
            continue
        if place is None:
            if field.column:
                made[field.name] = field.column(
                    field.title or field.label, filter=tuple(filters_of_field(section, field))
                )
            continue
        made[field.name] = _column(section, place)
    first = [name for name in section.listing.order if name in made]
    names = dict.fromkeys((*first, *made))
    listing = section.listing
    return SectionTable(
        {name: made[name] for name in names},
        label=listing.label or (lambda row: str(row[(listing.label_reads or ("id",))[0]])),
        label_reads=listing.label_reads,
        lead=listing.lead,
        lookups=lookups,
        figures=listing.figures,
    )


def _is_looked_up(place: Stored) -> bool:
    """Whether lists or files show what the field points at by its name alone."""
    field = place.field
    shown = field.stands_at("column") or field.stands_at("files")
    return shown and kind_of(place.model_field) is Kind.RECORD and not field.column


def file_table_of(section: Section) -> SectionTable:
    """The columns of a section, and one for each stored field that files know and lists do not show; never a secret."""
    beside = {
        field.name: _column(section, place)
        for field in section.fields
        if field.stands_at("files")
        and field.name not in section.table.columns
        and field.personal is not Personal.SECRET
        and (place := stored(section.model, field))
    }
    return replace(section.table, columns={**section.table.columns, **beside})


def _all_of(model: type[models.Model]) -> dict[Any, models.Model]:
    return {one.pk: one for one in model._default_manager.order_by("pk")}


def _column(section: Section, place: Stored) -> columns.TextColumn:
    field, kind = place.field, kind_of(place.model_field)
    facts: dict[str, Any] = {
        "reads": (place.attribute,) if kind is not Kind.RECORDS else ("id",),
        "filter": tuple(filters_of_field(section, field)),
    }
    if order := place.order():
        facts["sorts"], *facts["ties"] = order
        facts["within"] = place.within
    elif section.listing.small and kind not in (Kind.RECORD, Kind.RECORDS):
        facts["sorts"] = place.attribute
    title = place.title
    if field.short:
        title, facts["in_full"] = field.short
    if field.column:
        # What the declaration says itself counts more than what is derived.
        return field.column(title, **facts | getattr(field.column, "keywords", {}))
    if field.switch:
        return columns.SwitchColumn(title, right=right_of(field.switch.run), **facts)
    if kind is Kind.CHOICE:
        return columns.ChoiceColumn(title, labels=dict(place.model_field.flatchoices), **facts)
    if kind is Kind.RECORD:
        return columns.LookupColumn(title, table=field.name, **facts)
    if place.model_field.primary_key:
        return columns.IdColumn(title, **facts)
    return _COLUMNS[kind](title, **facts)


# --- Filters --------------------------------------------------------------------------------------------------------

_FROM = {
    Kind.DAY: (pgettext_lazy("day", "{field} from"), pgettext_lazy("day", "{field} to")),
    Kind.NUMBER: (pgettext_lazy("number", "{field} from"), pgettext_lazy("number", "{field} to")),
}
_BETWEEN: dict[Kind, type[filters.NumberFilter]] = {
    Kind.PERCENT: filters.PercentFilter,
    Kind.AMOUNT: filters.AmountFilter,
    Kind.NUMBER: filters.NumberFilter,
}
_ENDS = (gettext_lazy("From"), gettext_lazy("To"))


def filters_of(section: Section) -> dict[str, filters.Filter]:
    """The filters of a section: those of no field first, then those of its fields in the order of their columns."""
    order = {name: place for place, name in enumerate(section.listing.order)}
    fields = sorted(section.fields, key=lambda field: order.get(field.name, len(order)))
    found = {name: one for field in fields for name, one in filters_of_field(section, field).items()}
    hidden = section.hidden
    last = (
        {hidden.field: filters.HiddenFilter(hidden.label, hidden.only, right=section.right("delete"))}
        if hidden
        else {}
    )
    if section.is_imported:
        last |= {
            "import": ImportFilter(
                gettext_lazy("Import"), section=section.slug, right=section.right("import")
            )
        }
    return {**section.listing.filters, **found, **last}


def filters_of_field(section: Section, field: Field) -> dict[str, filters.Filter]:
    """The filters that a field is found by: its own, else those of its kind."""
    if field.filters is not None:
        return field.filters
    place = stored(section.model, field)
    if place is None or not field.stands_at("filter"):
        return {}
    return dict(_derived_filters(section, place))


def _derived_filters(section: Section, place: Stored) -> Iterable[tuple[str, filters.Filter]]:
    kind, name, label, path = kind_of(place.model_field), place.field.name, place.title, place.attribute
    stem = place.field.asked_as or name.removesuffix("_at").removesuffix("_count")
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        small = filters.NameFilter(label, fields=(path,))
        yield name, small if section.listing.small else filters.TextFilter(label, key=place.key)
    elif kind is Kind.YES_NO:
        yield name, filters.YesNoFilter(label, field=path)
    elif kind is Kind.CHOICE:
        yield name, filters.ChoiceFilter(label, choices=place.model_field.flatchoices, field=path)
    elif kind is Kind.RECORD:
        none = gettext_lazy("None") if place.may_be_missing else ""
        key_of = _key_of(place.related)
        yield name, filters.KeysFilter(label, table=name, field=path, none_label=none, key_of=key_of)
        return
    elif kind in (Kind.DAY, Kind.MOMENT):
        day = day_filters.DayFilter if kind is Kind.MOMENT else day_filters.DateFilter
        ends = zip(("after", "before"), (False, True), _FROM[Kind.DAY], _ENDS, strict=True)
        for end, until, sentence, hint in ends:
            title = format_lazy(sentence, field=label)
            yield f"{stem}_{end}", day(title, field=path, until=until, hint=hint)
    elif name == place.model._meta.pk.name:
        yield name, filters.NumberFilter(label)
    elif kind in _BETWEEN:
        bounds, column = (("min", "gte"), ("max", "lte")), place.field.column
        between = getattr(getattr(column, "func", column), "filtered_by", None) or _BETWEEN[kind]
        for (end, lookup), sentence, hint in zip(bounds, _FROM[Kind.NUMBER], _ENDS, strict=True):
            title = format_lazy(sentence, field=label)
            yield f"{stem}_{end}", between(title, field=path, lookup=lookup, hint=hint)
    if place.may_be_missing:
        yield (
            f"{stem}_is",
            presence.PresenceFilter(
                label, field=path, may_be_null=place.model_field.null, key=place.key, words=place.field.known
            ),
        )


def _key_of(model: type[models.Model]) -> Callable[[str], Any]:
    if isinstance(model._meta.pk, models.IntegerField):
        return filters.number_of
    return partial(filters.word_of, most=model._meta.pk.max_length or 0)


# --- Facts of a page ------------------------------------------------------------------------------------------------


def facts_of(
    section: Section, record: models.Model, names: Iterable[str] = (), *, left_out: str = ""
) -> list[dict[str, Any]]:
    """What a record's page tells of its fields, [{title, value, explained}], those with nothing to tell left out.

    Those named stand first, the others follow as declared; those of the form's group `left_out` are not told.
    """
    shown = (
        one for one in section.fields if one.stands_at("fact") and not (left_out and one.group == left_out)
    )
    told = {one.name: one for one in shown}
    order = dict.fromkeys((*(name for name in names if name in told), *told))
    facts = []
    for name in order:
        field, place = told[name], stored(section.model, told[name])
        said, value = field.said_of(record), ""
        label = said.label or (place.label if place else "")
        if field.fact:
            label, value = field.fact.label or label, field.fact.value(record)
        elif place:
            value = in_words(place, _value_of(record, place))
        if value and place and (doubt := doubt_about(_value_of(record, place), said.doubt)):
            value = doubtful(value, doubt)
        if value:
            facts.append(
                {"title": label, "value": value, "explained": field.fact.explained if field.fact else ""}
            )
    return facts


def _value_of(record: models.Model, place: Stored) -> Any:
    for step in place.before.split("__")[:-1]:
        record = getattr(record, step)
    return getattr(record, place.model_field.name)


def in_words(place: Stored, value: Any) -> str:
    """A value as people read it, "" for none."""
    kind = kind_of(place.model_field)
    if kind is Kind.RECORDS:
        return ", ".join(sorted((str(one) for one in value.all()), key=fold))
    if value is None or value == "":
        return ""
    return _IN_WORDS.get(kind, lambda one, _place: str(one))(value, place)


def number_in_words(value: int, place: Stored) -> str:
    """A figure with its separators; a record's number is a name, and has none."""
    return str(value) if place.model_field.primary_key else formats.number(value)


_IN_WORDS: dict[Kind, Callable[[Any, Stored], str]] = {
    Kind.YES_NO: lambda value, place: _("Yes") if value else _("No"),
    Kind.DAY: lambda value, place: formats.day(value),
    Kind.MOMENT: lambda value, place: minute_with_seconds(value),
    Kind.CLOCK: lambda value, place: formats.time_of_day(value),
    Kind.PERCENT: lambda value, place: formats.percent(value / 100, places=2),
    Kind.AMOUNT: lambda value, place: formats.shop_money(value),
    Kind.NUMBER: number_in_words,
    Kind.CHOICE: lambda value, place: str(dict(place.model_field.flatchoices).get(value, value)),
}


def _stored_of(section: Section) -> list[Stored]:
    return [place for field in section.fields if (place := stored(section.model, field))]
