"""What shoppers do with a cart: begin it, fill it, choose who brings it, say who they are (S0.82, S1.98–S1.105)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from addresses.models import Address, AddressKind
from backoffice.database.counting import one_change
from backoffice.faults import fault_at
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.rules import Broken
from customers.models import Customer

from ..models import Carrier, Cart, CartEvent, CartEventKind, Product
from ..rules.voucher_codes import key_of
from .cart_vouchers import voucher_of, withdraw_what_does_not_apply
from .changing import Change, changing, locked, refuse_hidden

_BYTES = 18


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What a cart is from its first moment on; `key` is made at random where the shop has none of its own."""

    key: str = ""
    customer: Customer | None = None
    visitor: str = ""
    currency: str = ""
    rate: Decimal | None = None
    language: str = ""


@dataclass(frozen=True)
class Wanted:
    """A line as somebody wants it; a price that is not stated is that of the list."""

    product: Product
    quantity: int
    customisation: str = ""
    unit_price: Decimal | None = None


@one_change()
def begin_cart(beginning: Beginning, *, by: Actor, at: dt.datetime | None = None) -> Cart:
    """An empty cart; the one of that key where it is there already, as it is, and this customer's if it was nobody's.

    Broken for another currency than the shop's without its rate; ValidationError for another one than the cart has,
    whose prices would be read as what they are not; NotAllowed for the cart of somebody else.
    """
    if beginning.key and Cart.objects.filter(key=beginning.key).exists():
        return _begun(beginning, by)
    now = _no_later_than_now(at)
    currency = beginning.currency or settings.SHOP_CURRENCY
    rate = Decimal(1) if currency == settings.SHOP_CURRENCY else beginning.rate
    if rate is None:
        raise Broken("rate_missing")
    cart = Cart(
        key=beginning.key or token_hex(_BYTES),
        customer=beginning.customer,
        visitor=beginning.visitor,
        currency=currency,
        rate=rate,
        language=beginning.language
        or (beginning.customer.language if beginning.customer else settings.LANGUAGE_CODE),
        created_at=now,
        changed_at=now,
    )
    try:
        with transaction.atomic():
            cart.save(force_insert=True)
    except IntegrityError:
        return _begun(beginning, by)
    CartEvent.objects.create(cart=cart, kind=CartEventKind.CREATED, at=now)
    return cart


def _begun(beginning: Beginning, by: Actor) -> Cart:
    cart = locked(beginning.key)
    if beginning.currency not in ("", cart.currency):
        raise fault_at("currency", Broken("cart_currency", currency=cart.currency))
    if beginning.customer is None or cart.customer_id == beginning.customer.pk:
        return cart
    return assign_cart(beginning.key, beginning.customer, by=by)


def add_line(key: str, wanted: Wanted, *, by: Actor) -> Cart:
    """So many more of the product: two tabs that add one each make two."""
    with changing(key) as change:
        line = change.lines.get((wanted.product.pk, wanted.customisation))
        more = wanted.quantity + (line.quantity if line else 0)
        change.put(wanted.product, more, wanted.customisation, unit_price=wanted.unit_price)
    return change.cart


def set_line(key: str, wanted: Wanted, *, by: Actor) -> Cart:
    """Just so many of the product, none for 0."""
    with changing(key) as change:
        change.put(wanted.product, wanted.quantity, wanted.customisation, unit_price=wanted.unit_price)
    return change.cart


def choose_carrier(key: str, carrier: Carrier | None, *, by: Actor, shipping: Decimal | None = None) -> Cart:
    """Who brings it; `shipping` where the shop's pages worked out what that costs."""
    with changing(key) as change:
        change.carry(carrier, shipping=shipping)
    return change.cart


def choose_addresses(key: str, *, billing: int | None, shipping: int | None, by: Actor) -> Cart:
    """Where the bill and the parcel go: addresses of the cart's customer, by their numbers.

    ValidationError by field where one is not theirs, retired, or not for that.
    """
    with changing(key) as change:
        _send(change, billing=billing, shipping=shipping)
    return change.cart


def _send(change: Change, *, billing: int | None, shipping: int | None) -> None:
    held = _held(billing, shipping)
    change.send_to(
        billing=_theirs(change.cart, held, billing, "billing_address_id", unfit=AddressKind.SHIPPING),
        shipping=_theirs(change.cart, held, shipping, "shipping_address_id", unfit=AddressKind.BILLING),
    )


def _held(*keys: int | None) -> dict[int, Address]:
    """These addresses, locked: nobody deletes one before the cart is written."""
    wanted = set(keys) - {None}
    held = Address.objects.here().select_for_update().filter(pk__in=wanted).order_by("pk")
    return {address.pk: address for address in held} if wanted else {}


def _theirs(
    cart: Cart, known: dict[int, Address], key: int | None, field: str, *, unfit: AddressKind
) -> Address | None:
    if key is None:
        return None
    address = known.get(key)
    if address is None or cart.customer_id is None or address.customer_id != cart.customer_id:
        raise fault_at(field, Broken("no_such_address"))
    if address.kind == unfit:
        raise fault_at(field, Broken("address_not_for_that"))
    return address


