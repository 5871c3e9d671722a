"""The form that says how far an order is, what was paid of it, and why."""

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_symbol
from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.forms.forms import LineField, ShortSentences
from backoffice.forms.numbers import DecimalField
from backoffice.screen import formats

from ..models import Order, OrderStatus
from ..rules import MOST

REASON_MAX = 200


class PaidField(DecimalField):
    """An amount in the order's own currency."""

    currency = ""

    @property
    def unit(self) -> str:
        return get_currency_symbol(self.currency, locale=formats.language())

    def in_words(self, value: Decimal) -> str:
        return formats.money(value, self.currency)


class OrderStatusForm(ShortSentences, forms.Form):
    """`version` is the order's as it was read."""

    status = forms.ModelChoiceField(
        OrderStatus.objects.order_by("position", "pk"), label=_("Status"), empty_label=None
    )
    paid = PaidField(label=_("Total paid"), required=False, min_value=0, max_value=MOST, decimal_places=2)
    reason = LineField(
        label=_("Reason"),
        required=False,
        max_length=REASON_MAX,
        help_text=_("It is kept in the history of the order."),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data=None, *, order: Order):
        initial = {**self.initial_of(order), "version": order.version}
        super().__init__(data, initial=initial, label_suffix="", prefix=None)
        self.fields["paid"].currency = order.currency
        self.fields["paid"].required = "paid" in self.data  # emptied, it would be kept as it is

    def initial_of(self, order: Order) -> dict[str, Any]:
        """What is stored of an order; a reason is of one change alone."""
        return {"status": order.status_id, "paid": order.paid}
