"""A month of tasks, `/tasks/calendar/?month=2026-11`, and the link for calendar programs (S3.36)."""

import calendar as months
import datetime as dt
import re
from urllib.parse import urlencode

from babel.dates import format_date, get_day_names
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from backoffice.access.rights import needs
from backoffice.records.actors import Actor
from backoffice.screen import formats
from backoffice.screen.links import link

from ..queries import tasks_of_days
from ..sections.task_tabs import CALENDAR, tabs_of
from ..services.task_feeds import feed_of, make_feed_link, revoke_feed_link

MOST_A_DAY = 4
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@needs("customers.view_task")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One's own tasks of a month, or with `who=all` everybody's. A month that means nothing is this one."""
    return _page(request)


@needs("customers.view_task")
@require_POST
def change_feed(request: HttpRequest) -> HttpResponse:
    """Makes the link to one's own tasks and shows it once, or takes it back with `revoke`."""
    if "revoke" in request.POST:
        revoke_feed_link(request.user, by=Actor.of(request))
        messages.success(request, _("The calendar link is revoked."))
        return HttpResponseRedirect(link("tasks_calendar"))
    token = make_feed_link(request.user, by=Actor.of(request))
    return _page(request, feed_url=request.build_absolute_uri(reverse("tasks_feed", args=[token])))


def _page(request: HttpRequest, feed_url: str = "") -> HttpResponse:
    today = timezone.localdate()
    first, everybody = _month_asked(request.GET.get("month", ""), today), request.GET.get("who") == "all"
    whose = {} if everybody else {"assignee": str(request.user.pk)}
    month = months.Calendar((get_format("FIRST_DAY_OF_WEEK") - 1) % 7)
    weeks = month.monthdatescalendar(first.year, first.month)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    tasks = tasks_of_days(first, last, None if everybody else request.user, most=MOST_A_DAY)
    context = {
        "page_title": _("Calendar"),
        "month": _in_words(first, "LLLL yyyy"),
        "weekdays": [_weekday(day) for day in weeks[0]],
        "weeks": [
            [
                _day(day, tasks.get(day, []), today, whose) if day.month == first.month else None
                for day in week
            ]
            for week in weeks
        ],
        "has_tasks": bool(tasks),
        "tabs": tabs_of(request.user, CALENDAR),
        "whose": [
            {"title": title, "url": _url(first, who), "current": (who == "all") == everybody}
            for title, who in ((_("Mine"), ""), (_("Everybody’s"), "all"))
        ],
        "before": _step(first - dt.timedelta(days=1), everybody),
        "after": _step(last + dt.timedelta(days=1), everybody),
        "now_url": _url(today, "all" if everybody else ""),
        "is_now": first == today.replace(day=1),
        "may_add": request.user.has_perm("customers.add_task"),
        "feed": feed_of(request.user),
        "feed_url": feed_url,
    }
    return render(request, "customers/task_calendar.html", context)


def _month_asked(text: str, today: dt.date) -> dt.date:
    """The first day of the month asked for; of this one where that means nothing."""
    found = _MONTH.fullmatch(text)
    year, month = map(int, found.groups()) if found else (0, 0)
    return dt.date(year, month, 1) if 1900 <= year < 2900 and 1 <= month <= 12 else today.replace(day=1)


def _in_words(day: dt.date, pattern: str) -> str:
    words = format_date(day, pattern, locale=formats.language())
    return words[:1].upper() + words[1:]


def _weekday(day: dt.date) -> dict[str, str]:
    language = formats.language()
    return {
        "short": get_day_names("abbreviated", "stand-alone", language)[day.weekday()],
        "title": get_day_names("wide", "stand-alone", language)[day.weekday()],
    }


def _url(day: dt.date, who: str) -> str:
    query = {"month": f"{day:%Y-%m}", **({"who": who} if who else {})}
    return f"{link('tasks_calendar')}?{urlencode(query)}"


def _step(day: dt.date, everybody: bool) -> dict[str, str]:
    return {"url": _url(day, "all" if everybody else ""), "title": _in_words(day, "LLLL yyyy")}


def _day(day: dt.date, tasks: list[dict], today: dt.date, whose: dict[str, str]) -> dict:
    """A day of the month with its first tasks, and how many more there are in the list."""
    more = tasks[0]["of_day"] - len(tasks) if tasks else 0
    asked = {"due_on_after": day.isoformat(), "due_on_before": day.isoformat(), **whose}
    return {
        "number": day.day,
        "title": _in_words(day, "EEEE d MMMM"),
        "is_today": day == today,
        "add_url": f"{link('tasks_add')}?due_on={day.isoformat()}",
        "tasks": [
            {
                "url": link("tasks_view", task["id"]),
                "title": task["title"],
                "time": formats.time_of_day(task["due_time"]),
                "customer": f"{task['customer__first_name']} {task['customer__last_name']}".strip(),
                "done": bool(task["done_at"]),
                "overdue": not task["done_at"] and day < today,
            }
            for task in tasks
        ],
        "more": ngettext("%(n)s more", "%(n)s more", more) % {"n": formats.number(more)} if more else "",
        "more_url": f"{link('tasks_list')}?{urlencode(asked)}",
    }
