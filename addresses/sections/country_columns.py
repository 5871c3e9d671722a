"""The name of a country, which no table holds: its column and its filter in the list of countries."""

import django_filters
from django.utils.translation import get_language

from backoffice.database.folding import plain, spellings
from backoffice.tables.columns import TextColumn
from backoffice.tables.filter import Filter
from backoffice.tables.pages import CellPage, CellSheet, Row

from ..models.country import name_of_country


class NameColumn(TextColumn):
    """The name in the reader's language; files have the code beside it."""

    css = "text lead"

    def draw(self, row: Row, page: CellPage) -> str:
        return name_in_words(row["code"])

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return name_of_country(row["code"], "en")


class NameFilter(Filter, django_filters.CharFilter):
    """Contains, in the name in the reader's language."""

    def __init__(self, label):
        super().__init__(field_name="code", label=label, max_length=200)

    def means_something(self, value, model):
        return bool(plain(value))

    def filter(self, rows, value):
        sought = spellings(value)
        codes = rows.values_list("code", flat=True)
        found = [code for code in codes if any(text in plain(name_in_words(code)) for text in sought)]
        return rows.filter(code__in=found)


def name_in_words(code: str) -> str:
    """The name of the country with this code in the reader's language."""
    return name_of_country(code, get_language() or "en")
