"""The columns of the orders list (S1.57, S4.67), and how the status of an order looks everywhere."""

from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from backoffice.screen import formats
from backoffice.screen.links import link_pattern
from backoffice.screen.markup import doubtful, fill
from backoffice.tables.columns import LookupColumn, TextColumn, nothing
from backoffice.tables.filters import OwnCurrencyFilter
from backoffice.tables.pages import CellPage, CellSheet, Row
from customers.sections.customer_columns import CustomerColumn

from ..models import OrderStatus

# By the number that a status has as its colour; any other one is grey.
_COLOURS = {1: "orange", 2: "green", 3: "blue", 4: "teal", 5: "red", 6: "purple", 7: "pink"}


def painted_status(status: OrderStatus) -> SafeString:
    """A status as a badge in its colour."""
    colour = _COLOURS.get(status.colour, "")
    return fill('<span class="badge tag{}">{}</span>', f" tag-{colour}" if colour else "", status.local_name)


def order_link(key: int) -> SafeString:
    """The number of an order, leading to its page."""
    return fill('<a href="{}">{}</a>', link_pattern("orders_view").format(key), key)


class OrderStatusColumn(LookupColumn):
    """How far the order is, in the colour of the status."""

    def draw_value(self, value: Any, page: CellPage) -> str:
        status = page.lookup(self.table).get(value)
        return nothing() if status is None else painted_status(status)


class OrderMoneyColumn(TextColumn):
    """An amount in the order's own currency, which files have beside it."""

    css = "num money"
    sorts_as_read = False
    filtered_by = OwnCurrencyFilter

    def __init__(self, title, *, reads, **kwargs):
        super().__init__(title, reads=(*reads, "currency"), **kwargs)
        self.in_files = (reads[0], "currency")

    def draw(self, row: Row, page: CellPage) -> str:
        return formats.money(row[self.field], row["currency"])


class PaidColumn(OrderMoneyColumn):
    """What was paid, with a mark where that is more than the total of an order that stands."""

    def __init__(self, title, **kwargs):
        super().__init__(title, **kwargs)
        self.reads += ("total", "valid", "outstanding")

    def draw(self, row: Row, page: CellPage) -> str:
        told, total, paid = super().draw(row, page), row["total"], row["paid"]
        stands = row["valid"] or row["outstanding"] < 0
        return doubtful(told, more_than(total, paid, row["currency"])) if stands and paid > total else told


def more_than(total: Decimal, paid: Decimal, currency: str) -> str:
    """How much more than the total was paid."""
    return _("%(amount)s more than the total") % {"amount": formats.money(paid - total, currency)}


class BuyerColumn(CustomerColumn):
    """Who bought it, the way to their file, and a mark where it is their first order.

    An order outlives its customer, under the name it was placed in; who is hidden is named to nobody (decision 19).
    """

    def __init__(self, title, **kwargs):
        super().__init__(title, **kwargs)
        self.reads += ("customer_name", "placed_at", "customer__figures__first_order_at")

    def draw(self, row: Row, page: CellPage) -> str:
        if row["customer_id"] is None:
            return row["customer_name"]
        if row["customer__deleted"]:
            return _("Deleted customer")
        name = fill(
            '<a href="{}">{}</a>', link_pattern("customers_view").format(row["customer_id"]), self._name(row)
        )
        if row["customer__figures__first_order_at"] != row["placed_at"]:
            return name
        return fill(
            '{} <span class="badge badge-accent" title="{}">{}</span>', name, _("First order"), _("New")
        )

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "" if row["customer__deleted"] else row["customer_name"]
