"""Fixtures of carts: put together as shoppers do."""

from collections.abc import Callable

import pytest

from carts.models import Cart, Product
from carts.services.cart_vouchers import use_voucher
from carts.services.carts import Beginning, Wanted, begin_cart, choose_carrier, set_line
from tests.shop_api import PROGRAM


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def cart(product, carrier, db) -> Callable[..., Cart]:
    """`cart({"CUP": 2}, customer=jane, shipping="Post", vouchers=["TEN"])` gives a cart with two cups in it."""

    def cart(wares: dict[str, int], *, customer=None, visitor="", shipping="", vouchers=(), at=None) -> Cart:
        made = begin_cart(Beginning(customer=customer, visitor=visitor), by=PROGRAM)
        for reference, quantity in wares.items():
            ware = Product.objects.to_be_sold().get(reference=reference)
            set_line(made.key, Wanted(ware, quantity), by=PROGRAM)
        if shipping:
            choose_carrier(made.key, carrier(shipping), by=PROGRAM)
        for code in vouchers:
            use_voucher(made.key, code, by=PROGRAM)
        if at:
            Cart.objects.filter(pk=made.pk).update(created_at=at, changed_at=at)
        return Cart.objects.get(pk=made.pk)

    return cart


@pytest.fixture
def ordered(program) -> Callable[..., Cart]:
    """`ordered(cart)` has the cart become an order."""

    def ordered(cart: Cart) -> Cart:
        program.done("POST", f"/carts/{cart.key}/order", {"status": "Payment accepted"})
        cart.refresh_from_db()
        return cart

    return ordered
