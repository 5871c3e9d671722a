"""The activity page: who signed in, exported, imported, changed a role (decision 28)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..access.rights import needs
from ..lists.events import DAYS, EventPage
from ..records.actors import Door
from ..records.events import Kind
from ..records.timeline import unclear
from ..screen import formats
from ..sections import Menu, MenuPage, register_page
from ..tables.filter_menus import draw_under_title
from .event_sentences import icon_of, tell, tone_of
from .job_messages import import_urls, undo_urls

register_page(
    MenuPage(
        menu=Menu(group="advanced", place=90, icon="activity"),
        url="activity",
        title=gettext_lazy("Activity"),
        right="backoffice.view_event",
    )
)


@needs("backoffice.view_event")
@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """Latest first, 50 a page; `kind`, `person`, `at_after` and `at_before` in the query string narrow it."""
    page = EventPage(request.GET, request.user)
    return render(
        request,
        "backoffice/activity.html",
        {
            "days": _by_day(_told(page, undo_urls(page.events, request.user), import_urls(page.events))),
            "filters": [_filter(page, name) for name in ("kind", "person")],
            "period": draw_under_title(
                {name: page.filterset.filters[name] for name in DAYS}, _("When"), page
            ),
            "faults": [faults[0] for faults in page.filter_errors.values()],
            "filtered": bool(page.filterset.given() or page.filter_errors),
            "newer": page.newer_url,
            "older": page.older_url,
        },
    )


def _filter(page: EventPage, name: str) -> dict:
    one = page.filterset.filters[name]
    return {"label": one.label, "html": one.draw(page, name)}


def _told(page: EventPage, undo: dict[int, str], imports: dict[int, str]) -> list[dict]:
    """`email` says which of two people of one name it was (S6); `ip` where it is not that of their event above."""
    emails = {one.pk: one.email for one in page.people}
    told = {(event.staff_name, emails.get(event.staff_id, "")) for event in page.events if event.staff_id}
    doubtful = unclear(told, {(one.name, one.email) for one in page.people})
    kinds = dict(Kind.choices)
    seen_from: dict[int | None, str | None] = {}
    lines = []
    for event in page.events:
        email = emails.get(event.staff_id, "")
        is_new = event.staff_id is None or seen_from.get(event.staff_id) != event.ip
        seen_from[event.staff_id] = event.ip or seen_from.get(event.staff_id)
        lines.append(
            {
                "at": event.at,
                "clock": formats.clock(event.at),
                "icon": icon_of(event),
                "tone": tone_of(event),
                "kind": kinds.get(event.kind, ""),
                "sentence": tell(event),
                "who_tip": email,
                "email": email if (event.staff_name, email) in doubtful else "",
                "origin": Door(event.door).told if event.door in Door.values else "",
                "ip": event.ip or "",
                "shows_ip": bool(event.ip) and is_new,
                "undo_url": undo.get(event.pk, ""),
                "import_url": imports.get(event.pk, ""),
            }
        )
    return lines


def _by_day(lines: list[dict]) -> list[dict]:
    days: list[dict] = []
    for line in lines:
        title = formats.day_heading(line["at"])
        if not days or days[-1]["title"] != title:
            days.append({"title": title, "events": []})
        days[-1]["events"].append(line)
    return days
