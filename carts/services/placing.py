"""Placing an order from a cart: what was in it becomes what was bought (S1.100, S3.17, S3.19; facts 1.11)."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database import bulk_sql
from backoffice.database.counting import one_change
from backoffice.faults import sentence
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.rules import Broken
from backoffice.screen import formats
from customers.models import Customer

from ..models import Order, OrderStatus, Product, Voucher
from ..rules import money
from .cart_vouchers import refusal_of
from .carts import at_prices_of
from .changing import Change, locked
from .ordering import Discount, Line, Parts, first_status, write_order

# The least that the column of the stock holds.
LEAST = -2_147_483_648


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
    NotAllowed for an empty cart, without a customer, and where a product may not be bought or a voucher not be used
    any more.
    """
    cart = locked(key)
    if cart.ordered:
        return Order.objects.get(cart=cart)
    now = timezone.now()
    lines = cart.lines.prefetch_related(Prefetch("product", Product.objects.to_be_sold()))
    change = Change(cart, now, list(lines.order_by("pk")))
    if not change.lines:
        raise NotAllowed(_("This cart is empty."))
    buyer = cart.customer or customer
    if buyer is None:
        raise NotAllowed(_("An order needs a customer: assign the cart to one, or say who the guest is."))
    if cart.customer is None:
        at_prices_of(buyer, change)
    _refuse_unsold(change)
    parts = _parts(change, checkout, _use_up(change))
    change.become_order()
    change.store()
    order = write_order(None, parts, customer=buyer, by=by)
    _take_stock(change)
    return order


def _refuse_unsold(change: Change) -> None:
    """NotAllowed, with the name of the first one, where something may not be bought any more."""
    products = [line.product for line in change.lines.values()]
    prefetch_related_objects([one for one in products if one.only_for_some], "exclusive_to")
    for product in products:
        with _naming(product.name):
            change.prices.refuse_unsold(product)


@contextmanager
def _naming(what: str) -> Iterator[None]:
    """NotAllowed, with what it is about, for a rule that is broken within."""
    try:
        yield
    except Broken as fault:
        raise NotAllowed(formats.labelled(what, sentence(fault))) from None


def _take_stock(change: Change) -> None:
    """So many fewer of each product, in one statement; no number falls below what the column holds."""
    taken = Tally()
    for line in change.lines.values():
        taken[line.product_id] += line.quantity
    held = Product.objects.select_for_update(no_key=True).filter(pk__in=taken).order_by("pk")
    rows = [(key, max(stock - taken[key], LEAST)) for key, stock in held.values_list("pk", "stock")]
    bulk_sql.update(Product, ("stock",), rows)


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
                name=line.product.name_in(cart.language),
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
    rows = Voucher.objects.select_for_update(no_key=True).order_by("pk")
    held = rows.in_bulk([voucher.pk for voucher, _amount in taken]) if taken else {}
    for voucher, amount in taken:
        current = held.get(voucher.pk)
        reason = refusal_of(current, change.cart.customer, change.now) if current else "voucher_unknown"
        with _naming(voucher.code):
            if reason:
                raise Broken(reason)
        if current.quantity is not None:
            Voucher.objects.filter(pk=voucher.pk).update(quantity=F("quantity") - 1)
        used.append(Discount(code=voucher.code, amount=money(amount), voucher_id=voucher.pk))
    return used
