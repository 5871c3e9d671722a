"""Carts in every state, and the orders some of them became."""

import datetime as dt
import random
from decimal import Decimal
from hashlib import sha256

from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch, Shop
from customers.demo.people import Person, between
from groups.models import Group

from ..models import Cart, CartEvent, CartLine
from ..rules import money
from .catalogue import Ware
from .filled import Filled
from .ordering import put_order
from .sums import ONE, RATES, add_up, unit_price

CARTS = Table(
    Cart,
    "id key customer_id visitor carrier_id shipping_address_id billing_address_id currency rate language items_count"
    " products_total discount shipping wrapping total tax ordered created_at changed_at stated_at version",
)
LINES = Table(CartLine, "cart_id product_id customisation quantity unit_price tax_rate added_at")
EVENTS = Table(CartEvent, "cart_id kind product_id customisation quantity unit_price name at")
CART_VOUCHERS = Table(Cart.vouchers.through, "cart_id voucher_id")

DAY = dt.timedelta(days=1)
KEEP_EVENTS = 60 * DAY


def note_privileges(shop: Shop) -> None:
    """Leaves `shop.facts["privileges"]`: (discount, free shipping) by group id."""
    groups = Group.objects.values_list("pk", "discount", "free_shipping")
    shop.facts["privileges"] = {key: (discount, free) for key, discount, free in groups}


def put_carts(batch: Batch) -> None:
    """Two in three visits leave a cart, some of them empty; a little less than half of the filled ones are ordered."""
    dice, shop = batch.chance("carts"), batch.shop
    for person in batch.people:
        for came in person.visit_times:
            lately = came > shop.now - DAY
            if dice.random() < (0.95 if lately else 0.63):
                _put_cart(batch, dice, person, came, ordered=dice.random() < (0.25 if lately else 0.47))
    for _ in range(2 + batch.size // 12):
        came = between(shop.opened, shop.now, dice.random() ** 0.7)
        _put_cart(batch, dice, None, came, ordered=False)


def _put_cart(
    batch: Batch, dice: random.Random, person: Person | None, came: dt.datetime, *, ordered: bool
) -> None:
    shop = batch.shop
    throw = dice.random
    percent, free = shop.facts["privileges"][person.default_group_id] if person else (Decimal(0), False)
    currency, rate = shop.currency, ONE
    if person and shop.currency == "EUR" and person.land.code in RATES and throw() < 0.4:
        currency, rate = RATES[person.land.code]
    lines = _choose(dice, shop.facts["wares"], percent, rate)
    ordered = ordered and bool(lines)
    carriers = shop.facts["carriers"]
    carrier = carriers[int(throw() * len(carriers))] if lines and (ordered or throw() < 0.5) else None
    offer = dice.choice(shop.facts["offers"]) if lines and carrier and throw() < 0.08 else None
    sums = add_up(lines, shipping=0 if free or carrier is None else carrier[2], rate=rate, offer=offer)
    changed = min(came + dt.timedelta(seconds=int(throw() ** 2 * 2_400)), shop.now)
    cart = Filled(
        shop.take_id(Cart),
        person,
        lines,
        currency,
        rate,
        carrier,
        offer,
        sums,
        min(came, changed),
        changed,
        ordered,
    )
    _write(batch, dice, cart)
    if person and lines:
        person.figures.carts += 1
    if ordered and person:
        put_order(batch, dice, cart)
    if cart.changed_at > shop.now - KEEP_EVENTS:
        _write_events(batch, cart)


def _choose(
    dice: random.Random, wares: list[Ware], percent: Decimal, rate: Decimal
) -> list[tuple[Ware, int, int]]:
    if dice.random() < 0.05:
        return []
    number = 1
    while number < 8 and dice.random() < 0.6:
        number += 1
    # The square makes the first products of the catalogue the favourites.
    places = {int(dice.random() ** 1.5 * len(wares)) for _ in range(number)}
    return [
        (
            wares[place],
            1 if dice.random() < 0.8 else dice.randrange(2, 6),
            unit_price(wares[place], percent, rate),
        )
        for place in sorted(places)
    ]


def _write(batch: Batch, dice: random.Random, cart: Filled) -> None:
    person, sums = cart.person, cart.sums
    billing, shipping = batch.facts["homes"].get(person.id, (None, None)) if person else (None, None)
    known = cart.ordered and billing is not None
    batch.rows[CARTS].append(
        (
            cart.id,
            _key_of(batch.shop, cart.id),
            person.id if person else None,
            person.visitor if person else f"{dice.getrandbits(128):032x}",
            cart.carrier[0] if cart.carrier else None,
            shipping.id if known else None,
            billing.id if known else None,
            cart.currency,
            cart.rate,
            person.land.language if person else "en",
            sums.items,
            money(sums.products),
            money(sums.discount),
            money(sums.shipping),
            money(sums.wrapping),
            money(sums.total),
            money(sums.tax),
            cart.ordered,
            cart.created_at,
            cart.changed_at,
            None,
            1,
        )
    )
    batch.rows[LINES].extend(
        (cart.id, ware.id, "", quantity, money(price), ware.tax_rate, cart.created_at)
        for ware, quantity, price in cart.lines
    )
    if cart.offer:
        batch.rows[CART_VOUCHERS].append((cart.id, cart.offer.id))


def _key_of(shop: Shop, number: int) -> str:
    """What the shop's pages call the cart of this number; nobody guesses it from another."""
    return sha256(f"{shop.seed} {number}".encode()).hexdigest()[:24]


def _write_events(batch: Batch, cart: Filled) -> None:
    def add(kind: str, at: dt.datetime, *, ware=None, quantity=0, price=None, name="") -> None:
        product, cost = (ware.id, money(price)) if ware else (None, None)
        batch.rows[EVENTS].append((cart.id, kind, product, "", quantity, cost, name, at))

    add("created", cart.created_at)
    for place, (ware, quantity, price) in enumerate(cart.lines):
        at = between(cart.created_at, cart.changed_at, (place + 1) / (len(cart.lines) + 1))
        add("added", at, ware=ware, quantity=1, price=price)
        if quantity > 1:
            add("changed", at, ware=ware, quantity=quantity, price=price)
    if cart.offer:
        add("voucher", cart.changed_at, name=cart.offer.code)
    if cart.carrier:
        add("carrier", cart.changed_at, name=cart.carrier[1])
    if cart.ordered:
        add("ordered", cart.changed_at)
