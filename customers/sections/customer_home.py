"""What the home page shows of customers: messages that wait, one's own tasks, birthdays (U15)."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.lists.excerpt import Excerpt
from backoffice.lists.figures import Figures
from backoffice.models import Counter
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.tables import as_table
from backoffice.sections import Panel, section_named

from .. import rules
from ..models import Customer, ThreadStatus
from ..queries import born_on
from .task_tabs import mine_open

FEW = 5
# So many are looked through for who comes next.
MOST = 100


def messages_panel(staff) -> dict:
    """The conversations that wait for us, the longest on top."""
    asked = {"status": ThreadStatus.OPEN, "sort": "last_message_at"}
    return _excerpt("messages", asked, ("subject", "customer", "last_message_at"), staff).as_panel(
        _("No conversations are open.")
    )


def birthdays_panel(staff) -> dict | None:
    """How many have their birthday today and this week, and who comes next, today's first."""
    figures = Figures(section_named("customers"), staff)
    if not figures.whole.value:
        return None
    today = timezone.localdate()
    return {
        "figures": [
            figures.listed(_("Today"), "birthdays=today"),
            figures.listed(_("This week"), "birthdays=week"),
        ],
        **as_table(
            ((_("Customer"), "wraps"), (_("Birthday"), "date narrow"), (_("Age"), "num narrow")),
            [
                (
                    fill('<a href="{}">{}</a>', link("customers_view", customer.pk), customer),
                    _("Today") if day == today else formats.weekday(day),
                    rules.age_on(day, customer.birthday),
                )
                for day, customer in _next_birthdays(today)
            ],
        ),
    }


def _next_birthdays(today: dt.date) -> list[tuple[dt.date, Customer]]:
    """Today's first, then those of the days that are left of this week, the earliest first."""
    names = ("first_name", "last_name", "birthday")
    found = [(today, one) for one in born_on(today).order_by("birthday", "id").only(*names)[:FEW]]
    days = [today + dt.timedelta(days=place) for place in range(1, 7 - today.weekday())]
    if len(found) == FEW or not days:
        return found
    later = Customer.objects.here().filter(
        birthday__among=[one for day in days for one in rules.births_on(day)]
    )
    rest = [
        (next(day for day in days if one.birthday in rules.births_on(day)), one)
        for one in later.order_by("birthday", "id").only(*names)[:MOST]
    ]
    return [*found, *sorted(rest, key=lambda one: one[0])][:FEW]


def tasks_panel(staff) -> dict:
    """What this person still has to do, what is due first on top, as the list of tasks shows it."""
    asked = {**mine_open(staff), "sort": "due_on"}
    return _excerpt("tasks", asked, ("title", "due_on", "customer", "done"), staff).as_panel(
        _("You have no open tasks.")
    )


def _excerpt(slug: str, asked: dict[str, str], columns: tuple[str, ...], staff) -> Excerpt:
    return Excerpt(section_named(slug), asked, columns, staff, counters=Counter.by_name(), rows=FEW)


HOME = (
    Panel(
        name="messages",
        title=gettext_lazy("Messages waiting"),
        template="backoffice/panels/related.html",
        content=messages_panel,
        icon="inbox",
        side="left",
        right="customers.view_thread",
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
