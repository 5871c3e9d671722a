"""Placing an order from a cart: what was in it becomes what was bought (S1.100, S3.17, S3.19; facts 1.11)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.faults import sentence
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.rules import Broken
from customers.models import Customer

from ..models import Order, OrderStatus, Product, Voucher
from ..rules import money
from .cart_vouchers import refusal_of
from .changing import Change, locked
from .ordering import Discount, Line, Parts, first_status, write_order


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """What is said when an order is placed, beside what is in the cart. Addresses are texts: they never change."""

    payment: str = ""
    billing_address: str = ""
    shipping_address: str = ""
    paid: Decimal = Decimal("0.00")
    due_on: dt.date | None = None
    status: OrderStatus | None = None


@one_change()
def place_order(key: str, checkout: Checkout, *, customer: Customer | None = None, by: Actor) -> Order:
    """The order of this cart; the one it became where it was ordered already.

    `customer` is who buys where the cart is nobody's yet. Figures, stock and uses of vouchers move with it.
    NotAllowed for an empty cart, without a customer, and where a voucher may not be used any more.
    """
    cart = locked(key)
    if cart.ordered:
        return Order.objects.get(cart=cart)
    now = timezone.now()
    change = Change(cart, now, list(cart.lines.select_related("product").order_by("pk")))
    if not change.lines:
        raise NotAllowed(_("This cart is empty."))
    buyer = cart.customer or customer
    if buyer is None:
        raise NotAllowed(_("An order needs a customer: assign the cart to one, or say who the guest is."))
    if cart.customer is None:
        change.belong_to(buyer)
    parts = _parts(change, checkout, _use_up(change))
    change.become_order()
    change.store()
    order = write_order(None, parts, customer=buyer, by=by)
    for line in change.lines.values():
        Product.objects.filter(pk=line.product_id).update(stock=F("stock") - line.quantity)
    return order


def _parts(change: Change, checkout: Checkout, discounts: list[Discount]) -> Parts:
    cart, sums = change.cart, change.sums()
    return Parts(
        fields={
            "cart": cart,
            "status": checkout.status or first_status(),
            "payment": checkout.payment,
            "carrier_name": cart.carrier.name if cart.carrier else "",
            "currency": cart.currency,
            "rate": cart.rate,
            "language": cart.language,
            "items_count": sums.items,
            "products_total": money(sums.products),
            "discount": money(sums.discount),
            "shipping": money(sums.shipping),
            "wrapping": money(sums.wrapping),
            "total": money(sums.total),
            "tax": money(sums.tax),
            "paid": checkout.paid,
            "billing_address": checkout.billing_address,
            "shipping_address": checkout.shipping_address,
            "due_on": checkout.due_on,
            "placed_at": change.now,
        },
        lines=[
            Line(
                product=line.product,
                name=line.product.name,
                reference=line.product.reference,
                customisation=line.customisation,
                quantity=line.quantity,
                unit_price=line.unit_price,
                tax_rate=line.tax_rate,
            )
            for line in change.lines.values()
        ],
        discounts=discounts,
    )


def _use_up(change: Change) -> list[Discount]:
    """The vouchers that take something off, each used once more; NotAllowed where one may not be used any more."""
    used = []
    taken = [pair for pair in zip(change.vouchers, change.sums().taken, strict=True) if pair[1]]
    # Always in the same order: neither of two orders with the same vouchers waits for the other forever.
    rows = Voucher.objects.select_for_update().order_by("pk")
    held = rows.in_bulk([voucher.pk for voucher, _amount in taken]) if taken else {}
    for voucher, amount in taken:
        current = held.get(voucher.pk)
        reason = refusal_of(current, change.cart.customer, change.now) if current else "voucher_unknown"
        if current is None or reason:
            raise NotAllowed(f"{voucher.code}: {sentence(Broken(reason))}")
        if current.quantity is not None:
            Voucher.objects.filter(pk=voucher.pk).update(quantity=F("quantity") - 1)
        used.append(Discount(code=voucher.code, amount=money(amount), voucher_id=voucher.pk))
    return used