def assign_cart(key: str, customer: Customer, *, by: Actor) -> Cart:
    """Whose cart it is, as when somebody signs in: their prices hold, and vouchers that are not for them are taken out.

    NotAllowed for somebody who is hidden, where the cart is somebody else's, and where it has been ordered.
    """
    with changing(key) as change:
        _assign(change, customer)
    return change.cart


def _assign(change: Change, customer: Customer) -> None:
    cart = change.cart
    if cart.customer_id == customer.pk:
        return
    refuse_hidden(customer)
    if cart.customer_id is not None:
        raise NotAllowed(_("This cart belongs to another customer."))
    at_prices_of(customer, change)
    withdraw_what_does_not_apply(change)


def at_prices_of(customer: Customer, change: Change) -> None:
    """Have a cart that was nobody's be this customer's, at their prices; those that the shop stated stay."""
    cart = change.cart
    usual = {line.pk: change.prices.price_of(line.product) for line in _with_products(change)}
    shipped_usually = cart.shipping == change.usual_shipping(cart.carrier)
    change.belong_to(customer)
    for line in change.lines.values():
        if line.unit_price == usual[line.pk]:
            change.change(line, line.quantity, change.prices.price_of(line.product))
    if shipped_usually:
        change.carry(cart.carrier)


def _with_products(change: Change):
    """The lines, the products that are not in hand yet read at once."""
    lines = list(change.lines.values())
    prefetch_related_objects(lines, "product")
    return lines


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A whole cart as its sender sees it, at `at` by the sender's clock."""

    at: dt.datetime
    lines: Sequence[Wanted] = ()
    vouchers: Sequence[str] = ()
    carrier: Carrier | None = None
    shipping: Decimal | None = None
    wrapping: Decimal = Decimal("0.00")
    billing_address: int | None = None
    shipping_address: int | None = None


@one_change()
def put_whole_cart(beginning: Beginning, whole: Whole, *, by: Actor) -> tuple[Cart, bool]:
    """Have the cart of this key hold just this; and whether it counted: one older than the last does not.

    Put again, nothing happens. Lines of one product and customisation are one line. ValidationError by
    field, as they stand in what was put, for what may not be bought or used and for an address that is not theirs.
    """
    at = _no_later_than_now(whole.at)
    begin_cart(beginning, by=by, at=at)
    with changing(beginning.key, now=at) as change:
        cart = change.cart
        if cart.stated_at is not None and whole.at < cart.stated_at:
            return cart, False
        told = _told_anew(beginning, cart)
        for name, value in told.items():
            setattr(cart, name, value)
        if beginning.customer is not None:
            _assign(change, beginning.customer)
        _state_lines(change, whole.lines)
        change.wrap(whole.wrapping)
        _state_vouchers(change, whole.vouchers)
        change.carry(whole.carrier, shipping=whole.shipping)
        _send(change, billing=whole.billing_address, shipping=whole.shipping_address)
        Cart.objects.filter(pk=cart.pk).update(stated_at=whole.at, **told)
        cart.stated_at = whole.at
    return cart, True


def _told_anew(beginning: Beginning, cart: Cart) -> dict[str, Any]:
    """What is said of a cart that is there already, where it is said and another than before."""
    told: dict[str, Any] = {"visitor": beginning.visitor, "language": beginning.language}
    if beginning.currency == cart.currency:
        told["rate"] = beginning.rate
    return {name: value for name, value in told.items() if value and value != getattr(cart, name)}


def _state_lines(change: Change, lines: Sequence[Wanted]) -> None:
    wanted: dict[tuple[int, str], Wanted] = {}
    told_at: dict[tuple[int, str], int] = {}
    for place, one in enumerate(lines):
        of = (one.product.pk, one.customisation)
        if of in wanted and wanted[of].unit_price != one.unit_price:
            raise fault_at(f"lines.{place}.unit_price", Broken("two_prices"))
        before = wanted[of].quantity if of in wanted else 0
        wanted[of] = Wanted(one.product, before + one.quantity, one.customisation, one.unit_price)
        told_at.setdefault(of, place)
    for gone in [of for of in change.lines if of not in wanted]:
        change.take_out(change.lines[gone])
    for of, one in wanted.items():
        with _told_at(f"lines.{told_at[of]}.product"):
            change.put(one.product, one.quantity, one.customisation, unit_price=one.unit_price)


def _state_vouchers(change: Change, codes: Sequence[str]) -> None:
    """What is in use already stays so, whatever became of it since."""
    used = {one.code_key: one for one in change.vouchers}
    wanted = []
    for place, code in enumerate(codes):
        with _told_at(f"vouchers.{place}"):
            wanted.append(used.get(key_of(code)) or voucher_of(change, code))
    for voucher in [one for one in change.vouchers if one not in wanted]:
        change.withdraw(voucher)
    for voucher in wanted:
        if voucher not in change.vouchers:
            change.take(voucher)


@contextmanager
def _told_at(field: str) -> Iterator[None]:
    """A rule that is broken within is told at this field."""
    try:
        yield
    except Broken as fault:
        raise fault_at(field, fault) from None


def _no_later_than_now(at: dt.datetime | None) -> dt.datetime:
    """A moment of the sender's clock; one that runs ahead does not make things happen in the future."""
    now = timezone.now()
    return now if at is None else min(at, now)
