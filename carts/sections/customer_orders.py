"""What a customer ordered: the last order in the head of their page, and the block of all (S0.48, S1.56–S1.58)."""

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from backoffice.lists.latest import ROWS
from backoffice.live.versions import joined
from backoffice.screen import formats
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_table
from backoffice.sections.explained import explained_at
from customers.models import Customer
from customers.options import customer_options

from ..models import Order, OrderLine
from ..queries import orders_of, own_purchases
from .order_columns import order_link, painted_status

FEW = 3


def last_order_line(customer: Customer, staff) -> dict:
    """What they bought last, in one line: when, for how much, how far it is, and what it was. The block of all orders
    says aloud that there is a new one."""
    order = orders_of(customer).first() if customer.figures.last_order_at else None
    if order is None:
        return {"glance": [], "news": None}
    said = fill(
        "{} · {} · {} · {}",
        minute_with_seconds(order.placed_at),
        formats.money(order.total, order.currency),
        order.status.local_name,
        _wares_of(order),
    )
    explain = explained_at("customers", "last_order", customer, staff)
    return {"glance": [{"title": _("Last order"), "value": said, "explain": explain}], "news": None}


def _wares_of(order: Order) -> str:
    lines = list(OrderLine.objects.filter(order=order.pk).select_related("product").order_by("pk")[: FEW + 1])
    said = [f"{formats.number(line.quantity)} × {line.full_name}" for line in lines[:FEW]]
    return ", ".join([*said, *(["…"] if len(lines) > FEW else [])])


def orders_version() -> Combinable:
    """Another one with each change of an order of the customer: each raises the order's own."""
    orders = Order.objects.filter(customer=OuterRef("pk")).order_by()
    changes = Subquery(orders.values("customer").annotate(said=Sum("version")).values("said"))
    return joined("figures__orders_count", changes)


def orders_panel(customer: Customer, staff) -> dict:
    """The latest orders; over them how many count as purchases, and what is still to be paid (S4.58, decision 17)."""
    orders = orders_of(customer)[:ROWS] if customer.figures.last_order_at else []
    columns = (
        (_("ID"), "num"),
        (_("Date"), "date"),
        (_("Products"), "num"),
        (_("Total paid"), "money"),
        (_("Payment"), "breaks"),
        (_("Status"), ""),
    )
    return {
        "count": formats.number(own_purchases(customer.figures)["orders"]),
        "empty": "" if orders else _("%(name)s has not ordered anything yet.") % {"name": customer},
        "glance": _figures(customer, staff),
        "cards": True,
        **as_table(columns, map(_row, orders), keys=[one.pk for one in orders]),
    }


def _row(order: Order) -> tuple:
    return (
        order_link(order.pk),
        minute_with_seconds(order.placed_at),
        formats.number(order.items_count),
        _paid(order),
        order.payment,
        painted_status(order.status),
    )


def _paid(order: Order) -> str:
    """What was paid, and of how much where that is not the whole amount (S1.57, S4.67)."""
    paid = formats.money(order.paid, order.currency)
    if order.paid == order.total:
        return paid
    of = _("of %(total)s") % {"total": formats.money(order.total, order.currency)}
    return fill('{}<br><span class="muted">{}</span>', paid, of)


def _figures(customer: Customer, staff) -> list[dict]:
    """What the orders come to, each figure with the way to how it comes about."""
    figures, own = customer.figures, own_purchases(customer.figures)
    told = []
    if own["orders"]:
        told = [
            (_("Valid orders"), _sum(own["valid"], own["spent"]), "spent"),
            (_("Invalid orders"), formats.number(own["invalid"]), "invalid"),
            (_("First order"), minute_with_seconds(figures.first_order_at), "first_order"),
        ]
    if figures.opening_orders:
        told.append((_("Imported figures"), _sum(figures.opening_orders, figures.opening_spent), "spent"))
    if customer_options().b2b:
        told.append((_("Outstanding"), _outstanding(customer), "outstanding"))
    return [
        {"title": title, "value": value, "explain": explained_at("customers", name, customer, staff)}
        for title, value, name in told
    ]


def _sum(number: int, amount) -> str:
    if not number:
        return formats.number(number)
    facts = {"number": formats.number(number), "amount": formats.shop_money(amount)}
    return _("%(number)s for %(amount)s") % facts


def _outstanding(customer: Customer) -> str:
    facts = {
        "outstanding": formats.shop_money(customer.figures.outstanding),
        "allowed": formats.shop_money(customer.outstanding_allowance),
    }
    return _("%(outstanding)s of %(allowed)s allowed") % facts
