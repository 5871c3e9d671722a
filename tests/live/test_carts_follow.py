"""The list of carts, the page of a cart and the home page follow (issue 10, 5 and 12)."""

import re

import pytest

from carts.models import Cart, Order, OrderStatus
from tests.shop_api import ORDERED

BLOCK = re.compile(r'<section class="panel" id="([a-z-]+)"')


def badges(html: str) -> list[str]:
    """What stands beside the title."""
    part = html.partition('id="title-badges"')[2].partition("title-actions")[0].partition("file-who")[0]
    return re.findall(r'<span class="badge[^"]*">([^<]*)<', part)


@pytest.fixture
def cart(program, product, customer) -> Cart:
    """A cart of Ada's under the key c, with a cup in it."""
    product("CUP", "10.00")
    program.fill("c", "CUP", customer_id=customer(first_name="Ada").pk)
    return Cart.objects.get()


def test_the_page_of_a_cart_follows_the_cart(cart, program, client_of, owner, poll, asked_by):
    """S0.82: what the customer adds is on the page of the cart."""
    opened = asked_by(client_of(owner).get(f"/carts/{cart.pk}/"))
    assert poll(opened).status_code == 204
    program.done("POST", "/carts/c/lines", {"product": "CUP"})
    answer = poll(opened)
    assert "summary" in BLOCK.findall(answer.text)
    assert "€20.00" in answer.text


def test_the_page_of_a_cart_follows_its_order(cart, program, client_of, owner, poll, asked_by):
    program.done("POST", "/carts/c/order", {})
    opened = asked_by(client_of(owner).get(f"/carts/{cart.pk}/"))
    other = OrderStatus.objects.exclude(pk=Order.objects.get().status_id).first()
    Order.objects.update(status=other)
    assert BLOCK.findall(poll(opened).text) == ["order"]


def test_the_badge_of_a_cart_follows_what_becomes_of_it(cart, program, client_of, owner, poll, asked_by):
    page = client_of(owner).get(f"/carts/{cart.pk}/")
    assert badges(page.text) == ["Not ordered"]
    program.done("POST", "/carts/c/order", {})
    answer = poll(asked_by(page))
    assert badges(answer.text) == ["Ordered"]
    assert poll(asked_by(answer)).status_code == 204


def test_the_page_of_an_order_follows_how_far_it_is_and_what_is_paid(
    cart, program, client_of, owner, poll, asked_by
):
    """S1.57: badges, figures, totals and the state, when the shop says that it was paid."""
    program.done("POST", "/carts/c/order", {})
    order = Order.objects.get()
    page = client_of(owner).get(f"/orders/{order.pk}/")
    assert badges(page.text) == ["Not valid", "Not paid in full"]
    assert poll(asked_by(page)).status_code == 204
    path = f"/orders/{order.reference}/status"
    program.done("PUT", path, {"status": "Payment accepted", "paid": "10.00"})
    answer = poll(asked_by(page))
    assert badges(answer.text) == ["Valid"]
    assert BLOCK.findall(answer.text) == ["lines", "sums", "status", "customer"]
    assert re.search(r"<dt>Total paid</dt>\s*<dd>\s*€10.00", answer.text)
    assert poll(asked_by(answer)).status_code == 204


def test_the_page_of_a_cart_follows_what_another_system_says_of_its_order(
    cart, program, client_of, owner, poll, asked_by
):
    """Stated again, its total stayed as it was in the block of the order, and so did what its vouchers took off."""
    said = {**ORDERED, "cart": "c", "customer_id": cart.customer_id}
    program.done("PUT", "/external-orders/P-7", said)
    page = client_of(owner).get(f"/carts/{cart.pk}/")
    assert poll(asked_by(page)).status_code == 204
    program.done("PUT", "/external-orders/P-7", {**said, "shipping": "5.00"})
    answer = poll(asked_by(page))
    assert {"summary", "order"} <= set(BLOCK.findall(answer.text))
    assert "€30.00" in answer.text
    assert poll(asked_by(answer)).status_code == 204


@pytest.mark.parametrize("query", ["", "?status=not_ordered&sort=-total"])
def test_the_list_of_carts_follows_with_its_filters(cart, program, client_of, owner, poll, asked_by, query):
    opened = asked_by(client_of(owner).get(f"/carts/{query}"))
    assert poll(opened).status_code == 204
    program.fill("d", "CUP", 3)
    answer = poll(opened)
    assert "€30.00" in answer.text
    assert poll(asked_by(answer)).status_code == 204
    assert asked_by(answer).partition("v=")[0] == opened.partition("v=")[0]


def test_the_home_page_follows(cart, program, client_of, owner, poll, asked_by):
    """Issue 10, 12: the shop now is live like the rest."""
    opened = asked_by(client_of(owner).get("/"))
    assert poll(opened).status_code == 204
    program.done("POST", "/carts/c/lines", {"product": "CUP"})
    assert "happened" in BLOCK.findall(poll(opened).text)


def test_the_list_of_carts_follows_who_comes_into_the_shop(cart, program, client_of, owner, poll, asked_by):
    """Whether the owner is online was told up to a minute late."""
    opened = asked_by(client_of(owner).get("/carts/"))
    assert poll(opened).status_code == 204
    program.done("POST", "/visits/pages", {"visitor": "v", "page": "/", "customer_id": cart.customer_id})
    assert poll(opened).status_code == 200
