"""A page of the activity: what was asked for, and the events, by keyset: as quick among millions as among ten (U37)."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Event
from ..numbers import whole
from ..records.events import Kind
from ..screen.links import link
from ..staff.models import StaffMember
from ..staff.names import as_read
from ..tables.day_filters import DayFilter
from ..tables.filter import Filter
from ..tables.filters import ChoiceFilter, KeysFilter
from ..tables.filtersets import FilterSet

PER_PAGE = 50
DAYS = ("at_after", "at_before")

FILTERS: dict[str, Filter] = {
    "kind": ChoiceFilter(_("What happened"), choices=Kind.choices, field="kind"),
    "person": KeysFilter(_("Who"), table="people", field="staff_id"),
    "at_after": DayFilter(_("Day from"), field="at", until=False, hint=_("From")),
    "at_before": DayFilter(_("Day to"), field="at", until=True, hint=_("To")),
}


class EventPage:
    """The events that match a query string, latest first, and the addresses of the pages beside this one.

    `before` and `after` are the number of the event that the page follows or precedes; of one that is gone, and of what
    is no number, the page is the first one.
    """

    def __init__(self, params: QueryDict, staff: StaffMember):
        self.params = params
        self.filterset = FilterSet(FILTERS, params, Event.objects.all(), staff=staff)

    @cached_property
    def filter_errors(self) -> dict[str, list[str]]:
        """What was wrong with a filter, by its name."""
        return self.filterset.faults

    @cached_property
    def today(self) -> dt.date:
        """Today in the shop's time zone."""
        return timezone.localdate()

    @cached_property
    def people(self) -> list[StaffMember]:
        """All who work here or did."""
        return sorted(StaffMember.objects.only("name", "email"), key=as_read)

    def lookup(self, name: str) -> dict[int, str]:
        """The people to choose from, with the address where two have one name (S6)."""
        names = [one.name for one in self.people]
        return {
            one.pk: f"{one.name} ({one.email})" if names.count(one.name) > 1 else one.name
            for one in self.people
        }

    def is_under_a_title(self, name: str) -> bool:
        """Whether a filter stands under a column's title: none does."""
        return False

    def url(self, **changes: Any) -> str:
        """This page's address with some parameters changed, from the latest on; None takes one away."""
        asked = {name: self.params.getlist(name) for name in FILTERS} | changes
        asked = {name: value for name, value in asked.items() if value not in (None, "") and name != "page"}
        query = urlencode(asked, doseq=True)
        return f"{link('activity')}?{query}" if query else link("activity")

    @cached_property
    def _found(self) -> tuple[list[Event], bool, bool]:
        """The events, whether there are newer ones, and whether there are older ones."""
        rows = self.filterset.rows
        if after := self._mark("after"):
            newer = list(_newer(rows, after)[: PER_PAGE + 1])
            if len(newer) >= PER_PAGE:
                return newer[PER_PAGE - 1 :: -1], len(newer) > PER_PAGE, True
        elif before := self._mark("before"):
            older = list(_older(rows, before)[: PER_PAGE + 1])
            if older:
                return older[:PER_PAGE], True, len(older) > PER_PAGE
        latest = list(rows[: PER_PAGE + 1])
        return latest[:PER_PAGE], False, len(latest) > PER_PAGE

    def _mark(self, name: str) -> Event | None:
        number = whole(self.params.get(name, ""))
        return Event.objects.filter(pk=number).only("at").first() if number else None

    @property
    def events(self) -> list[Event]:
        """The events of this page, latest first."""
        return self._found[0]

    @property
    def newer_url(self) -> str:
        """Where the page of newer ones is; "" where there are none."""
        events, newer, _older = self._found
        return self.url(after=events[0].pk) if newer else ""

    @property
    def older_url(self) -> str:
        """Where the page of older ones is; "" where there are none."""
        events, _newer, older = self._found
        return self.url(before=events[-1].pk) if older else ""


def _older(rows: QuerySet, mark: Event) -> QuerySet:
    return rows.filter(at__lte=mark.at).exclude(at=mark.at, pk__gte=mark.pk)


def _newer(rows: QuerySet, mark: Event) -> QuerySet:
    """Those after the mark, the oldest first."""
    return rows.filter(at__gte=mark.at).exclude(at=mark.at, pk__lte=mark.pk).order_by("at", "pk")
