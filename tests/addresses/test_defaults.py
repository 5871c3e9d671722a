"""Billing, shipping or both, one default of each, and the country that a customer counts under (decision 29)."""

import pytest
from django.db import IntegrityError, transaction

from addresses.models import Address
from addresses.services import delete_addresses
from backoffice.records.actors import Actor
from customers.services import bring_back, hide_customer
from tests.reading import faults

pytestmark = pytest.mark.usefixtures("nothing_miscounted")


def defaults_of(who) -> dict[str, tuple[bool, bool]]:
    rows = Address.objects.here().filter(customer=who)
    return {one.alias: (one.default_billing, one.default_shipping) for one in rows}


def test_setting_another_default_moves_it_and_says_so(client, customer, address, new):
    """S3.33, S3.34: at most one default of each kind; the former one has a line in its history."""
    ada = customer()
    home = address(ada, alias="Home", default_billing=True, default_shipping=True)
    answer = client.post("/addresses/add/", new(ada, alias="Office", default_billing="on"), follow=True)
    said = [str(one) for one in answer.context["messages"]]
    assert said == [
        "Office: 14, Main street, 75000 Paris added. “Home” is no longer the default billing address."
    ]
    assert defaults_of(ada) == {"Home": (False, True), "Office": (True, False)}
    assert home.history.count() == 2


def test_who_else_lives_there_keeps_their_default(customer, address):
    ada, john = customer(), customer()
    address(ada, default_billing=True)
    address(john, default_billing=True)
    assert defaults_of(ada) == {"Home": (True, False)}


def test_the_database_takes_no_second_default(customer, address):
    ada = customer()
    address(ada, default_billing=True)
    second = address(ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.filter(pk=second.pk).update(default_billing=True)


def test_a_default_serves_for_what_it_is_the_default_of(client, customer, new):
    answer = client.post("/addresses/add/", new(customer(), kind="shipping", default_shipping="on"))
    assert faults(answer) == {
        "default_billing": ["An address for shipping only can't be the default billing address."]
    }
    answer = client.post(
        "/addresses/add/", new(customer(), kind="billing", default_billing="on", default_shipping="on")
    )
    assert faults(answer) == {
        "default_shipping": ["An address for billing only can't be the default shipping address."]
    }
    assert Address.objects.count() == 0


def test_a_customer_counts_under_the_country_of_their_default_billing_address(customer, address):
    """Decision 29: stored, and moved by the services of addresses in the same transaction."""
    ada = customer()

    def country() -> str:
        ada.refresh_from_db()
        return ada.country

    assert country() == ""
    address(ada, alias="First")
    assert country() == "FR"
    berlin = address(ada, alias="Berlin", country="DE", postcode="10115", default_billing=True)
    assert country() == "DE"
    delete_addresses(Address.objects.filter(pk=berlin.pk), by=Actor.command())
    assert country() == "FR"
    delete_addresses(Address.objects.filter(customer=ada), by=Actor.command())
    assert country() == ""


def test_addresses_leave_the_list_with_their_customer_and_come_back_with_them(client, customer, address):
    """Decision 43: all that is theirs is hidden with a customer."""
    ada = customer()
    made = address(ada)
    hide_customer(ada, by=Actor.command())
    assert client.get(f"/addresses/{made.pk}/").status_code == 404
    ada.refresh_from_db()
    bring_back(ada, by=Actor.command())
    assert client.get(f"/addresses/{made.pk}/").status_code == 200
