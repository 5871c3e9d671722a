"""The first page after sign-in: what is here, and what happened lately."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..formats import number
from ..models import Counter, Event
from ..rights import signed_in
from ..sections import all_sections
from ..telling import tell

LATEST = 8


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Sections the person may see, with their stored counts; the latest events for who may see those."""
    sections = [section for section in all_sections() if request.user.has_perm(section.right("view"))]
    counts = dict(
        Counter.objects.filter(name__in=[section.counter for section in sections]).values_list(
            "name", "value"
        )
    )
    tiles = [
        {
            "title": section.title,
            "icon": section.icon,
            "url": reverse(section.url("list")),
            "count": number(counts.get(section.counter, 0)),
        }
        for section in sections
    ]
    additions = [
        {"title": section.add_label, "url": reverse(section.url("add"))}
        for section in sections
        if section.form is not None and request.user.has_perm(section.right("add"))
    ]
    events = Event.objects.all()[:LATEST] if request.user.has_perm("backoffice.view_event") else []
    return render(
        request,
        "backoffice/home.html",
        {
            "tiles": tiles,
            "additions": additions,
            "events": [(event, tell(event)) for event in events],
        },
    )
