"""What a program states about a record goes through the form of the page: one rule set for all doors (decision 27)."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Annotated, Any

import pydantic
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import IntegerField, Model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field, JsonValue, TypeAdapter, create_model

from ..custom import is_custom
from ..forms.forms import DayPartsField, RecordsField, SectionForm
from ..records.required_fields import required_in
from ..screen import formats
from ..sections import Section
from ..tables.lookups import Tables
from .sentences import reason_of
from .shapes import AsAmount, AsWhole, DayOfForm, Id, NotNull, Taken

_TYPES: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.BooleanField, bool),
    (RecordsField, Annotated[list[Id], Field(max_length=1000)]),
    (forms.ModelChoiceField, Id),
    (forms.DecimalField, Annotated[Decimal, Field(max_digits=20), AsAmount]),
    (forms.IntegerField, Annotated[int, AsWhole]),
    ((DayPartsField, forms.DateField), DayOfForm),
)
_TEXT_MAX = 100_000
# Records that go by a code of their own, such as countries.
_Code = Annotated[str, Field(max_length=64)]


def taken_of(section: Section, name: str, *, only: Collection[str] = (), **more: Any) -> type[Taken]:
    """The shape of what a program may state of a record: the fields of the section's form, by their names.

    None of them has to be named; null says that there is none, and is refused where there has to be something.
    Fields that staff declared are taken by their names too (`custom_7`), where a form knows them; `more` are
    further fields, as pydantic takes them.
    """
    names = only or [one for one in section.form_fields if one != "version"]
    fields = {
        one: (
            _type_of(section.form_fields[one], may_be_none=section.model._meta.get_field(one).null),
            Field(default_factory=lambda: None, description=str(section.form_fields[one].label or "")),
        )
        for one in names
    }
    base = Taken if only else _WithOwn
    return create_model(name, __base__=base, **fields, **more)


class _WithOwn(Taken):
    """Fields that staff declared besides; the form knows which there are."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, JsonValue] = Field(init=False)


def _type_of(field: forms.Field, *, may_be_none: bool) -> Any:
    taken = _something_of(field)
    return taken | None if may_be_none else Annotated[taken, NotNull]


def _something_of(field: forms.Field) -> Any:
    for kind, taken in _TYPES:
        if isinstance(field, kind):
            return taken if taken is not Id or _goes_by_number(field) else _Code
    return Annotated[str, Field(max_length=_TEXT_MAX)]


def _goes_by_number(field: forms.Field) -> bool:
    model, name = field.queryset.model, field.to_field_name  # type: ignore[attr-defined]
    return isinstance(model._meta.get_field(name) if name else model._meta.pk, IntegerField)


def stated(
    section: Section,
    given: Mapping[str, Any],
    *,
    record: Model | None = None,
    beside: Mapping[str, str] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> SectionForm:
    """The valid form of a record with what is given; what is not named is as it was, or as a new one has it.

    `beside` are fields of the form alone, `initial` what a new one begins with. ValidationError by field otherwise,
    also for one that the form has not.
    """
    section = section.now()
    assert section.form is not None
    data: MultiValueDict = MultiValueDict({name: [text] for name, text in (beside or {}).items()})
    for name, value in given.items():
        _post(data, name, value)
    form = section.form(
        data, record=record, required=required_in(section.slug), initial=initial, tables=Tables()
    )
    faults = {
        name: fault for name, value in given.items() if (fault := _fault_of(name, value, form, section))
    }
    if faults:
        raise ValidationError(faults)
    for name in form.fields.keys() - given.keys() - (beside or {}).keys():
        _post(data, name, form.initial.get(name, form.fields[name].initial))
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form


def _fault_of(name: str, value: Any, form: SectionForm, section: Section) -> ValidationError | None:
    """Why this can't be said at all: in a field that is unknown, or of another kind than staff declared."""
    if name not in form.fields:
        # That there is none of what has no field here, such as a state, is no news.
        known = name in section.form_fields and _says_nothing(value)
        return None if known else ValidationError(_("This field is not offered here."), code="unknown")
    if not is_custom(name):
        return None  # judged by the shape already
    field = form.fields[name]
    may_be_none = not isinstance(field, forms.BooleanField | forms.CharField | forms.ChoiceField)
    try:
        TypeAdapter(_type_of(field, may_be_none=may_be_none)).validate_python(value)
    except pydantic.ValidationError as fault:
        first = fault.errors()[0]
        return ValidationError(reason_of(first), code=first["type"])
    return None


def stated_values(form: SectionForm, given: Collection[str]) -> dict[str, Any]:
    """The cleaned values of what was named, and of nothing else."""
    return {name: value for name, value in form.values.items() if name in given}


def _post(data: MultiValueDict, name: str, value: Any) -> None:
    """Put a value into the data as a browser would post it; it posts nothing for no, and for nothing."""
    if _says_nothing(value):
        return
    values = value if isinstance(value, list | tuple) else [value]
    data.setlist(name, [_as_posted(one) for one in values])


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value == "" or value == []


def _as_posted(value: Any) -> str:
    if value is True:
        return "on"
    if isinstance(value, Decimal):
        return formats.typed(value, max(2, -int(value.as_tuple().exponent)))
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(getattr(value, "pk", value))
