"""The mark of every stored field, wherever it is declared: the one place that privacy work asks (decision 53)."""

from collections.abc import Iterable
from contextlib import suppress

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from ..database.fields import FoldedField, SearchField
from ..personal import Mark, Marks, Personal
from .section import Section, all_sections
from .stored import stored


def mark_of(model: type[models.Model], name: str) -> Personal:
    """What that stored field says about a person; a field of a historical model says what its original does.

    LookupError where it bears no mark, which `manage.py check` lets no model of the shop come to.
    """
    try:
        return marks_of(model, all_sections())[name].personal
    except KeyError:
        raise LookupError(f"{model._meta.label}.{name} bears no mark") from None


def marks_of(model: type[models.Model], sections: Iterable[Section]) -> dict[str, Mark]:
    """The marks of a model's stored fields, by name. What is declared goes before what the kind of a field says."""
    sections = tuple(sections)
    return _by_kind(model) | _of_original(model, sections) | of_model(model) | of_sections(model, sections)


def of_model(model: type[models.Model]) -> dict[str, Mark]:
    """What the model and the classes it inherits from declare as `personal`."""
    marks: dict[str, Mark] = {}
    for one in reversed(model.__mro__):
        if isinstance(declared := vars(one).get("personal"), Marks):
            marks |= declared.by_name
    return marks


def of_sections(model: type[models.Model], sections: Iterable[Section]) -> dict[str, Mark]:
    """What sections declare of it: the section of the model, or one that shows its figures."""
    marks = {}
    for section in sections:
        for field in section.fields:
            with suppress(FieldDoesNotExist):  # the checks of sections tell it
                place = stored(section.model, field)
                if place and place.model is model:
                    marks[place.model_field.name] = Mark(field.personal, field.why)
    return marks


def stored_fields(model: type[models.Model]) -> tuple[models.Field, ...]:
    """The fields that the database holds of a model."""
    return (*model._meta.concrete_fields, *model._meta.many_to_many)


def copied(model: type[models.Model]) -> set[str]:
    """The fields that a historical model copies from its original, and their marks with them."""
    return {one.name for one in getattr(model, "tracked_fields", ())}


def _by_kind(model: type[models.Model]) -> dict[str, Mark]:
    marks = {}
    for one in stored_fields(model):
        if isinstance(one, FoldedField | SearchField):
            marks[one.name] = Mark(Personal.COPY)
        elif isinstance(one, models.AutoField):
            marks[one.name] = Mark(Personal.TECHNICAL)
    return marks


def _of_original(model: type[models.Model], sections: tuple[Section, ...]) -> dict[str, Mark]:
    if not (names := copied(model)):
        return {}
    original: type[models.Model] = vars(model)["instance_type"]
    marks = marks_of(original, sections)
    return {name: mark for name, mark in marks.items() if name in names}
