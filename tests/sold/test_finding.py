"""Orders, products and vouchers are found by words, through an index (issue 10, point 7; decision 12)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.records.actors import Actor
from carts.models import Product
from customers import services
from tests.reading import List

BY = Actor.command()


def listed(client, section: str, **asked) -> list[int]:
    return List(client.get(f"/{section}/", {"more": "open", **asked})).ids


@pytest.fixture
def outlived(bought, customer):
    """An order whose customer was deleted for good."""
    order = bought(customer(first_name="Zoë", last_name="Szymański", email="zoe@letters.example"))
    services.remove_customer(order.customer, by=BY)
    return order


@pytest.mark.parametrize("typed", ["Zoë Szymański", "szymanski zoe", "szyman", "zoe@letters.example"])
def test_an_order_is_found_by_who_placed_it_also_when_they_are_deleted_for_good(
    client, outlived, bought, customer, typed
):
    """The order keeps the name; nothing else is left of them."""
    bought(customer(first_name="Ada", last_name="Byron"))
    assert listed(client, "orders", customer=typed) == [outlived.pk]
    assert listed(client, "orders", q=typed) == [outlived.pk]


def test_the_number_that_carts_show_finds_the_order_and_not_the_orders_of_that_customer(
    client, bought, customer
):
    """Carts say “#000896” of their order; among the orders that found customer 896."""
    ada = customer(first_name="Ada", last_name="Byron")
    first, second = bought(ada), bought(ada)
    for order in (first, second):
        assert listed(client, "orders", q=f"#{order.pk:06d}") == [order.pk]
        assert f"/orders/{order.pk}/" in client.get("/search/", {"q": f"#{order.pk:06d}"}).content.decode()


def test_an_order_is_found_by_the_name_of_its_day_and_by_todays(client, bought, customer):
    order = bought(customer(first_name="Ada", last_name="Byron"))
    services.edit_customer(order.customer, {"last_name": "Lovelace"}, by=BY)
    for typed in ("Byron", "Lovelace"):
        assert listed(client, "orders", customer=typed) == [order.pk]


def test_who_is_hidden_is_found_by_no_name(client, bought, customer):
    """Decision 19: their orders name them to nobody."""
    order = bought(customer(first_name="Ada", last_name="Byron"))
    services.hide_customer(order.customer, by=BY)
    assert listed(client, "orders", customer="Byron") == listed(client, "orders", q="Byron") == []


def test_a_product_is_found_by_its_name_in_any_language_or_its_reference(client):
    cup = Product.objects.create(name="Coffee cup", name_fr="Tasse à café", reference="CUP-1", price=5)
    Product.objects.create(name="Lamp", reference="LAMP", price=5)
    for typed in ("offee c", "TASSE A", "café", "cup-1", "co"):
        assert listed(client, "products", name=typed) == [cup.pk], typed
    assert listed(client, "products", name="fee") == [cup.pk]
    assert listed(client, "products", name="ee") == []  # under three letters: the start of a word


def test_a_voucher_is_found_by_a_part_of_its_code_or_name(client, voucher):
    thanks = voucher("THANKS-4", name="Für Zoë")
    voucher("SPRING")
    for asked in ({"q": "anks-4"}, {"q": "zoe"}, {"code": "ks-4"}, {"code": "th"}):
        assert listed(client, "vouchers", **asked) == [thanks.pk], asked
    assert listed(client, "vouchers", code="ks 4") == []


@pytest.mark.parametrize(
    ("section", "asked", "index"),
    [
        ("orders", {"customer": "Byron"}, "orders_search"),
        ("products", {"name": "coffee"}, "products_search"),
        ("vouchers", {"q": "thanks"}, "vouchers_search"),
        ("vouchers", {"code": "thanks"}, "vouchers_search"),
    ],
)
def test_words_are_looked_up_in_an_index(client, bought, section, asked, index):
    """A million rows are not passed one by one: the database has the trigrams of them (performance.md 6)."""
    bought()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        listed(client, section, **asked)
    assert any(
        _uses(query["sql"], index) for query in seen if "search_text" in query["sql"] or index in query["sql"]
    )


def _uses(sql: str, index: str) -> bool:
    if connection.vendor == "sqlite":
        return f'{index}" MATCH' in sql
    with connection.cursor() as cursor:
        # Of a handful of rows all ways cost the same: what is asked is whether the index can serve.
        for other_way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{other_way} = off")
        cursor.execute(f"EXPLAIN {sql}")
        return index in "\n".join(line for (line,) in cursor.fetchall())
