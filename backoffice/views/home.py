"""The first page after sign-in: the shop today, what one did last, and what others did (U15)."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from ..access.rights import signed_in
from ..lists.key_figures import key_figures
from ..lists.page import ListPage
from ..live.blocks import asking
from ..models import Event
from ..records.events import Kind
from ..screen.formats import labelled, minute, number
from ..sections import Panel, Section, all_sections
from ..staff.models import StaffMember
from .event_sentences import icon_of, tell
from .job_messages import undo_urls
from .live import versions_of_home
from .panels import drawn_panels

LATEST = 5
RECENT = dt.timedelta(days=7)
# Coming and going is on the activity page only.
EVERYDAY = (Kind.SIGN_IN, Kind.SIGN_OUT)


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The blocks of the sections the person may see, and the latest events; others' for who may see those."""
    sections = [one for one in all_sections() if request.user.has_perm(one.right("view"))]
    versions = versions_of_home(request.user)
    panels: dict[str, list] = {"left": [], "right": []}
    for section in sections:
        _add(panels, drawn_panels(section.home, request, fold=f"home-{section.slug}"))
    _add(panels, drawn_panels(_OWN, request, fold="home"))
    return render(
        request,
        "backoffice/home.html",
        {
            "greeting": _("Hello %(name)s") % {"name": request.user.name},
            "panels_left": panels["left"],
            "panels_right": panels["right"],
            "live": asking(request, reverse("home_live"), versions) if versions else None,
            **_figures(sections, request.user),
        },
    )


def _add(panels: dict[str, list], more: dict[str, list]) -> None:
    for side, drawn in panels.items():
        drawn += more[side]


def _figures(sections: list[Section], person: StaffMember) -> dict:
    """The key figures of the first section that has any, as above its list."""
    section = next((one for one in sections if one.key_figures), None)
    return key_figures(section, ListPage(section, QueryDict(), person)) if section else {}


def _told(events: QuerySet[Event], person: StaffMember) -> list[dict]:
    latest = list(events.exclude(kind__in=EVERYDAY)[:LATEST])
    undo = undo_urls(latest, person)
    return [
        {
            "icon": icon_of(event),
            "text": tell(event),
            "when": minute(event.at),
            "when_iso": event.at.isoformat(),
            "undo_url": undo.get(event.pk, ""),
        }
        for event in latest
    ]


def _mine(person: StaffMember) -> dict:
    entries = _told(Event.objects.filter(staff=person), person)
    empty = _("Nothing yet. Your bulk changes, exports and changed settings will appear here.")
    return {"entries": entries, "empty": "" if entries else empty}


def _of_others(person: StaffMember) -> dict:
    entries = _told(Event.objects.exclude(staff=person), person)
    empty = _("Nothing has happened yet. Exports, imports, bulk changes and role changes will appear here.")
    return {"entries": entries, "empty": "" if entries else empty, "url": reverse("activity")}


def _faulty_imports(person: StaffMember) -> dict | None:
    """The imports of the last week that refused rows, into sections this person may import into."""
    since = timezone.now() - RECENT
    sections = {one.slug: one for one in all_sections() if person.has_perm(one.right("import"))}
    found = [
        {
            "icon": "warning",
            "text": _refused(sections[event.target], event.facts),
            "when": minute(event.at),
            "when_iso": event.at.isoformat(),
        }
        for event in Event.objects.filter(kind=Kind.IMPORT, at__gte=since)[:50]
        if event.target in sections and event.facts.get("refused")
    ]
    return {"entries": found[:LATEST], "count": number(len(found))} if found else None


def _refused(section: Section, facts: dict) -> str:
    refused = facts["refused"]
    said = ngettext(
        "%(refused)s of %(rows)s rows was refused.", "%(refused)s of %(rows)s rows were refused.", refused
    ) % {"refused": number(refused), "rows": number(facts.get("rows", 0))}
    return labelled(facts.get("file") or section.titles.many, said)


_log = partial(Panel, template="backoffice/panels/log.html")
_OWN = (
    _log(name="imports", title=gettext_lazy("Imports with errors"), content=_faulty_imports, icon="import"),
    _log(name="mine", title=gettext_lazy("What you did last"), content=_mine, icon="undo"),
    _log(
        name="others",
        title=gettext_lazy("What others did"),
        content=_of_others,
        icon="activity",
        right="backoffice.view_event",
    ),
)
