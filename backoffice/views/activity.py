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
from ..screen.formats import minute
from ..sections import Menu, MenuPage, register_page
from ..staff.models import StaffMember
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

PER_PAGE = 50
LAST_PAGE = 10_000


@needs("backoffice.view_event")
@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """Latest first; `kind`, `person` and `page` in the query string, unknown values are ignored.

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
    page = min(page, LAST_PAGE)
    found = _events_of(page, events)
    if not found and page > 1:
        page = max(1, -(-events.count() // PER_PAGE))
        found = _events_of(page, events)
    undo = undo_urls(found[:PER_PAGE], request.user)
    addresses = {someone.pk: someone.email for someone in people}
    filters = {name: value for name, value in (("kind", kind), ("person", person)) if value}
    return render(
        request,
        "backoffice/activity.html",
        {
            "events": [_told(event, addresses, undo) for event in found[:PER_PAGE]],
            "kinds": Kind.choices,
            "people": people,
            "kind": kind,
            "person": person,
            "filtered": bool(filters),
            "newer": _link(filters, page - 1) if page > 1 else "",
            "older": _link(filters, page + 1) if len(found) > PER_PAGE else "",
        },
    )


def _events_of(page: int, events: QuerySet) -> list[Event]:
    """Those of that page and, where there is a further page, one more."""
    start = (page - 1) * PER_PAGE
    return list(events[start : start + PER_PAGE + 1])


def _told(event: Event, addresses: dict[int, str], undo: dict[int, str]) -> dict:
    """`email` says which of two people of one name it was (S6)."""
    return {
        "when": minute(event.at),
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
