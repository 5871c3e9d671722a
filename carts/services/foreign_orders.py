"""Orders of another system, written as it states them and found again by its number for them (decision 21)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from backoffice.database.counting import one_change
from backoffice.records.actors import Actor
from customers.models import Customer
from customers.services.figures import lock_buyer

from ..models import Cart, Order, OrderStatus
from ..rules import cents_of, money
from ..rules.sums import Item, add_up
from .ordering import Discount, Line, Parts, write_order


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """An order as another system states it; what its total differs from the sum of its parts is kept as rounding."""

    status: OrderStatus
    placed_at: dt.datetime
    currency: str
    rate: Decimal
    lines: Sequence[Line]
    discounts: Sequence[Discount] = ()
    shipping: Decimal
    wrapping: Decimal
    total: Decimal | None
    tax: Decimal | None
    paid: Decimal
    payment: str
    carrier_name: str
    language: str
    due_on: dt.date | None
    billing_address: str
    shipping_address: str


def order_of(external_id: str) -> Order | None:
    """The order that has this number there, locked."""
    orders = Order.objects.filter(external_id=external_id)
    lock_buyer(orders.values_list("customer", flat=True).first())
    return orders.select_for_update(of=("self",)).first()


@one_change()
def put_foreign_order(
    external_id: str,
    foreign: Foreign,
    *,
    order: Order | None,
    customer: Customer | None,
    cart: Cart | None = None,
    by: Actor,
) -> Order:
    """The order of that number as it is stated now; whose it is stays as it was first said.

    Stated again as it is, nothing happens.
    """
    off = sum((one.amount for one in foreign.discounts), Decimal(0))
    items = [Item(one.quantity, cents_of(one.unit_price), one.tax_rate) for one in foreign.lines]
    sums = add_up(items, shipping=cents_of(foreign.shipping), wrapping=cents_of(foreign.wrapping))
    by_parts = money(sums.total) - off
    total = by_parts if foreign.total is None else foreign.total
    fields = {
        "external_id": external_id,
        "items_count": sums.items,
        "products_total": money(sums.products),
        "discount": off,
        "rounding": total - by_parts,
        "total": total,
        "tax": money(sums.tax) if foreign.tax is None else foreign.tax,
        **{
            name: getattr(foreign, name)
            for name in (
                *("status", "placed_at", "currency", "rate", "shipping", "wrapping", "paid", "payment"),
                *("carrier_name", "language", "due_on", "billing_address", "shipping_address"),
            )
        },
    }
    if cart is not None:
        fields["cart"] = cart
    parts = Parts(fields=fields, lines=foreign.lines, discounts=foreign.discounts)
    return write_order(order, parts, customer=customer, by=by)
