"""What every filter of a list can do (decision 12)."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from ..faults import LIMITS
from ..screen import formats
from ..screen.markup import fill
from ..texts import Text
from .pages import FilterPage

# What a filter holds that nobody asked for anything by.
EMPTY: tuple[Any, ...] = (None, "", [], ())


class Filter(django_filters.Filter):
    """What every filter of a list can do: read what was asked, narrow by it, draw its input, name its value for a chip.

    A filter that was asked for never turns into no filter (finding D3): what means nothing finds nobody.
    """

    input_type = "text"
    inputmode = ""
    # Whether only links ask by it: no list offers an input for it.
    by_link = False

    @property
    def placeholder(self) -> Text:
        """What stands in the input while it is empty."""
        return self.extra.get("hint", "")

    def asked(self, data: QueryDict, name: str) -> Any:
        """The value asked for in a query string, one of EMPTY for none; ValidationError where it cannot be read."""
        field = self.field
        field.error_messages = {**field.error_messages, **LIMITS}
        value = field.clean(field.widget.value_from_datadict(data, {}, name))
        if value in EMPTY and any(text.strip() for text in data.getlist(name)):
            raise forms.ValidationError(nothing_meant())
        return value

    def means_something(self, value: Any, model: type[Model]) -> bool:
        """Whether there is anything in this value to look for in that model."""
        return True

    def narrow(self, rows: QuerySet, value: Any) -> QuerySet:
        """The rows that match: all where nothing was asked, nobody where what was asked means nothing."""
        if value in EMPTY:
            return rows
        return self.filter(rows, value) if self.means_something(value, rows.model) else rows.none()

    def draw(self, page: FilterPage, name: str) -> SafeString:
        """The input under the column's title; it belongs to the form `filters`, keeps what was typed."""
        kind, value = self.shown(page.params.get(name, ""))
        return fill(
            '<input type="{}" name="{}" value="{}" form="filters" aria-label="{}"'
            ' placeholder="{}"{}{} class="filter">{}',
            kind,
            name,
            value,
            self.label,
            self.placeholder,
            fill(' inputmode="{}"', self.inputmode) if self.inputmode else "",
            *(refusal(page, name) if page.filter_errors.get(name) else self._hint(page, name)),
        )

    def shown(self, typed: str) -> tuple[str, str]:
        """The type of the input, and what stands in it where this was typed."""
        return self.input_type, typed

    def _hint(self, page: FilterPage, name: str) -> tuple[str, str]:
        """What ties the input to a hint below it, and the hint; "" where there is none."""
        hint = self.hint(page.params.get(name, ""))
        if not hint:
            return "", ""
        return (
            fill(' aria-describedby="filter-{}-hint"', name),
            fill('<span class="filter-hint" id="filter-{}-hint">{}</span>', name, hint),
        )

    def hint(self, typed: str) -> str:
        """What to know about what stands in the input, "" where there is nothing to say."""
        return ""

    def says(self, value: Any, page: FilterPage) -> str:
        """The value in words, for a chip."""
        return str(value)

    def chip(self, value: Any, page: FilterPage) -> str:
        """The filter in words: "First name: John"; one end of a range: "Registration from 3 May 2026"."""
        said = self.says(value, page)
        return f"{self.label} {said}" if self.extra.get("hint") else formats.labelled(self.label, said)

    def chip_css(self, value: Any, page: FilterPage) -> str:
        """The classes of that chip, "" for the usual ones alone."""
        return ""

    def drawn_for(self, staff: HasRights) -> bool:
        """Whether this person is offered the filter at all."""
        return True


def nothing_meant() -> str:
    """What is said of a filter that means nothing."""
    return _("There is nothing to search for in this.")


def refusal(page: FilterPage, name: str) -> tuple[str, str]:
    """What marks the input of a filter whose value was refused, and what follows it: why. "" where all is well."""
    errors = page.filter_errors.get(name)
    if not errors:
        return "", ""
    return (
        fill(' aria-invalid="true" aria-describedby="filter-{}-error"', name),
        fill('<span class="filter-error" id="filter-{}-error">{}</span>', name, errors[0]),
    )
