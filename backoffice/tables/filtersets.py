"""The filters of a section together: what was asked for, what is wrong with it, and the rows that match.

A value that is not valid is told at its field and ignored; request data is never spread into a query (G24).
"""

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from .filter import EMPTY, Filter, nothing_meant
from .filters import NONE
from .presence import PresenceFilter
from .ranges import contradicted, crossed


def _contrary(name: str) -> str:
    """What is wrong with a range whose upper end this is: one of numbers, else one of days."""
    if name.endswith("_max"):
        return _("The highest value is below the lowest.")
    return _("It ends before it begins.")


class FilterSet:
    """The filters of a list as one person asks by them.

    `hidden` names the yes/no field that keeps records out of sight: those are shown instead of the others to who has
    the right of the filter of that name and chose it.
    """

    def __init__(
        self,
        filters: dict[str, Filter],
        params: QueryDict,
        rows: QuerySet,
        *,
        staff: HasRights,
        hidden: str = "",
    ):
        # Not the library's own set, which for each page copies every filter to its depths and makes a form of them all.
        self.filters, self.data, self.queryset, self.staff, self.hidden = filters, params, rows, staff, hidden

    @property
    def shows_hidden(self) -> bool:
        """Whether the list is that of the hidden records, which only a right shows this person."""
        return bool(
            self.hidden
            and self.data.get(self.hidden) == "only"
            and self.staff is not None
            and self.filters[self.hidden].drawn_for(self.staff)
        )

    @cached_property
    def rows(self) -> QuerySet:
        """The rows that match; filters that cannot be read are left out, as those that this person is not offered; one
        that means nothing finds nobody (D3)."""
        # First of all, since the indexes of the list hold only those that are not hidden.
        rows = self.queryset.filter(**{self.hidden: self.shows_hidden}) if self.hidden else self.queryset
        for name, value in self.values.items():
            if value not in EMPTY and self.filters[name].drawn_for(self.staff):
                rows = self.filters[name].narrow(rows, value)
        return rows

    @property
    def values(self) -> dict[str, Any]:
        """The valid values by filter name, of the filters that were asked for."""
        return self._read[0]

    @property
    def faults(self) -> dict[str, list[str]]:
        """What was wrong, by filter name; told, too, is what means nothing, and what contradicts itself."""
        values, faults = self._read
        told = {
            **faults,
            **{name: [nothing_meant()] for name in self._meaningless},
            **{name: [_contrary(name)] for name in crossed(values)},
            **{name: [self._contradiction(name)] for name in contradicted(self.given(), self._unknown)},
        }
        return {name: errors for name, errors in told.items() if self.filters[name].drawn_for(self.staff)}

    @cached_property
    def _read(self) -> tuple[dict[str, Any], dict[str, list[str]]]:
        values, faults = {}, {}
        for name, one in self.filters.items():
            if name in self.data:
                try:
                    values[name] = one.asked(self.data, name)
                except forms.ValidationError as error:
                    faults[name] = error.messages
        return values, faults

    @property
    def _meaningless(self) -> list[str]:
        """The filters that were asked for by something that means nothing."""
        return [
            name
            for name, value in self.values.items()
            if value not in EMPTY and not self.filters[name].means_something(value, self.queryset.model)
        ]

    @property
    def _unknown(self) -> list[str]:
        """The filters that ask for those without a value."""
        return [
            name
            for name, value in self.values.items()
            if value == NONE and isinstance(self.filters[name], PresenceFilter)
        ]

    def _contradiction(self, name: str) -> str:
        said = dict(self.filters[name].pairs)[NONE]
        return _("“%(answer)s” cannot be combined with a value: remove one of the two filters.") % {
            "answer": said
        }

    def given(self) -> dict[str, Any]:
        """The filters in force, by name; those this person is not offered are none."""
        return {
            name: value
            for name, value in self.values.items()
            if value not in EMPTY and self.filters[name].drawn_for(self.staff)
        }
