"""Orders: placed from a cart, told from another system, and how far they are."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils import translation
from pydantic import Field

from addresses.models import Address
from addresses.sections.address_facts import printed
from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of, writes
from backoffice.api.refusals import Refused, refuse, refused_at
from backoffice.api.shapes import (
    Amount,
    AmountGiven,
    AsWhole,
    Currency,
    Day,
    Given,
    Id,
    Key,
    Language,
    Line,
    Lines,
    Moment,
    MomentGiven,
    Percent,
    Rate,
    Taken,
    filled_line_of,
    line_of,
)
from backoffice.records.errors import NotAllowed, NotThere
from customers.api.lookups import customer_named
from customers.api.people import save_stated
from customers.models import Customer
from customers.options import customer_options

from ..models import Cart, Order, OrderStatus, Product
from ..services.addresses import SIDES
from ..services.changing import locked
from ..services.foreign_orders import Foreign, cart_of, order_of, put_foreign_order
from ..services.ordering import Discount, set_order_status, status_named
from ..services.ordering import Line as BoughtLine
from ..services.placing import Checkout, place_order
from .rates import rate_of

router = router_of("Orders")
MOST_LINES = 1_000
_PRINTED = [f"{side}__{part}" for side in SIDES for part in ("country", "state")]
ADDRESS_MAX = 2_000
Bought = Annotated[int, Field(ge=1, le=1_000_000), AsWhole]


class Guest(Taken):
    """Who buys without an account (S3.2). Nobody becomes an account's holder by their address alone (G19)."""

    first_name: Line
    last_name: Line
    email: str = Field(max_length=255)
    language: Language = settings.LANGUAGE_CODE
    phone: str = Field("", max_length=32)
    company: Line = ""


class OrderPlaced(Taken):
    """What is said at the checkout, beside what is in the cart; who buys where the cart is nobody's."""

    guest: Guest | None = None
    payment: Line = ""
    status: str | None = Field(None, max_length=255, description="Its English name; else the first one")
    paid: Amount = Decimal("0.00")
    due_on: Day | None = None
    billing_address: Lines = Field(
        "",
        max_length=ADDRESS_MAX,
        description="As it is printed, and never changes any more; that of the cart where nothing is said",
    )
    shipping_address: Lines = Field("", max_length=ADDRESS_MAX)


class StatusTold(Taken):
    """How far the order is, and what was paid of it, in its currency."""

    status: str = Field(max_length=255, examples=["Payment accepted"])
    paid: Amount | None = None


class LineBought(Taken):
    """A product as it was bought there."""

    name: filled_line_of(255)
    quantity: Bought
    unit_price: Amount
    tax_rate: Percent = Decimal("20.00")
    reference: line_of(64) = Field("", description="Finds the product where the shop knows it")
    customisation: Line = ""


class DiscountTold(Taken):
    """What something took off."""

    code: filled_line_of(64)
    amount: Amount


class OrderTold(Taken):
    """An order of another system, as it stands there."""

    placed_at: Moment
    status: str = Field(max_length=255, description="Its English name")
    currency: Currency
    rate: Rate | None = None
    customer_id: Id | None = None
    guest: Guest | None = None
    cart: Key | None = Field(None, description="The cart that it came from")
    lines: list[LineBought] = Field(min_length=1, max_length=MOST_LINES)
    discounts: list[DiscountTold] = Field(default_factory=list, max_length=100)
    shipping: Amount = Decimal("0.00")
    wrapping: Amount = Decimal("0.00")
    total: Amount | None = Field(
        None, description="What it differs from the sum of the parts is kept as rounding"
    )
    tax: Amount | None = None
    paid: Amount = Decimal("0.00")
    payment: Line = ""
    carrier: line_of(64) = ""
    language: Language = settings.LANGUAGE_CODE
    due_on: Day | None = None
    billing_address: Lines = Field("", max_length=ADDRESS_MAX)
    shipping_address: Lines = Field("", max_length=ADDRESS_MAX)


class OrderGiven(Given):
    """An order, in its currency, tax included; of its customer only the number (G17)."""

    reference: str
    external_id: str
    customer_id: Id | None
    status: str
    valid: bool
    currency: str
    products_total: AmountGiven
    discount: AmountGiven
    shipping: AmountGiven
    wrapping: AmountGiven
    rounding: AmountGiven
    total: AmountGiven
    tax: AmountGiven
    paid: AmountGiven
    placed_at: MomentGiven
    due_on: dt.date | None


def order_given(order: Order) -> OrderGiven:
    """The order as the API tells of it."""
    names = OrderGiven.model_fields.keys() - {"status"}
    return OrderGiven(status=order.status.name, **{name: getattr(order, name) for name in names})


