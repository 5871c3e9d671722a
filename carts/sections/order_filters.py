"""The filters of orders that ask for more than one stored value (S0.75: orders in the search of every page)."""

import django_filters
from django.db.models import QuerySet

from backoffice.database.folding import plain
from backoffice.database.search import find
from backoffice.numbers import numbered, whole
from backoffice.tables.filter import Filter
from backoffice.tables.filters import QuickSearch
from customers.models import Customer
from customers.sections.customer_filters import CustomerFilter


class OrderSearch(QuickSearch):
    """The order of that number, reference or number elsewhere; else those of the customers found by it."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        typed, number = value.strip(), numbered(value)
        asked = [{"reference": typed.upper()}, {"external_id": typed}]
        if number is not None:
            asked.insert(0, {"pk": number})
        for one in asked:
            if (found := rows.filter(**one)).exists():
                return found
        return placed_by(rows, value)


class BuyerFilter(CustomerFilter):
    """Whose an order is: an ID, what the quick search of customers takes, or the name it was placed in."""

    def filter(self, rows, value):
        return super().filter(rows, value) if whole(value) is not None else placed_by(rows, value)


def placed_by(rows: QuerySet, text: str) -> QuerySet:
    """The orders of the customers found by this text, and those placed in such a name or e-mail address.

    The latter is all that is left of a customer who was deleted for good; who is hidden is found by nothing.
    """
    # A set, since few are hidden: joined, each order that is counted would look up its customer.
    hidden = Customer.objects.filter(deleted=True).values("pk")
    return find(rows.exclude(customer__in=hidden), text, key="customer")


class ReferenceFilter(Filter, django_filters.CharFilter):
    """The order whose reference begins so; capitals do not count."""

    def __init__(self, label):
        super().__init__(label=label, max_length=32)

    def filter(self, rows, value):
        return rows.filter(reference__startswith=value.strip().upper())


class PaymentFilter(Filter, django_filters.CharFilter):
    """How it was paid: what begins so, in whatever case and accents."""

    def __init__(self, label):
        super().__init__(label=label, max_length=200)

    def means_something(self, value, model):
        return bool(plain(value))

    def filter(self, rows, value):
        return rows.filter(payment_key__startswith=plain(value))
