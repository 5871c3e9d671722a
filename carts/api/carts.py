"""Carts as a whole: begun, put, assigned to who signed in, read."""

from decimal import Decimal

from django.http import HttpRequest
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of, writes
from backoffice.api.refusals import refused_at
from backoffice.api.shapes import Amount, Currency, Id, Key, Language, Moment, Rate, Taken, VisitorKey
from backoffice.records.errors import NotThere
from customers.api.lookups import customer_named

from ..models import Cart
from ..services.carts import (
    Beginning,
    Wanted,
    Whole,
    assign_cart,
    begin_cart,
    choose_addresses,
    choose_carrier,
    put_whole_cart,
)
from .lookups import carrier_named, products_named
from .rates import rate_of
from .shapes import CartGiven, CartSums, LineTold, cart_given, sums_of

router = router_of("Carts")
MOST_LINES = 1_000


class CartOwner(Taken):
    """Whose cart it is, and in which money."""

    customer_id: Id | None = None
    visitor: VisitorKey | None = Field(None, description="The token of the browser")
    currency: Currency | None = Field(None, description="That of the shop where none is given")
    rate: Rate | None = None
    language: Language | None = None


class CartBegun(CartOwner):
    """A cart that begins."""

    key: Key | None = Field(None, description="Of the shop's own; made at random where none is given")


class CartPut(CartOwner):
    """A whole cart as the shop sees it."""

    at: Moment = Field(description="By the sender's own clock: one older than the last does not count")
    lines: list[LineTold] = Field(default_factory=list, max_length=MOST_LINES)
    vouchers: list[str] = Field(default_factory=list, max_length=20)
    carrier: str | None = Field(None, max_length=64, description="Its name")
    shipping: Amount | None = Field(None, description="What carrying costs; else by the carrier")
    wrapping: Amount = Decimal("0.00")
    billing_address_id: Id | None = Field(None, description="An address of the cart's customer")
    shipping_address_id: Id | None = None


class CartWasPut(CartSums):
    """The cart as it is now, and whether what was put counted."""

    counted: bool


class CustomerOfCart(Taken):
    """Who signed in."""

    customer_id: Id


class AddressesOfCart(Taken):
    """Addresses of the cart's customer; none yet for null."""

    billing_address_id: Id | None
    shipping_address_id: Id | None


class CarrierOfCart(Taken):
    """Who brings it; nobody yet without a name."""

    carrier: str | None = Field(max_length=64)
    shipping: Amount | None = None


@writes(router, "POST", "/carts", scope=Scope.CARTS_WRITE, answer=CartSums)
def begin_a_cart(request: HttpRequest, said: CartBegun) -> CartSums:
    """Begin a cart; the one of that key where it is there already."""
    return sums_of(begin_cart(_beginning(said, said.key or ""), by=request.actor))


@writes(router, "PUT", "/carts/{key}", scope=Scope.CARTS_WRITE, answer=CartWasPut)
def put_cart(request: HttpRequest, key: Key, said: CartPut) -> CartWasPut:
    """Put the whole cart, as often as you like: the newest by its own time wins.

    It is made where it is not there. What a small module in a shop needs, and all that it needs.
    """
    products = products_named((one.product for one in said.lines), field="lines.{}.product")
    whole = Whole(
        at=said.at,
        lines=[
            Wanted(products[one.product], one.quantity, one.customisation, one.unit_price)
            for one in said.lines
        ],
        vouchers=said.vouchers,
        carrier=carrier_named(said.carrier, of=key),
        shipping=said.shipping,
        wrapping=said.wrapping,
        billing_address=said.billing_address_id,
        shipping_address=said.shipping_address_id,
    )
    beginning = _beginning(said, key)
    with refused_at("lines"):
        cart, counted = put_whole_cart(beginning, whole, by=request.actor)
    return CartWasPut(**sums_of(cart).model_dump(), counted=counted)


def _beginning(said: CartOwner, key: str) -> Beginning:
    return Beginning(
        key=key,
        customer=customer_named(said.customer_id),
        visitor=said.visitor or "",
        currency=said.currency or "",
        rate=rate_of(said.currency or "", said.rate),
        language=said.language or "",
    )


@reads(router, "/carts/{key}", scope=Scope.CARTS_READ, answer=CartGiven)
def read_cart(request: HttpRequest, key: Key) -> CartGiven:
    """A cart with all that is in it; of its customer only the number (G17)."""
    cart = Cart.objects.select_related("carrier").filter(key=key).first()
    if cart is None:
        raise NotThere(key)
    return cart_given(cart)


@writes(router, "PUT", "/carts/{key}/customer", scope=Scope.CARTS_WRITE, answer=CartSums)
def assign_cart_to_customer(request: HttpRequest, key: Key, said: CustomerOfCart) -> CartSums:
    """Say whose cart it is, as when somebody signs in: their group's prices hold from now on."""
    customer = customer_named(said.customer_id)
    assert customer is not None
    return sums_of(assign_cart(key, customer, by=request.actor))


@writes(router, "PUT", "/carts/{key}/addresses", scope=Scope.CARTS_WRITE, answer=CartSums)
def choose_addresses_of_cart(request: HttpRequest, key: Key, said: AddressesOfCart) -> CartSums:
    """Choose where bill and parcel go: the order is given what is printed of them then."""
    chosen = choose_addresses(
        key, billing=said.billing_address_id, shipping=said.shipping_address_id, by=request.actor
    )
    return sums_of(chosen)


@writes(router, "PUT", "/carts/{key}/carrier", scope=Scope.CARTS_WRITE, answer=CartSums)
def choose_carrier_of_cart(request: HttpRequest, key: Key, said: CarrierOfCart) -> CartSums:
    """Choose who brings it."""
    carrier = carrier_named(said.carrier, of=key)
    return sums_of(choose_carrier(key, carrier, by=request.actor, shipping=said.shipping))
