"""The filters of tasks that ask more than one stored value."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from backoffice.tables.day_filters import DateFilter
from backoffice.tables.filters import ChoiceFilter


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
