"""Filters from a day and to a day."""

import datetime as dt

import django_filters
from django import forms
from django.utils.translation import gettext as _

from ..screen import formats
from ..screen.days import EARLIEST, start_of
from ..texts import Text
from .filter import Filter

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"]


class DayField(forms.DateField):
    """A day in digits 0 to 9: Python takes those of every script (finding S8)."""

    def to_python(self, value):
        if isinstance(value, str) and not value.isascii():
            raise self._is_none(value)
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise self._is_none(value) from None

    @staticmethod
    def _is_none(value: str) -> forms.ValidationError:
        return forms.ValidationError(_("“%(value)s” is not a date.") % {"value": value[:50]}, code="invalid")


class DayFilter(Filter, django_filters.DateFilter):
    """From or To a day, inclusive at both ends, in the shop's time zone (D-42, D-43)."""

    # Whether today, the last days and this month are what is asked for most.
    asks_lately = True

    def __init__(self, label, *, field: str, until: bool, hint: Text):
        super().__init__(label=label, field_name=field, input_formats=DAY_FORMATS, hint=hint)
        self.until = until

    @property
    def field(self):
        return DayField(required=False, input_formats=DAY_FORMATS)

    def shown(self, typed):
        """The browser's own date field takes a day in one form only; what is no day stays as it was typed (U37)."""
        if not typed.strip():
            return "date", ""
        try:
            return "date", self.field.clean(typed).isoformat()
        except forms.ValidationError:
            return "text", typed

    def filter(self, rows, value):
        if self.until:
            if value == dt.date.max:
                return rows.filter(**{f"{self.field_name}__isnull": False})
            return rows.filter(**{f"{self.field_name}__lt": start_of(value + dt.timedelta(days=1))})
        return rows.filter(**{f"{self.field_name}__gte": start_of(max(value, EARLIEST))})

    def says(self, value, page):
        return formats.day(value)


class DateFilter(DayFilter):
    """From or To a day, of a field that holds days and no moments, as dates of birth: hardly any is of lately."""

    asks_lately = False

    def filter(self, rows, value):
        return rows.filter(**{f"{self.field_name}__{'lte' if self.until else 'gte'}": value})
