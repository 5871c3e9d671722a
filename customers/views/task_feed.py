"""One's tasks for calendar programs, as iCalendar (RFC 5545) behind a secret link: `/tasks/feed/<token>.ics`."""

import datetime as dt
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from backoffice.access.rights import open_to_all
from backoffice.staff.limits import is_too_often
from backoffice.staff.models import StaffMember

from ..models import Task
from ..services.task_feeds import reader_by

BACK = dt.timedelta(days=60)
MOST = 2_000
AN_HOURS_TASK = dt.timedelta(minutes=30)


@open_to_all
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The open tasks with a day of whoever the link belongs to: numbers and titles, nobody's name (decision 31)."""
    if is_too_often(request, "calendar_feed"):
        return HttpResponse(status=429, headers={"Retry-After": "600"})
    reader = reader_by(token)
    if reader is None:
        raise Http404
    text = _calendar(reader, request).to_ical()
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["ETag"] = etag = f'"{sha256(text).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _calendar(reader: StaffMember, request: HttpRequest) -> Calendar:
    since = timezone.localdate() - BACK
    tasks = Task.objects.here().open().filter(assignee=reader, due_on__gte=since).order_by("due_on", "pk")
    with translation.override(reader.language or settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("prodid", "-//Customer back office//Tasks//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Tasks, %(shop)s") % {"shop": settings.SHOP_NAME})
        for task in tasks[:MOST]:
            calendar.add_component(_event(task, request))
    return calendar


def _event(task: Task, request: HttpRequest) -> Event:
    """A task as calendars show it: the whole day, or half an hour from its time on, in the shop's time zone."""
    event = Event()
    event.add("uid", f"task-{task.pk}@{request.get_host().partition(':')[0]}")
    event.add("dtstamp", task.updated_at)
    event.add("sequence", task.version)
    event.add("summary", task.title)
    event.add("url", request.build_absolute_uri(reverse("tasks_view", args=[task.pk])))
    assert task.due_on is not None
    if task.due_time is None:
        event.add("dtstart", task.due_on)
        event.add("dtend", task.due_on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        zone = timezone.get_default_timezone()
        starts = dt.datetime.combine(task.due_on, task.due_time, zone).astimezone(dt.UTC)
        event.add("dtstart", starts)
        event.add("dtend", starts + AN_HOURS_TASK)
    return event
