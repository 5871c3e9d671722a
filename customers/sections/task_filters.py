"""The filters of tasks that ask more than one stored value."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from backoffice.database.search import find
from backoffice.numbers import whole
from backoffice.screen import formats
from backoffice.tables.day_filters import DateFilter
from backoffice.tables.filters import ChoiceFilter, QuickSearch

from ..models import Customer

_NAME_OR_ID = gettext_lazy("Name or ID")


class CustomerFilter(QuickSearch):
    """Whose tasks: an ID, or what the quick search of customers takes."""

    def __init__(self, label):
        super().__init__(label, placeholder=_NAME_OR_ID, exactly="email_key")

    def means_something(self, value, model):
        return super().means_something(value, Customer)

    def filter(self, rows, value):
        number = whole(value)
        if number is not None:
            return rows.filter(customer=number)
        people = find(Customer.objects.here(), value, exactly=self.exactly)
        return rows.filter(customer__in=people.order_by().values("pk"))

    def says(self, value, page):
        number = whole(value)
        person = Customer.objects.here().filter(pk=number).first() if number is not None else None
        return f"{person.name} ({formats.labelled('ID', number)})" if person else value


class StatusFilter(ChoiceFilter):
    """Open, overdue as of today in the shop's time zone, or done."""

    def __init__(self):
        choices = [
            ("open", pgettext_lazy("task", "Open")),
            ("overdue", pgettext_lazy("task", "Overdue")),
            ("done", pgettext_lazy("task", "Done")),
        ]
        super().__init__(gettext_lazy("Status"), choices=choices)

    def filter(self, rows, value):
        if value == "overdue":
            return rows.overdue(timezone.localdate())
        return rows.done() if value == "done" else rows.open()


class DueFilter(DateFilter):
    """From or to a day; asked for most is what comes."""

    def presets(self, today):
        last = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
        return [
            (_("Until today"), None, today),
            (_("Today"), today, today),
            (_("Next 7 days"), today, today + dt.timedelta(days=6)),
            (_("This month"), today.replace(day=1), last),
        ]
