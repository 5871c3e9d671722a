"""The filters of a section together: what was asked for, what is wrong with it, and the rows that match.

A value that is not valid is told at its field and ignored; request data is never spread into a query (G24).
"""

from copy import copy
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .ranges import crossed


class SectionFilterSet(django_filters.FilterSet):
    """The filters of a section; `staff` is who asks, for filters that need a right.

    Those named in `everywhere` are offered above the table where no column of the page offers them.
    """

    everywhere: tuple[str, ...] = ()

    def __init__(self, params, rows: QuerySet, *, staff=None):
        # Not the library's own, which for each page copies every filter to its depths and builds a form of them all.
        self.data, self.queryset, self.staff = params, rows, staff
        self.filters = {name: copy(one) for name, one in self.base_filters.items()}
        for one in self.filters.values():
            one.parent = self

    @property
    def sees_all(self) -> bool:
        """Whether the list is that of the deleted, which only their right shows this person: counts are not shared."""
        return False

    @cached_property
    def rows(self) -> QuerySet:
        """The rows that match; filters with a fault are left out."""
        values, faults = self._read
        rows = self.queryset
        for name, one in sorted(self.filters.items(), key=lambda pair: not pair[1].leads):
            if name not in faults:
                rows = one.filter(rows, values.get(name))
        return rows

    @property
    def values(self) -> dict[str, Any]:
        """The valid values by filter name, of the filters that were asked for."""
        return self._read[0]

    @property
    def faults(self) -> dict[str, list[str]]:
        """What was wrong, by filter name; a range that ends before it begins is told, and nobody is in it."""
        values, faults = self._read
        told = {**faults, **{name: [_("It ends before it begins.")] for name in crossed(values)}}
        return {name: errors for name, errors in told.items() if self.filters[name].drawn_for(self.staff)}

    @cached_property
    def _read(self) -> tuple[dict[str, Any], dict[str, list[str]]]:
        values, faults = {}, {}
        for name, one in self.filters.items():
            if name in self.data:
                field = one.field
                try:
                    values[name] = field.clean(field.widget.value_from_datadict(self.data, {}, name))
                except forms.ValidationError as error:
                    faults[name] = error.messages
        return values, faults

    def given(self) -> dict[str, Any]:
        """The filters in force, by name; those this person is not offered are none."""
        return {
            name: value
            for name, value in self.values.items()
            if value not in (None, "", []) and self.filters[name].drawn_for(self.staff)
        }
