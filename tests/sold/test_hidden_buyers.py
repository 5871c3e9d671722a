"""Who is hidden is named to nobody by what they bought or were given, and loses nothing by it (decisions 19, 43)."""

import pytest

from backoffice.records.actors import Actor
from carts.models import OrderVoucher
from carts.services.vouchers import save_voucher
from customers.services import bring_back, hide_customer
from tests.reading import filled, read

COMMAND = Actor.command()


@pytest.fixture
def vera(customer):
    return customer(first_name="Vera", last_name="Lund", email="vera@shop.example")


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


def test_the_page_of_a_voucher_names_nobody_hidden_among_those_who_used_it(client, voucher, bought, vera):
    """Decision 19: the block of orders told the name the order was placed in, as long as somebody was hidden, too."""
    one = voucher("TEN")
    OrderVoucher.objects.create(order=bought(vera), voucher=one, code="TEN", amount=1)

    def uses() -> str:
        return read(client.get(f"/vouchers/{one.pk}/")).one("section", "panel", id="uses").text

    assert "Vera Lund" in uses()
    hide_customer(vera, by=COMMAND)
    assert "Lund" not in uses()
    assert "A customer" in uses()


def test_a_voucher_of_somebody_hidden_stays_theirs_when_it_is_edited(client, voucher, vera):
    """The picker offers nobody hidden: saving the form as it stood gave their voucher to everybody."""
    one = voucher("VERA", customer=vera)
    hide_customer(vera, by=COMMAND)
    page = client.get(f"/vouchers/{one.pk}/edit/")
    assert "Lund" not in page.content.decode()
    data = {**filled(page.context["form"]), "name": "Sorry", "customer_search": ""}
    data.pop("customer", None)  # no box of the page is called so
    client.post(f"/vouchers/{one.pk}/edit/", data)
    one.refresh_from_db()
    assert (one.name, one.customer_id) == ("Sorry", vera.pk)


def test_the_history_of_a_voucher_names_nobody_hidden(client, voucher, vera):
    """Decision 19: nor does what was changed before they were hidden."""
    one = voucher("VERA")
    save_voucher(one, {"customer": vera}, by=COMMAND)

    def history() -> str:
        return read(client.get(f"/vouchers/{one.pk}/")).one("section", "panel", id="history").text

    assert "Vera Lund" in history()
    hide_customer(vera, by=COMMAND)
    assert "Lund" not in history()
    assert f"number {vera.pk}" in history()
    bring_back(vera, by=COMMAND)
    assert "Vera Lund" in history()


def test_the_page_of_an_order_names_nobody_hidden(client, bought, vera):
    """Decision 19: the addresses that were printed name them as well as the order does."""
    order = bought(vera, billing_address="Vera Lund\n14, Main street")
    assert "Vera Lund" in client.get(f"/orders/{order.pk}/").content.decode()
    hide_customer(vera, by=COMMAND)
    page = client.get(f"/orders/{order.pk}/").content.decode()
    assert "Lund" not in page
    assert "Main street" not in page
