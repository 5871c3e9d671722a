"""A customer's time as a picture: visits, e-mails, messages, notes and tasks; apps above add what they know."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.lists.lanes import picture_of
from backoffice.screen import formats
from backoffice.sections import Explanation, Lane, Panel, section_named
from backoffice.sections.explained import explained_at

from ..models import Customer, Mail, Message, Note, Task, Visit


def _later(customer: Customer, staff) -> dict:
    return {
        "name": "timeline",
        "fold": "customers-timeline",
        "title": _("Timeline"),
        "later_url": explained_at("customers", "timeline", customer, staff),
        "later_title": _("Show the timeline"),
    }


def _picture(customer: Customer, staff) -> dict:
    """From the registration to today."""
    begins = customer.registered_at
    said = _("Nothing has happened since the registration on %(day)s.") % {"day": formats.day(begins)}
    return picture_of(section_named("customers"), customer, staff, begins=begins, said=said)


TIMELINE = Panel(
    name="timeline",
    title=gettext_lazy("Timeline"),
    template="backoffice/panels/later.html",
    content=_later,
    icon="chart",
    side="head",
)
PICTURE = Explanation(
    name="timeline",
    title=gettext_lazy("Timeline"),
    content=_picture,
    template="backoffice/pictures/lanes.html",
)
LANES = (
    Lane(
        name="visits",
        title=gettext_lazy("Visits"),
        rows=lambda customer: Visit.objects.filter(customer=customer.pk),
        at="started_at",
        panel="visits",
        place=30,
        right="customers.view_visit",
    ),
    Lane(
        name="mails",
        title=gettext_lazy("E-mails"),
        rows=lambda customer: Mail.objects.filter(customer=customer.pk),
        at="sent_at",
        panel="mails",
        place=40,
        right="customers.view_mail",
    ),
    Lane(
        name="messages",
        title=gettext_lazy("Messages"),
        rows=lambda customer: Message.objects.filter(thread__customer=customer.pk, private=False),
        at="sent_at",
        panel="messages",
        place=50,
        right="customers.view_thread",
    ),
    Lane(
        name="notes",
        title=gettext_lazy("Notes"),
        rows=lambda customer: Note.objects.filter(customer=customer.pk),
        at="created_at",
        panel="notes",
        place=60,
        right="customers.view_note",
    ),
    Lane(
        name="tasks",
        title=gettext_lazy("Tasks"),
        rows=lambda customer: Task.objects.filter(customer=customer.pk),
        at="created_at",
        panel="tasks",
        place=70,
        right="customers.view_task",
    ),
)
