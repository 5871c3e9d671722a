"""At the checkout all is judged once more: prices, what may be bought, addresses, stock (S1.100, S3.2; facts 1.11)."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.records import options
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.api import orders
from carts.models import Order, Product, Voucher
from customers import services
from customers.models import Customer
from customers.options import SECTION, customer_options
from tests.shop_api import GUEST

BY = Actor.command()


@pytest.fixture
def guests(group):
    """The group of who buys as a guest: 10 % off, and nothing to pay for carrying."""
    guests = group("Buyers", discount="10.00", free_shipping=True)
    options.store(replace(customer_options(), guests_group=guests.pk), SECTION, by=BY)
    return guests


def order(program, key: str = "c", **said) -> dict:
    return program.done("POST", f"/carts/{key}/order", said)


def refusal(program, **said) -> str:
    answer = program.post("/carts/c/order", said)
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    return answer.json()["detail"]


def test_a_guest_pays_the_prices_of_guests(program, product, carrier, guests):
    """It was those of visitors, whatever the group of guests says."""
    product("CUP", "10.00")
    carrier("Post", "4.99")
    program.fill("c", "CUP", 2)
    program.done("PUT", "/carts/c/carrier", {"carrier": "Post"})
    said = order(program, guest=GUEST)
    assert (said["products_total"], said["shipping"], said["total"]) == ("18.00", "0.00", "18.00")
    assert program.done("GET", f"/prices?product=CUP&customer_id={said['customer_id']}")["price"] == "9.00"
    assert list(recount_all(mend=False)) == []


def test_prices_that_the_shop_stated_stay_a_guests(program, product, carrier, guests):
    product("CUP", "10.00")
    carrier("Post", "4.99")
    said = {
        "at": "2026-03-10T12:00:00Z",
        "lines": [{"product": "CUP", "unit_price": "8.00"}],
        "carrier": "Post",
        "shipping": "3.00",
    }
    program.done("PUT", "/carts/c", said)
    assert order(program, guest=GUEST)["total"] == "11.00"


def test_a_voucher_that_was_used_up_meanwhile_is_told_to_a_guest(program, product, voucher, guests):
    """As to everybody: nobody pays more than they were told without a word."""
    product("CUP", "10.00")
    program.fill("c", "CUP")
    voucher("TEN", quantity=1)
    program.done("POST", "/carts/c/vouchers", {"code": "TEN"})
    Voucher.objects.update(quantity=0)
    assert refusal(program, guest=GUEST).startswith("TEN: ")
    assert not Customer.objects.exists()


def test_what_was_switched_off_meanwhile_is_not_ordered(program, product):
    """It was ordered all the same, from a cart that had it already."""
    product("CUP", "10.00")
    product("LAMP", "20.00", name="Desk lamp")
    program.fill("c", "CUP")
    program.done("POST", "/carts/c/lines", {"product": "LAMP"})
    product("LAMP", "20.00", name="Desk lamp", active=False)
    assert refusal(program, guest=GUEST) == "Desk lamp: This product is not sold at the moment."
    program.done("DELETE", "/carts/c/lines?product=LAMP")
    assert order(program, guest=GUEST)["total"] == "10.00"


def test_who_left_a_group_does_not_order_what_only_its_members_may(program, product, customer, group):
    club, everybody = group("Club"), group("Everybody")
    ada = customer(groups=[club, everybody], default_group=everybody)
    product("CUP", "10.00", exclusive_to=[club])
    program.fill("c", "CUP", customer_id=ada.pk)
    services.edit_customer(ada, {"groups": [everybody]}, by=BY)
    assert refusal(program) == "Cup: This product is only sold to other groups."
    services.edit_customer(ada, {"groups": [club, everybody]}, by=BY)
    assert order(program)["total"] == "10.00"


def test_what_is_out_of_stock_is_ordered_as_it_was_put(program, product):
    cup = product("CUP", "10.00", stock=1)
    program.fill("c", "CUP", 3)
    order(program, guest=GUEST)
    cup.refresh_from_db()
    assert cup.stock == -2


def test_stock_falls_no_lower_than_it_can_be_written(program, product):
    """On PostgreSQL that order was answered 500."""
    cup = product("CUP", "0.01", stock=-2_147_483_000)
    program.fill("c", "CUP", 1_000)
    order(program, guest=GUEST)
    cup.refresh_from_db()
    assert cup.stock == -2_147_483_648


def test_each_product_is_taken_from_stock_by_all_its_lines(program, product):
    product("CUP", "10.00")
    product("LAMP", "20.00")
    lines = [("CUP", "Ada", 2), ("LAMP", "", 1), ("CUP", "Ben", 3)]
    said = [{"product": name, "customisation": text, "quantity": number} for name, text, number in lines]
    program.done("PUT", "/carts/c", {"at": "2026-03-10T12:00:00Z", "lines": said})
    order(program, guest=GUEST)
    assert dict(Product.objects.values_list("reference", "stock")) == {"CUP": 65, "LAMP": 69}


def test_a_large_cart_is_changed_and_ordered_in_as_many_statements_as_a_small_one(program, product, customer):
    ada = customer()
    costs = []
    for number in (2, 3, 60):  # the first one only fills what the process remembers
        names = [f"P{number}-{place}" for place in range(number)]
        for name in names:
            product(name, "1.00")
        for minute, quantity in ((1, 1), (2, 2)):
            said = {
                "at": f"2026-03-10T12:{minute:02}:00Z",
                "customer_id": ada.pk,
                "lines": [{"product": name, "quantity": quantity} for name in names],
            }
            with CaptureQueriesContext(connection) as changed:
                program.done("PUT", f"/carts/c{number}", said)
        with CaptureQueriesContext(connection) as ordered:
            order(program, f"c{number}")
        costs.append((len(changed), len(ordered)))
    assert costs[1] == costs[2]


def test_an_address_that_was_chosen_a_moment_ago_is_what_the_order_prints(
    program, product, customer, address, monkeypatch
):
    """It was printed before the cart was locked."""
    ada = customer()
    paris, lyon = address(ada).pk, address(ada, city="Lyon", alias="Work").pk
    product("CUP", "10.00")
    program.fill("c", "CUP", customer_id=ada.pk)

    def choose(key: int) -> None:
        chosen = {"billing_address_id": key, "shipping_address_id": key}
        program.done("PUT", "/carts/c/addresses", chosen)

    choose(paris)
    locked = orders.locked

    def a_moment_ago(key):
        choose(lyon)
        return locked(key)

    monkeypatch.setattr(orders, "locked", a_moment_ago)
    order(program)
    assert "LYON" in Order.objects.get().shipping_address
