"""The kinds of values that fields have, told by their model fields."""

from enum import StrEnum

from django.db import models

from ..database.fields import PercentField
from .fields import Join


class Kind(StrEnum):
    """What a field holds; each door knows how to show, ask for and read every kind."""

    TEXT = "text"
    LONG_TEXT = "long text"
    YES_NO = "yes or no"
    DAY = "day"
    MOMENT = "moment"
    CLOCK = "time of day"
    PERCENT = "percentage"
    AMOUNT = "amount"
    NUMBER = "number"
    CHOICE = "one of a list"
    RECORD = "one record"
    RECORDS = "several records"


# The first that fits counts.
_KIND_OF: tuple[tuple[type[models.Field], Kind], ...] = (
    (models.ManyToManyField, Kind.RECORDS),
    (models.ForeignKey, Kind.RECORD),
    (models.BooleanField, Kind.YES_NO),
    (models.DateTimeField, Kind.MOMENT),
    (models.DateField, Kind.DAY),
    (models.TimeField, Kind.CLOCK),
    (PercentField, Kind.PERCENT),
    (models.DecimalField, Kind.AMOUNT),
    (models.IntegerField, Kind.NUMBER),
    (models.TextField, Kind.LONG_TEXT),
    (models.CharField, Kind.TEXT),
    (models.GenericIPAddressField, Kind.TEXT),
)


def kind_of(model_field: models.Field) -> Kind:
    """The kind of a model field. LookupError for one that no door knows."""
    if getattr(model_field, "choices", None):
        return Kind.CHOICE
    for known, kind in _KIND_OF:
        if isinstance(model_field, known):
            return kind
    raise LookupError(f"{type(model_field).__name__} is no kind of field that sections know")


JOINED: dict[Kind, Join] = {
    Kind.LONG_TEXT: Join.BOTH,
    Kind.YES_NO: Join.AGREED,
    Kind.AMOUNT: Join.SUM,
    Kind.RECORDS: Join.BOTH,
}


def join_of(kind: Kind, stated: Join | None) -> Join:
    """How two values of that kind are joined, where the field does not state it itself."""
    return stated or JOINED.get(kind, Join.KEEP)
