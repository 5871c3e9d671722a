"""The columns and filters of connections that show or ask more than one stored value."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.tables.columns import TextColumn, nothing
from backoffice.tables.filter import Filter
from backoffice.tables.filters import ChoiceFilter
from backoffice.tables.pages import CellPage, CellSheet, Row

from ..rules.visits import host_of
from .customer_columns import CustomerColumn
from .visit_words import ip_link, origin_of, time_spent


class VisitorColumn(CustomerColumn):
    """Whose a connection is; without a customer it is a visitor's."""

    def draw(self, row: Row, page: CellPage) -> str:
        return _("Visitor") if row["customer_id"] is None else super().draw(row, page)


class TimeSpentColumn(TextColumn):
    """From the first page to the last sign of life."""

    css = "num"

    def __init__(self, title: Any, **kwargs):
        super().__init__(title, **{**kwargs, "reads": ("started_at", "last_seen_at")})

    def draw(self, row: Row, page: CellPage) -> str:
        return time_spent(self._seconds(row))

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return str(self._seconds(row))

    @staticmethod
    def _seconds(row: Row) -> int:
        return int((row["last_seen_at"] - row["started_at"]).total_seconds())


class OriginColumn(TextColumn):
    """The host that people came from; without one it was a direct link (facts 4.10)."""

    def draw(self, row: Row, page: CellPage) -> str:
        return origin_of(row[self.field])


class IPColumn(TextColumn):
    """The address, the way to all connections from there."""

    css = "text sub"
    may_lead = False

    def draw(self, row: Row, page: CellPage) -> str:
        return ip_link(row[self.field]) or nothing()


class IPFilter(Filter, django_filters.CharFilter):
    """Exactly this address, however it is written."""

    @property
    def field(self):
        return forms.GenericIPAddressField(required=False)

    def filter(self, rows, value):
        return rows.filter(ip=value)


class OriginFilter(Filter, django_filters.CharFilter):
    """The host that people came from, typed or pasted as a whole address, with or without "www."."""

    def __init__(self, label: Any):
        super().__init__(label=label, max_length=200)

    @property
    def placeholder(self):
        return "google.com"

    @staticmethod
    def _host(value: str) -> str:
        return host_of(value if "//" in value else f"//{value}")

    def means_something(self, value, model):
        return bool(self._host(value))

    def filter(self, rows, value):
        return rows.filter(origin=self._host(value))


class OnlineFilter(ChoiceFilter):
    """Whether somebody is on the shop's pages right now."""

    def __init__(self, label: Any):
        super().__init__(
            label,
            choices=[("true", gettext_lazy("Online")), ("false", gettext_lazy("Not online"))],
            whole=True,
        )

    def filter(self, rows, value):
        online = rows.model.objects.online().values("pk")
        return rows.filter(pk__in=online) if value == "true" else rows.exclude(pk__in=online)
