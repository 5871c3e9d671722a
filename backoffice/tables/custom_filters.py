"""Filters of the fields that staff declared, whose values are rows of their own (decision 52)."""

from collections.abc import Callable
from functools import reduce
from operator import or_

import django_filters
from django.db.models import Q, QuerySet

from ..database.folding import plain, spellings
from ..database.search import word_condition
from .filter import Filter
from .filters import YesNoFilter, short_hint


class ValueTextFilter(Filter, django_filters.CharFilter):
    """Contains, folded for case and accents: `values()` are the rows of the field, `owner` is whose they are."""

    def __init__(self, label, *, values: Callable[[], QuerySet], owner: str):
        super().__init__(label=label, max_length=200)
        self.values, self.owner = values, owner

    def means_something(self, value, model):
        return bool(plain(value))

    def filter(self, rows, value):
        found = self.values().filter(reduce(or_, map(word_condition, spellings(value))))
        return rows.filter(pk__in=found.values(self.owner))

    def hint(self, typed):
        return short_hint([text] if (text := plain(typed)) else [])


class TickedFilter(YesNoFilter):
    """true or false, where "no" is not stored."""

    def __init__(self, label, *, ticked: Q, unticked: Q):
        super().__init__(label, field="pk")
        self.conditions = {"true": ticked, "false": unticked}
