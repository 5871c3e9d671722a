"""The filters of customers that ask more than one stored value, and the one by which others are found."""

import datetime as dt

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.database.folding import plain
from backoffice.database.search import contains_condition, find
from backoffice.forms.numbers import WholeField
from backoffice.numbers import whole
from backoffice.screen import formats
from backoffice.tables.filter import Filter
from backoffice.tables.filters import ChoiceFilter, NumberFilter, QuickSearch

from ..models import Customer, Visit
from ..rules import births_on, years_before


class AgeFilter(NumberFilter):
    """Age in whole years today in the shop's time zone: at least or `at_most` that many."""

    def __init__(self, label, *, at_most: bool, hint: str):
        super().__init__(label, field="birthday", hint=hint)
        self.at_most = at_most

    @property
    def field(self):
        return WholeField(required=False, min_value=0, max_value=200)

    def filter(self, rows, value):
        today = timezone.localdate()
        if self.at_most:
            return rows.filter(birthday__gt=years_before(today, value + 1))
        return rows.filter(birthday__lte=years_before(today, value))


class BirthdaysFilter(ChoiceFilter):
    """Whose birthday is today or in this week, Monday to Sunday; of 29 February on 1 March in other years."""

    def __init__(self, label):
        super().__init__(label, choices=[("today", _("Today")), ("week", _("This week"))])

    def filter(self, rows, value):
        today = timezone.localdate()
        monday = today - dt.timedelta(days=today.weekday())
        days = [today] if value == "today" else [monday + dt.timedelta(days=n) for n in range(7)]
        return rows.filter(birthday__among=[birth for day in days for birth in births_on(day)])


class NameFilter(Filter, django_filters.CharFilter):
    """Every word stands in the first or the last name, in any order (S4.86)."""

    def __init__(self, label):
        super().__init__(label=label, max_length=200)

    def means_something(self, value, model):
        return bool(plain(value))

    def filter(self, rows, value):
        for word in plain(value).split(" "):
            in_first, in_last = (
                contains_condition("first_name_key", word),
                contains_condition("last_name_key", word),
            )
            rows = rows.filter(in_first | in_last)
        return rows


class VisitedFromFilter(Filter, django_filters.CharFilter):
    """Whose connections came from exactly this IP address, each customer once (S4.85, facts 9.1)."""

    @property
    def field(self):
        return forms.GenericIPAddressField(required=False)

    def filter(self, rows, value):
        return rows.filter(pk__in=Visit.objects.filter(ip=value, customer__isnull=False).values("customer"))


def people_found(text: str) -> QuerySet:
    """The numbers of the customers that the quick search finds by this text."""
    return find(Customer.objects.here(), text, exactly="email_key").order_by().values("pk")


class CustomerFilter(QuickSearch):
    """Whose a record is: an ID, or what the quick search of customers takes."""

    def __init__(self, label):
        super().__init__(label, placeholder=_("Name or ID"), exactly="email_key")

    def means_something(self, value, model):
        return super().means_something(value, Customer)

    def filter(self, rows, value):
        number = whole(value)
        if number is not None:
            return rows.filter(customer=number)
        return rows.filter(customer__in=people_found(value))

    def says(self, value, page):
        number = whole(value)
        person = Customer.objects.here().filter(pk=number).first() if number is not None else None
        return f"{person.name} ({formats.labelled('ID', number)})" if person else value
