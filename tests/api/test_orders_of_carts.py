"""Orders of another system that say which cart they came from (issue 10, point 2; facts 1.11)."""

import pytest

from backoffice.records.recounting import recount_all
from carts.models import Cart, CartEvent, Order
from customers.models import Customer
from tests.shop_api import GUEST, ORDERED, reasons


@pytest.fixture
def ada(customer):
    return customer()


@pytest.fixture
def fill(program, product):
    """`fill("a", ada)`: a cart of this key with two cups in it, hers or nobody's."""
    product("CUP", "12.50")

    def fill(key: str, customer: Customer | None = None) -> Cart:
        whose = {"customer_id": customer.pk} if customer else {}
        said = {"at": "2026-03-10T10:00:00Z", "lines": [{"product": "CUP", "quantity": 2}], **whose}
        program.done("PUT", f"/carts/{key}", said)
        return Cart.objects.get(key=key)

    return fill


def state(number: str, program, **said):
    return program.put(f"/external-orders/{number}", {**ORDERED, **said})


def test_the_cart_has_been_ordered_by_it_and_its_customer_is_the_buyer(program, fill, ada):
    """It stayed abandoned, and a voucher or a carrier could still change what had been bought."""
    cart = fill("a", ada)
    said = state("P-7", program, cart="a").json()
    cart.refresh_from_db()
    assert (said["customer_id"], cart.ordered, cart.order.reference) == (ada.pk, True, said["reference"])
    told = CartEvent.objects.filter(cart=cart).order_by("at", "pk").last()
    assert (told.kind, told.at.isoformat()) == ("ordered", "2026-03-10T11:00:00+00:00")
    assert program.put("/carts/a/lines", {"product": "CUP", "quantity": 1}).status_code == 409
    assert list(recount_all(mend=False)) == []


def test_a_visitors_cart_is_the_buyers_then(program, fill, ada):
    cart = fill("a")
    state("P-7", program, cart="a", customer_id=ada.pk)
    cart.refresh_from_db()
    assert (cart.customer, cart.ordered) == (ada, True)
    assert list(recount_all(mend=False)) == []


def test_stated_again_nothing_happens_and_the_cart_may_be_said_later(program, fill, ada):
    cart = fill("a", ada)
    state("P-7", program, customer_id=ada.pk)
    for _ in range(2):
        assert state("P-7", program, cart="a").status_code == 200
        assert state("P-7", program).status_code == 200
    cart.refresh_from_db()
    assert Order.objects.get().cart == cart
    assert CartEvent.objects.filter(cart=cart, kind="ordered").count() == 1


def test_an_order_says_no_cart_that_is_none_or_anothers(program, fill, ada, customer):
    """A cart that had become an order answered 500; an unknown one was overlooked. Nothing is half written."""
    fill("ordered", ada)
    program.done("POST", "/carts/ordered/order", {})
    fill("hers", ada)
    state("P-1", program, cart="hers")
    fill("more", ada)
    people, bob = Customer.objects.count() + 1, customer(email="bob@example.com")
    for number, said, reason in (
        ("P-7", {"cart": "none", "guest": GUEST}, "no_such_cart"),
        ("P-7", {"cart": "ordered", "customer_id": ada.pk}, "cart_ordered"),
        ("P-7", {"cart": "hers", "customer_id": ada.pk}, "cart_ordered"),
        ("P-7", {"cart": "more", "customer_id": bob.pk}, "cart_of_another"),
        ("P-7", {"cart": "more", "guest": GUEST}, "cart_of_another"),
        ("P-1", {"cart": "more"}, "order_of_another_cart"),
    ):
        answer = state(number, program, **said)
        assert (answer.status_code, reasons(answer)) == (422, {"cart": reason})
    assert (Customer.objects.count(), Order.objects.count()) == (people, 2)
    assert not Cart.objects.get(key="more").ordered


def test_who_bought_is_asked_where_the_cart_is_nobodys(program, fill):
    fill("a")
    answer = state("P-7", program, cart="a")
    assert (answer.status_code, reasons(answer)) == (422, {"customer_id": "buyer_missing"})
