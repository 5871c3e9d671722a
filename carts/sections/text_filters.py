"""Filters of texts by the search column of what is sold."""

import django_filters
from django.db.models import Model, QuerySet

from backoffice.database.folding import plain
from backoffice.database.search import word_condition
from backoffice.tables.filter import Filter


class WordFilter(Filter, django_filters.CharFilter):
    """The text is in one of the fields that the search column is made of; case and accents do not count."""

    def __init__(self, label):
        super().__init__(label=label, max_length=200)

    def means_something(self, value: str, model: type[Model]) -> bool:
        return bool(plain(value))

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(word_condition(plain(value)))
