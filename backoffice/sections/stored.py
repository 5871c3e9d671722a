"""Where a declared field lies in the database: its model field, its folded copy, the index that orders it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from ..personal import Personal
from ..rules import line, lines
from ..texts import Text
from .fields import Field
from .kinds import Kind, kind_of

_MAY_BE_EMPTY = (Kind.TEXT, Kind.LONG_TEXT, Kind.RECORDS)
_TIDIED = {Kind.TEXT: line, Kind.LONG_TEXT: lines}


@dataclass(frozen=True)
class Stored:
    """A declared field with what its model says of it. `before` is the path to it, "figures__" for a stored figure."""

    field: Field
    model_field: Any
    model: type[models.Model]
    before: str = ""

    @property
    def within(self) -> Any:
        """Where the values lie of a field that only some records have, None where every record has it."""
        return self.field.custom

    @property
    def attribute(self) -> str:
        """What a row of plain values calls it: the column of a foreign key, the path of a stored figure."""
        return self.before + getattr(self.model_field, "attname", self.model_field.name)

    @property
    def label(self) -> Text:
        """What people call it."""
        return self.field.label or self.model_field.verbose_name

    @property
    def title(self) -> Text:
        """What its column and filters are called."""
        return self.field.title or self.label

    @property
    def rule(self) -> Callable[[Any], Any] | None:
        """What judges a value that was typed or read: its own rule; a text without one is tidied, a secret never is."""
        if self.field.rule or self.field.personal is Personal.SECRET:
            return self.field.rule
        return _TIDIED.get(kind_of(self.model_field))

    @property
    def may_be_missing(self) -> bool:
        """Whether a record may have no value in it; a number or a choice always has one where it is not NULL."""
        return self.model_field.null or (
            self.model_field.blank and kind_of(self.model_field) in _MAY_BE_EMPTY
        )

    @property
    def key(self) -> str:
        """The folded copy by which it is searched and sorted, "" without one."""
        copies = (
            one for one in self.model._meta.concrete_fields if getattr(one, "source", "") == self.field.name
        )
        return next((self.before + one.name for one in copies), "")

    def order(self) -> tuple[str, ...] | None:
        """The fields of the index that orders a list by it, itself and the tie-breakers; None where there is none."""
        if self.field.custom:
            return self.field.custom.order
        sought = (self.key or self.attribute).removeprefix(self.before)
        if sought == self.model._meta.pk.attname:
            return self.before + sought, self.before + sought
        for index in self.model._meta.indexes:
            names = [self._attribute_of(name) for name in index.fields]
            if len(names) > 1 and names[0] == sought and names[-1] == self.model._meta.pk.attname:
                return tuple(self.before + name for name in names)
        return None

    def _attribute_of(self, name: str) -> str:
        field: Any = self.model._meta.get_field(name)
        return field.attname

    @property
    def related(self) -> type[models.Model]:
        """The model that a relation leads to."""
        return self.model_field.remote_field.model


def stored(model: type[models.Model], field: Field) -> Stored | None:
    """Where the field lies, None for one that is worked out and stored nowhere."""
    if place := field.custom:
        return Stored(field, place.model_field, place.values, f"{place.name}__")
    return _stored(model, field)


@cache
def _stored(model: type[models.Model], field: Field) -> Stored | None:
    *steps, name = (field.path or field.name).split("__")
    here: Any = model
    try:
        for step in steps:
            here = here._meta.get_field(step).related_model
        found = here._meta.get_field(name)
    except FieldDoesNotExist:
        if field.path:
            raise
        return None
    return Stored(field, found, here, "".join(f"{step}__" for step in steps))
