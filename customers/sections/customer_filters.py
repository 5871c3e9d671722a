"""The filters of customers that ask more than one stored value, and the one by which others are found."""

import django_filters
from django.utils import timezone

from backoffice.database.search import find
from backoffice.database.typed import read
from backoffice.forms.numbers import WholeField
from backoffice.numbers import whole
from backoffice.tables.filter import Filter
from backoffice.tables.filters import NumberFilter

from ..models import Customer
from ..rules import years_before


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


class CustomerFilter(Filter, django_filters.CharFilter):
    """Whose a record is: a number is that customer's, anything else is looked for as in their own list."""

    def __init__(self, label):
        super().__init__(label=label, max_length=200)

    def means_something(self, value, model):
        return bool(read(value))

    def filter(self, rows, value):
        number = whole(value.strip())
        if number is not None:
            return rows.filter(customer=number)
        return rows.filter(customer__in=find(Customer.objects.here(), value, exactly="email_key"))
