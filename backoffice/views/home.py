"""The first page after sign-in: where to go, and what happened lately."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..access.rights import signed_in
from ..lists.key_figures import key_figures
from ..lists.page import ListPage
from ..models import Counter, Event
from ..records.events import Kind
from ..screen.formats import moment, number
from ..sections import Section, all_sections
from ..staff.models import StaffMember
from .event_sentences import icon_of, tell
from .job_messages import undo_urls

LATEST = 8
# Coming and going is on the activity page only.
EVERYDAY = (Kind.SIGN_IN, Kind.SIGN_OUT)


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Sections the person may see, with their stored counts; the latest events for who may see those."""
    return render(
        request,
        "backoffice/home.html",
        {
            "greeting": _("Hello %(name)s") % {"name": request.user.name},
            "quick_links": _quick_links(request.user),
            "recent": _recent(request.user) if request.user.has_perm("backoffice.view_event") else None,
            "recent_url": reverse("activity"),
            **_figures(request.user),
        },
    )


def _figures(person: StaffMember) -> dict:
    """The key figures of the first section that has any, as above its list."""
    for section in all_sections():
        if section.key_figures and person.has_perm(section.right("view")):
            return key_figures(section, ListPage(section, QueryDict(), person))
    return {}


def _quick_links(person: StaffMember) -> list[dict]:
    sections = [section for section in all_sections() if person.has_perm(section.right("view"))]
    counters = Counter.objects.filter(name__in=[section.counter for section in sections])
    counts = dict(counters.values_list("name", "value"))
    links = [
        _link(section.titles.many, section.url(), section.menu.icon, number(counts.get(section.counter, 0)))
        for section in sections
    ]
    links += [
        _link(section.titles.quick or section.titles.add, section.url("add"), "plus", section.titles.many)
        for section in sections
        if _may_add(person, section)
    ]
    return [*links, _link(_("Your profile"), "profile", "person"), _link(_("Help"), "help", "help")]


def _may_add(person: StaffMember, section: Section) -> bool:
    return section.form is not None and person.has_perm(section.right("add"))


def _link(title, name: str, icon: str, note="") -> dict:
    return {"title": title, "url": reverse(name), "icon": icon, "note": note}


def _recent(person: StaffMember) -> list[dict]:
    events = list(Event.objects.exclude(kind__in=EVERYDAY)[:LATEST])
    undo = undo_urls(events, person)
    return [
        {
            "icon": icon_of(event),
            "text": tell(event),
            "when": moment(event.at),
            "undo_url": undo.get(event.pk, ""),
        }
        for event in events
    ]
