"""Orders of another system, written as it states them and found again by its number for them (decision 21)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from backoffice.database.counting import one_change
from backoffice.faults import fault_at
from backoffice.records.actors import Actor
from backoffice.records.errors import NotThere
from backoffice.rules import Broken
from backoffice.screen.formats import smallest_coin
from customers.models import Customer
from customers.services.figures import lock_buyer

from ..models import Cart, Order, OrderStatus
from ..rules import cents_of, money
from ..rules.sums import Item, Offer, add_up
from .changing import Change, lines_of, locked
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


def cart_of(key: str) -> Cart:
    """The cart that an order came from, locked, as everybody locks carts before customers and orders.

    ValidationError at `cart` where there is none of this key.
    """
    try:
        return locked(key)
    except NotThere:
        raise fault_at("cart", Broken("no_such_cart")) from None


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
    """The order of that number as it is stated now; whose it is, and of which cart, stays as it was first said.

    Its locked `cart` has been ordered by it. Stated again as it is, nothing happens. ValidationError at `cart` where
    that became another order, is somebody else's, or the order came from another one; at `discounts` and `tax` where
    they come to more than the order.
    """
    fields = {"external_id": external_id, **_fields(foreign)}
    if cart is not None and (order is None or order.cart_id != cart.pk):
        _become(cart, order, order.customer if order else customer, foreign.placed_at)
        fields["cart"] = cart
    parts = Parts(fields=fields, lines=foreign.lines, discounts=foreign.discounts)
    return write_order(order, parts, customer=customer, by=by)


def _fields(foreign: Foreign) -> dict[str, Any]:
    off = sum((one.amount for one in foreign.discounts), Decimal(0))
    items = [Item(one.quantity, cents_of(one.unit_price), one.tax_rate) for one in foreign.lines]
    sums = add_up(
        items,
        shipping=cents_of(foreign.shipping),
        wrapping=cents_of(foreign.wrapping),
        offers=[Offer(amount=cents_of(off), beyond=True)],
        coin=smallest_coin(foreign.currency),
    )
    by_parts = money(sums.products + sums.shipping + sums.wrapping) - off
    total = by_parts if foreign.total is None else foreign.total
    tax = min(money(sums.tax), total) if foreign.tax is None else foreign.tax
    if by_parts < 0:
        raise fault_at("discounts", Broken("discounts_too_large"))
    if tax > total:
        raise fault_at("tax", Broken("tax_too_large"))
    return {
        "items_count": sums.items,
        "products_total": money(sums.products),
        "discount": off,
        "rounding": total - by_parts,
        "total": total,
        "tax": tax,
        **{name: getattr(foreign, name) for name in _AS_STATED},
    }


_AS_STATED = (
    *("status", "placed_at", "currency", "rate", "shipping", "wrapping", "paid", "payment"),
    *("carrier_name", "language", "due_on", "billing_address", "shipping_address"),
)


def _become(cart: Cart, order: Order | None, customer: Customer | None, placed_at: dt.datetime) -> None:
    """The cart has been ordered by this customer; whose it was not yet, it is then."""
    if order is not None and order.cart_id:
        raise fault_at("cart", Broken("order_of_another_cart"))
    if cart.ordered:
        raise fault_at("cart", Broken("cart_ordered"))
    if cart.customer_id and cart.customer_id != (customer and customer.pk):
        raise fault_at("cart", Broken("cart_of_another"))
    change = Change(cart, min(placed_at, timezone.now()), lines_of(cart))
    if cart.customer_id is None and customer is not None:
        change.belong_to(customer)
    change.become_order()
    change.store()
