"""Every declared field of products, orders and carts over the API: said, it is stored; or it follows from what is said.

Customers and addresses, which have forms, are taken through all doors by tests/test_every_field.py.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from backoffice.api.shapes import Taken
from backoffice.sections import section_named
from carts.api.carts import CartPut
from carts.api.orders import OrderTold
from carts.api.products import ProductTold
from carts.models import Cart, Order, Product, Voucher
from tests.shop_api import GUEST

AT = dt.datetime(2026, 3, 10, 11, 0, tzinfo=dt.UTC)
LINE = {"name": "Coffee cup", "reference": "CUP", "quantity": 2, "unit_price": "12.50"}
PRODUCT = {"name": "Coffee cup", "price": "12.50", "currency": "EUR"}
ORDER = {
    "placed_at": "2026-03-10T12:00:00Z",
    "status": "Payment accepted",
    "currency": "EUR",
    "lines": [LINE],
    "guest": GUEST,
}
CART = {"at": "2026-03-10T12:00:00Z", "lines": [{"product": "CUP", "quantity": 2}]}


@dataclass(frozen=True)
class Door:
    """Where records of a section are said: the address, what is said at least, the shape, how one is found again."""

    path: str
    least: dict
    shape: type[Taken]
    model: type
    found: dict


DOORS = {
    "products": Door("/products/CUP", PRODUCT, ProductTold, Product, {"reference": "CUP"}),
    "orders": Door("/external-orders/PS-1", ORDER, OrderTold, Order, {"external_id": "PS-1"}),
    "carts": Door("/carts/basket", CART, CartPut, Cart, {"key": "basket"}),
}
# What is said of a record, and what is stored of it then: (said by its name in the API, {stored: value}).
SAID: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {
    "products": [
        ({"name": "Mug"}, {"name": "Mug"}),
        (
            {"name_fr": "Tasse", "name_pl": "Kubek", "name_ro": "Cană"},
            {"name_fr": "Tasse", "name_ro": "Cană"},
        ),
        ({"price": "7.25", "currency": "EUR"}, {"price": Decimal("7.25")}),
        ({"tax_rate": "5.5"}, {"tax_rate": Decimal("5.50")}),
        ({"stock": -3}, {"stock": -3}),
        ({"active": False}, {"active": False}),
        ({"picture": "https://shop.example/cup.png"}, {"picture": "https://shop.example/cup.png"}),
        ({"category": "Kitchen"}, {"category__name": "Kitchen"}),
        ({"parent": "SET", "choices": {"Size": "M"}}, {"parent__reference": "SET", "choices": {"Size": "M"}}),
        ({"exclusive_to": [1]}, {"exclusive_to": 1}),
        ({"external_id": "77"}, {"external_id": "77"}),
    ],
    "orders": [
        ({"placed_at": "2026-03-10T12:00:00+01:00"}, {"placed_at": AT}),
        ({"status": "Canceled"}, {"status__name": "Canceled", "valid": False}),
        ({"currency": "PLN", "rate": "4"}, {"currency": "PLN", "rate": Decimal(4), "value": Decimal("6.25")}),
        ({"lines": [{**LINE, "quantity": 3}]}, {"items_count": 3, "total": Decimal("37.50")}),
        ({"discounts": [{"code": "TEN", "amount": "2.50"}]}, {"discount": Decimal("2.50")}),
        (
            {"shipping": "4.99", "wrapping": "1.00"},
            {"shipping": Decimal("4.99"), "wrapping": Decimal("1.00")},
        ),
        ({"total": "24.99", "tax": "4.16"}, {"total": Decimal("24.99"), "rounding": Decimal("-0.01")}),
        ({"paid": "20.00"}, {"paid": Decimal("20.00"), "outstanding": Decimal("5.00")}),
        ({"payment": "Cheque"}, {"payment": "Cheque"}),
        ({"carrier": "Post"}, {"carrier_name": "Post"}),
        ({"language": "pl"}, {"language": "pl"}),
        ({"due_on": "2026-04-10"}, {"due_on": dt.date(2026, 4, 10)}),
        ({"billing_address": "Gus\nParis"}, {"billing_address": "Gus\nParis"}),
        ({"shipping_address": "Gus\nLyon"}, {"shipping_address": "Gus\nLyon"}),
    ],
    "carts": [
        ({"visitor": "browser-1"}, {"visitor": "browser-1"}),
        ({"currency": "PLN", "rate": "4.28"}, {"currency": "PLN", "rate": Decimal("4.28")}),
        ({"language": "ro"}, {"language": "ro"}),
        ({"at": "2026-03-10T12:00:00+01:00"}, {"stated_at": AT, "changed_at": AT, "created_at": AT}),
        ({"lines": [{"product": "CUP", "quantity": 3}]}, {"items_count": 3, "total": Decimal("37.50")}),
        ({"vouchers": ["TEN"]}, {"vouchers__code": "TEN", "total": Decimal("22.50")}),
        ({"carrier": "Post"}, {"carrier__name": "Post", "shipping": Decimal("4.99")}),
        ({"shipping": "3.00"}, {"shipping": Decimal("3.00")}),
        ({"wrapping": "1.00"}, {"wrapping": Decimal("1.00")}),
    ],
}
# Said by a number that only the test knows; below.
BY_NUMBER = {
    "products": set(),
    "orders": {"customer_id", "guest", "cart"},
    "carts": {"customer_id", "billing_address_id", "shipping_address_id"},
}
# Declared, and said by nobody: made, or worked out of what is said.
FOLLOWS = {
    "products": {"id", "reference"},
    "orders": {"id", "reference", "customer", "outstanding", "valid"},
    "carts": {"id", "key", "became", "customer", "online"},
}


@pytest.fixture
def sold(program, product, carrier, default_group):
    """What the examples name."""
    for reference in ("CUP", "SET"):
        product(reference, "12.50")
    carrier("Post", "4.99")
    Voucher.objects.create(code="TEN", name="Ten", percent=10, starts_at=AT - dt.timedelta(days=1))
    return program


def stored(door: Door, names: list[str]) -> dict[str, Any]:
    return door.model.objects.filter(**door.found).values(*names).get()


@pytest.mark.parametrize(
    ("slug", "said", "wanted"),
    [
        pytest.param(slug, said, wanted, id=f"{slug}-{'-'.join(said)}")
        for slug, examples in SAID.items()
        for said, wanted in examples
    ],
)
def test_what_is_said_is_stored(sold, slug, said, wanted):
    door = DOORS[slug]
    sold.done("PUT", door.path, {**door.least, **said})
    assert stored(door, list(wanted)) == wanted


@pytest.mark.parametrize("slug", SAID)
def test_every_field_that_the_api_takes_has_an_example(slug):
    named = {name for said, _wanted in SAID[slug] for name in said}
    assert named | BY_NUMBER[slug] == set(DOORS[slug].shape.model_fields)


@pytest.mark.parametrize("slug", SAID)
def test_every_declared_field_is_said_or_follows(slug):
    """A field that is declared and that no program can fill is found here."""
    reached = {name.partition("__")[0] for _said, wanted in SAID[slug] for name in wanted}
    declared = {field.name for field in section_named(slug).fields}
    assert declared - reached - FOLLOWS[slug] - {"name_pl"} == set()


@pytest.mark.parametrize("slug", ["products", "orders"])
def test_what_is_said_over_the_api_stands_in_the_history_by_its_door(sold, slug):
    door = DOORS[slug]
    sold.done("PUT", door.path, door.least)
    row = door.model.history.filter(**door.found).latest("history_id")
    assert (row.door, row.history_change_reason) == ("api", "token Shop module")


def test_whose_they_are_is_said_by_number(sold, customer, address, countries):
    ada = customer()
    home = address(ada).pk
    whose = {"customer_id": ada.pk, "billing_address_id": home, "shipping_address_id": home}
    sold.done("PUT", "/carts/basket", {**CART, **whose})
    cart = Cart.objects.get()
    assert (cart.customer, cart.billing_address_id, cart.shipping_address_id) == (ada, home, home)
    placed = sold.done("POST", "/carts/basket/order", {})
    order = Order.objects.get()
    assert (order.reference, order.customer, order.cart) == (placed["reference"], ada, cart)
    sold.done("PUT", "/carts/other", CART)
    sold.done("PUT", "/external-orders/PS-1", {**ORDER, "customer_id": ada.pk, "cart": "other"})
    told = Order.objects.get(external_id="PS-1")
    assert (told.customer, told.cart) == (ada, Cart.objects.get(key="other"))
    sold.done("PUT", "/external-orders/PS-2", ORDER)
    assert Order.objects.get(external_id="PS-2").customer.guest
