"""What the home page shows of customers: sign-ups, accounts, birthdays, one's own tasks (U15)."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.lists.excerpt import Excerpt
from backoffice.lists.figures import Figures
from backoffice.models import Counter
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import Panel, section_named

from .. import rules
from ..models import Customer, ThreadStatus
from ..queries import born_on, signups_by_day
from .task_tabs import mine_open

DAYS = 30
FEW = 5


def signups_panel(staff) -> dict:
    """How many registered today, in the last 7 and 30 days, as the list counts days, and a bar for each day."""
    figures = _figures(staff)
    if not figures.whole.value:
        return {
            "empty": _("There are no customers yet. They appear here when they register or are imported.")
        }
    today = timezone.localdate()
    lately, first = today - dt.timedelta(days=6), today - dt.timedelta(days=DAYS - 1)
    return {
        "figures": [
            figures.listed(_("Today"), f"registered_after={today}"),
            figures.listed(_("Last 7 days"), f"registered_after={lately}"),
            figures.listed(_("Last 30 days"), f"registered_after={first}"),
        ],
        "picture": _days(signups_by_day(first, today, state=figures.state), today),
    }


def _days(numbers: dict[dt.date, int], today: dt.date) -> dict:
    """A bar for each day; that of today, which goes on, is pale."""
    most = max(numbers.values()) or 1
    bars = []
    for place, (day, number) in enumerate(numbers.items()):
        height = max(1, round(40 * number / most, 1)) if number else 0
        said = formats.labelled(formats.day(day), formats.number(number))
        bars.append(
            {
                "label": said,
                "x": 10 * place,
                "y": 40 - height,
                "height": height,
                "tone": 3 if day == today else 1,
            }
        )
    title = _("New customers a day, the last 30 days: %(numbers)s") % {
        "numbers": ", ".join(map(formats.number, numbers.values()))
    }
    facts = {"title": title, "bars": bars, "width": 10 * len(bars) - 2}
    first = next(iter(numbers))
    return {
        "html": render_to_string("backoffice/pictures/days.html", facts),
        "url": f"{link('customers_list')}?registered_after={first}",
        "title": _("New customers of the last 30 days"),
        "from": formats.day(first),
        "to": formats.day(today),
    }


def accounts_panel(staff) -> dict | None:
    """Who gets the newsletter and who does not, who may not log in, whose conversation waits."""
    figures = _figures(staff)
    if not figures.whole.value:
        return None
    told = [
        figures.listed(_("Newsletter"), "newsletter=true"),
        figures.listed(_("No newsletter"), "newsletter=false"),
        figures.listed(_("Inactive accounts"), "active=false"),
    ]
    if staff.has_perm("customers.view_thread"):
        told.append(
            _figures(staff, "messages").listed(_("Open conversations"), f"status={ThreadStatus.OPEN}")
        )
    return {"count": formats.number(figures.whole.value), "figures": told, "url": link("customers_list")}


def birthdays_panel(staff) -> dict | None:
    """How many have their birthday today and this week, and the first of today."""
    figures = _figures(staff)
    if not figures.whole.value:
        return None
    today = timezone.localdate()
    names = born_on(today).order_by("birthday", "id").only("first_name", "last_name", "birthday")[:FEW]
    return {
        "figures": [
            figures.listed(_("Today"), "birthdays=today"),
            figures.listed(_("This week"), "birthdays=week"),
        ],
        "rows": [
            {
                "cells": [
                    {"text": _linked(customer), "css": "wraps"},
                    {"text": rules.age_on(today, customer.birthday), "css": "num"},
                ]
            }
            for customer in names
        ],
        "headers": [{"title": _("Customer")}, {"title": _("Age"), "css": "num"}],
    }


def tasks_panel(staff) -> dict:
    """What this person still has to do, what is due first on top, as the list of tasks shows it."""
    section, asked = section_named("tasks"), {**mine_open(staff), "sort": "due_on"}
    page = Excerpt(
        section, asked, ("title", "due_on", "customer", "done"), staff, counters=Counter.by_name(), rows=FEW
    )
    return page.as_panel(_("You have no open tasks."))


def _figures(staff, slug: str = "customers") -> Figures:
    return Figures(section_named(slug), staff)


def _linked(customer: Customer) -> str:
    return fill('<a href="{}">{}</a>', link("customers_view", customer.pk), customer)


HOME = (
    Panel(
        name="signups",
        title=gettext_lazy("New customers"),
        template="backoffice/panels/figures.html",
        content=signups_panel,
        icon="chart",
        side="left",
    ),
    Panel(
        name="accounts",
        title=gettext_lazy("Customers"),
        template="backoffice/panels/figures.html",
        content=accounts_panel,
        icon="customers",
        side="left",
    ),
    Panel(
        name="tasks",
        title=gettext_lazy("My open tasks"),
        template="backoffice/panels/related.html",
        content=tasks_panel,
        icon="tasks",
        side="left",
        right="customers.view_task",
    ),
    Panel(
        name="birthdays",
        title=gettext_lazy("Birthdays"),
        template="backoffice/panels/rows.html",
        content=birthdays_panel,
        icon="calendar",
    ),
)
