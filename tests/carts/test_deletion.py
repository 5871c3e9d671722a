"""Deleting carts: those without an order go, ordered ones stay, each with its reason (facts 8.4, decision 41)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.models import Counter
from backoffice.records.recounting import recount_all
from carts.models import Cart, CartEvent, CartLine
from customers.services import bring_back, hide_customer
from tests.reading import read
from tests.shop_api import PROGRAM


@pytest.fixture
def three(cart, ordered, product, customer):
    """Two carts of Jane and one of hers that became an order, the last."""
    product("CUP", "12.50")
    jane = customer(first_name="Jane", last_name="ROE")
    return [cart({"CUP": 1}, customer=jane), cart({"CUP": 2}, customer=jane)], ordered(
        cart({"CUP": 3}, customer=jane)
    )


def test_a_selection_is_asked_about_and_the_ordered_one_is_named_with_its_reason(client, three):
    """Facts 8.4: newer code treats each one and reports the failures."""
    free, sold = three
    chosen = {"selected": [*(one.pk for one in free), sold.pk]}
    page = read(client.post("/carts/actions/delete/", chosen)).one("main").text
    assert f"Cart #{sold.pk:06d}: It became order #{sold.order.pk:06d}, so it stays." in page
    assert "Deletes 2 carts with their products" in page
    assert Cart.objects.count() == 3

    answer = client.post("/carts/actions/delete/", {**chosen, "way": "delete", "sure": "1"}, follow=True)
    said = read(answer).one("main").text + read(answer).one("body").text
    assert "2 carts deleted." in said
    assert "1 stays: it has been ordered, or its customer is deleted." in said
    assert list(Cart.objects.all()) == [sold]
    assert CartLine.objects.count() == 1
    assert set(CartEvent.objects.values_list("cart", flat=True)) == {sold.pk}


def test_the_length_of_the_list_and_the_carts_of_the_customer_follow(client, three):
    """Issue 10, point 7: recount finds no difference."""
    free, sold = three
    client.post(
        "/carts/actions/delete/",
        {"selected": [one.pk for one in free], "way": "delete", "sure": "1"},
    )
    assert Counter.of("carts.cart").value == 1
    sold.customer.figures.refresh_from_db()
    assert sold.customer.figures.carts_count == 1
    assert list(recount_all(mend=False)) == []


def test_one_ordered_cart_is_refused_also_when_asked_straight_away(client, three):
    """Facts 8.4: the server refuses even if asked."""
    _free, sold = three
    refused = client.post(f"/carts/{sold.pk}/delete/", {"way": "delete", "sure": "1"})
    assert "It became order" in read(refused).one("main").text
    assert Cart.objects.filter(pk=sold.pk).exists()


def test_the_page_of_an_ordered_cart_offers_no_deletion(client, three):
    """Facts 8.4: no delete link; it led to “This cannot be deleted”."""
    free, sold = three
    offered = ["/delete/" in client.get(f"/carts/{one.pk}/").text for one in (free[0], sold)]
    assert offered == [True, False]


def test_one_cart_without_an_order_is_deleted_from_its_page(client, three):
    free, _sold = three
    assert client.post(f"/carts/{free[0].pk}/delete/", {"way": "delete", "sure": "1"}).status_code == 302
    assert not Cart.objects.filter(pk=free[0].pk).exists()


def test_many_carts_are_asked_about_in_as_many_queries_as_few(client, cart, ordered, product, customer):
    """Which of them stay is one question, not one a cart."""
    product("CUP", "12.50")
    keys, costs = [], []
    for number in (2, 8):
        keys += [cart({"CUP": 1}).pk for _one in range(number)]
        keys.append(ordered(cart({"CUP": 1}, customer=customer())).pk)
        client.post(
            "/carts/actions/delete/", {"selected": keys}
        )  # what the process remembers: the rights of the roles
        with CaptureQueriesContext(connection) as queries:
            client.post("/carts/actions/delete/", {"selected": keys})
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_cart_of_who_is_hidden_stays_and_its_reason_is_told(client, three):
    """Decision 43: read-only until they are brought back; by its page and among many it was deleted."""
    free, sold = three
    hide_customer(sold.customer, by=PROGRAM)
    reason = "This customer is deleted: bring them back before changing anything."
    refused = client.post(f"/carts/{free[0].pk}/delete/", {"way": "delete", "sure": "1"})
    assert reason in read(refused).one("main").text
    chosen = {"selected": [one.pk for one in free]}
    assert reason in read(client.post("/carts/actions/delete/", chosen)).one("main").text
    client.post("/carts/actions/delete/", {**chosen, "way": "delete", "sure": "1"})
    assert Cart.objects.count() == 3
    bring_back(sold.customer, by=PROGRAM)
    client.post("/carts/actions/delete/", {**chosen, "way": "delete", "sure": "1"})
    assert list(Cart.objects.all()) == [sold]
