"""The filters of the carts list that ask more than one stored value (interface.md, decision 16)."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice.numbers import numbered
from backoffice.tables.filter import Filter
from backoffice.tables.filters import ChoiceFilter, QuickSearch, YesNoFilter
from customers.sections.customer_filters import people_found

from ..queries.shop_now import abandoned_soon
from ..queries.states import CartState, abandoned_before, in_state, online_carts


class CartSearch(QuickSearch):
    """The cart of that number or key; else those of the customers that the quick search finds by it."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        typed, number = value.strip(), numbered(value)
        asked = [{"key": typed}] if typed else []
        if number is not None:
            asked.insert(0, {"pk": number})
        for one in asked:
            if (found := rows.filter(**one)).exists():
                return found
        return rows.filter(customer__in=people_found(value))


class StateFilter(ChoiceFilter):
    """Ordered, not ordered, abandoned: each cart is exactly one of these at the moment."""

    def __init__(self, label):
        super().__init__(label, choices=CartState.choices, whole=True)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(in_state(value, abandoned_before()))


class AbandonedSoonFilter(ChoiceFilter):
    """The carts that the home page calls about to be abandoned, asked by its link."""

    by_link = True

    def __init__(self, label):
        super().__init__(label, choices=[("true", label)], whole=True)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        carts, _after = abandoned_soon()
        return rows.filter(pk__in=carts.order_by().values("pk"))


class OrderFilter(Filter, django_filters.CharFilter):
    """The cart that became the order of this number or reference."""

    def __init__(self, label):
        super().__init__(label=label, max_length=32)

    @property
    def placeholder(self):
        return _("Number")

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        number = numbered(value)
        if number is not None:
            return rows.filter(order__id=number)
        return rows.filter(order__reference=value.strip().upper())


class KeyFilter(Filter, django_filters.CharFilter):
    """The cart that the shop's pages call so, to the letter."""

    def __init__(self, label):
        super().__init__(label=label, max_length=64)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(key=value.strip()).exclude(key="")


class OnlineFilter(YesNoFilter):
    """Whether its owner is in the shop now."""

    def __init__(self, label):
        super().__init__(label, field="pk")

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        here = online_carts()
        return rows.filter(pk__in=here) if value == "true" else rows.exclude(pk__in=here)

    def chip(self, value, page):
        return str(_("Online") if value == "true" else _("Not online"))