@writes(router, "POST", "/carts/{key}/order", scope=Scope.ORDERS_WRITE, answer=OrderGiven)
def order_cart(request: HttpRequest, key: Key, said: OrderPlaced) -> OrderGiven:
    """Place an order from a cart.

    Ordered already, it answers with that order. A cart that is nobody's needs a `guest`: an order without account
    makes a guest customer.
    """
    # Before anything else, so that two who order it at once make one guest, and print what is in it now.
    cart = Cart.objects.select_related(*_PRINTED).get(pk=locked(key).pk)
    guest = _guest(said.guest, request) if said.guest and not (cart.ordered or cart.customer_id) else None
    checkout = Checkout(
        payment=said.payment,
        billing_address=said.billing_address or _printed(cart.billing_address, cart.language),
        shipping_address=said.shipping_address or _printed(cart.shipping_address, cart.language),
        paid=said.paid,
        due_on=said.due_on,
        status=_status(said.status) if said.status else None,
    )
    return order_given(place_order(key, checkout, customer=guest, by=request.actor))


def _printed(address: Address | None, language: str) -> str:
    """The lines of an address, its country in the language of the cart."""
    with translation.override(language):
        return "\n".join(printed(address)) if address else ""


def _guest(said: Guest, request: HttpRequest) -> Customer:
    if not customer_options().guest_accounts:
        refuse("no_guests", field="guest")
    try:
        return save_stated(None, {**said.model_dump(), "guest": True}, by=request.actor)
    except ValidationError as refused:
        told_at = {NON_FIELD_ERRORS: "guest"}
        raise ValidationError(
            {told_at.get(name, f"guest.{name}"): faults for name, faults in refused.error_dict.items()}
        ) from None


def _status(name: str) -> OrderStatus:
    try:
        return status_named(name)
    except NotAllowed as refused:
        raise Refused(422, refused.message, field="status", code="no_such_status") from None


@reads(router, "/orders/{reference}", scope=Scope.ORDERS_READ, answer=OrderGiven)
def read_order(request: HttpRequest, reference: Key) -> OrderGiven:
    """An order by its reference."""
    return order_given(_order(reference))


def _order(reference: str) -> Order:
    order = Order.objects.select_related("status").filter(reference=reference).first()
    if order is None:
        raise NotThere(reference)
    return order


@writes(router, "PUT", "/orders/{reference}/status", scope=Scope.ORDERS_WRITE, answer=OrderGiven)
def set_status_of_order(request: HttpRequest, reference: Key, said: StatusTold) -> OrderGiven:
    """Say how far an order is, and what was paid of it; whether it counts as a purchase follows."""
    status = _status(said.status)
    with refused_at("paid"):
        return order_given(set_order_status(_order(reference), status, by=request.actor, paid=said.paid))


@writes(router, "PUT", "/external-orders/{external_id}", scope=Scope.ORDERS_WRITE, answer=OrderGiven)
def put_external_order(request: HttpRequest, external_id: Key, said: OrderTold) -> OrderGiven:
    """State an order of another system, as often as you like.

    It is found again by its number there. Whose it is stays as it was first said; one of nobody makes a guest. Where
    it says the `cart` that it came from, that has been ordered by it.
    """
    status = _status(said.status)
    cart = cart_of(said.cart) if said.cart else None
    order = order_of(external_id)
    if order is None:
        customer = customer_named(said.customer_id) or (_guest(said.guest, request) if said.guest else None)
        customer = customer or (cart.customer if cart else None)
        if customer is None:
            refuse("buyer_missing", field="customer_id")
    else:
        customer = None
    foreign = _foreign(said, status, rate_of(said.currency, said.rate))
    with refused_at("total"):
        written = put_foreign_order(
            external_id, foreign, order=order, customer=customer, cart=cart, by=request.actor
        )
    return order_given(written)


def _foreign(said: OrderTold, status: OrderStatus, rate: Decimal) -> Foreign:
    references = [one.reference for one in said.lines if one.reference]
    known = {one.reference: one for one in Product.objects.filter(reference__in=references)}
    names = Foreign.__dataclass_fields__.keys() - {"status", "lines", "discounts", "carrier_name", "rate"}
    return Foreign(
        status=status,
        rate=rate,
        carrier_name=said.carrier,
        lines=[
            BoughtLine(
                name=one.name,
                quantity=one.quantity,
                unit_price=one.unit_price,
                tax_rate=one.tax_rate,
                reference=one.reference,
                customisation=one.customisation,
                product=known.get(one.reference) if one.reference else None,
            )
            for one in said.lines
        ],
        discounts=[Discount(code=one.code, amount=one.amount) for one in said.discounts],
        **{name: getattr(said, name) for name in names},
    )
