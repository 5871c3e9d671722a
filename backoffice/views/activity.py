"""The activity page: who signed in, exported, imported, changed a role (decision 28)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..access.rights import needs
from ..models import Event
from ..numbers import whole
from ..records.actors import Door
from ..records.events import Kind
from ..screen.formats import moment
from ..sections import Menu, MenuPage, register_page
from ..staff.models import StaffMember
from ..tables.day_filters import DayFilter
from ..tables.filtersets import FilterSet
from .event_sentences import icon_of, tell
from .job_messages import undo_urls

register_page(
    MenuPage(
        menu=Menu(group="advanced", place=90, icon="activity"),
        url="activity",
        title=gettext_lazy("Activity"),
        right="backoffice.view_event",
    )
)

_DAYS = {
    "at_after": DayFilter(gettext_lazy("From"), field="at", until=False, hint=gettext_lazy("From")),
    "at_before": DayFilter(gettext_lazy("To"), field="at", until=True, hint=gettext_lazy("To")),
}
PER_PAGE = 50
LAST_PAGE = 10_000


@needs("backoffice.view_event")
@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """Latest first; `kind`, `person` and `page` in the query string, unknown values are ignored.

    `at_after` and `at_before` are days, both ends inclusive (U4, U37); what is none is told and is no filter.
    A page after the last one is the last one, as in every list.
    """
    kind, person, page = (
        request.GET.get("kind", ""),
        _number(request, "person"),
        _number(request, "page") or 1,
    )
    people = list(StaffMember.objects.only("name", "email"))
    events = Event.objects.all()
    if kind in Kind.values:
        events = events.filter(kind=kind)
    if person in {someone.pk for someone in people}:
        events = events.filter(staff_id=person)
    days = FilterSet(_DAYS, request.GET, events, staff=request.user)
    events = days.rows
    page = min(page, LAST_PAGE)
    found = _events_of(page, events)
    if not found and page > 1:
        page = max(1, -(-events.count() // PER_PAGE))
        found = _events_of(page, events)
    undo = undo_urls(found[:PER_PAGE], request.user)
    addresses = {someone.pk: someone.email for someone in people}
    given = {name: value.isoformat() for name, value in days.given().items()}
    filters = {name: value for name, value in (("kind", kind), ("person", person)) if value} | given
    return render(
        request,
        "backoffice/activity.html",
        {
            "events": [_told(event, addresses, undo) for event in found[:PER_PAGE]],
            "kinds": Kind.choices,
            "people": people,
            "kind": kind,
            "person": person,
            "days": [_drawn(name, days) for name in _DAYS],
            "filtered": bool(filters or days.faults),
            "newer": _link(filters, page - 1) if page > 1 else "",
            "older": _link(filters, page + 1) if len(found) > PER_PAGE else "",
        },
    )


def _drawn(name: str, days: FilterSet) -> dict:
    """The input of a day: its label, type, what stands in it, and what is wrong with that."""
    kind, value = _DAYS[name].shown(days.data.get(name, ""))
    fault = next(iter(days.faults.get(name, [])), "")
    return {"name": name, "label": _DAYS[name].label, "type": kind, "value": value, "fault": fault}


def _events_of(page: int, events: QuerySet) -> list[Event]:
    """Those of that page and, where there is a further page, one more."""
    start = (page - 1) * PER_PAGE
    return list(events[start : start + PER_PAGE + 1])


def _told(event: Event, addresses: dict[int, str], undo: dict[int, str]) -> dict:
    """`email` says which of two people of one name it was (S6)."""
    return {
        "when": moment(event.at),
        "when_iso": event.at.isoformat(),
        "icon": icon_of(event),
        "sentence": tell(event),
        "email": addresses.get(event.staff_id, ""),
        "door": dict(Door.choices).get(event.door, ""),
        "ip": event.ip or "",
        "undo_url": undo.get(event.pk, ""),
    }


def _number(request: HttpRequest, name: str) -> int:
    """A whole number of the query string; 0 for anything else."""
    return whole(request.GET.get(name, ""), 9) or 0


def _link(filters: dict, page: int) -> str:
    return "?" + urlencode({**filters, "page": page})
