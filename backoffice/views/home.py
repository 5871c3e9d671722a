"""The first page after sign-in: the shop now, what one did last, and what others did (U15; issue 10, point 12)."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from ..access.rights import signed_in
from ..live.blocks import asking
from ..models import Event
from ..records.events import Kind
from ..screen.formats import labelled, minute, number
from ..sections import Panel, Section, all_sections, home_panels
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
    """The blocks that the person may see: first those that move, then the others and the latest events."""
    versions, panels = versions_of_home(request.user), home_panels(request.user)
    now = drawn_panels([one for one in panels if one.version], request, fold="home")
    others = [one for one in panels if not one.version]
    rest = drawn_panels([*others, *_OWN], request, fold="home")
    context = {
        "panels_head": now["head"],
        "rows": [now, rest],
        "live": asking(request, reverse("home_live"), versions) if versions else None,
    }
    return render(request, "backoffice/home.html", context)


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
