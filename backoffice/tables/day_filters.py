"""Filters from a day and to a day."""

import datetime as dt

import django_filters
from django import forms
from django.utils.translation import gettext as _

from ..forms.days import DAY_FORMATS, DayField
from ..screen import formats
from ..screen.days import EARLIEST, start_of
from ..texts import Text
from .filter import Filter


class DayFilter(Filter, django_filters.DateFilter):
    """From or To a day, inclusive at both ends, in the shop's time zone (D-42, D-43)."""

    def __init__(self, label, *, field: str, until: bool, hint: Text):
        super().__init__(label=label, field_name=field, input_formats=DAY_FORMATS, hint=hint)
        self.until = until

    @property
    def field(self):
        return DayField(required=False)

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

    def presets(self, today: dt.date) -> list[tuple[str, dt.date | None, dt.date | None]]:
        """What is asked for most: a word, the first and the last day, None where that end is open."""
        return [
            (_("Today"), today, None),
            (_("Last 7 days"), today - dt.timedelta(days=6), None),
            (_("This month"), today.replace(day=1), None),
        ]


class DateFilter(DayFilter):
    """From or To a day, of a field that holds days and no moments, as dates of birth: hardly any is of lately."""

    def filter(self, rows, value):
        return rows.filter(**{f"{self.field_name}__{'lte' if self.until else 'gte'}": value})

    def presets(self, today):
        return []
