"""An e-mail address belongs to one account; guests share it (decision 4, D-31, D-74)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer
from customers.services import writing
from tests.reading import faults

ADD = "/customers/add/"


@pytest.mark.parametrize("email", ["pub@prestashop.com", "PUB@PrestaShop.com"])
def test_an_address_that_is_taken_names_who_has_it(client, new, customer, email):
    """Decision 4, D-34, D-74: one registered account per address, case-insensitive; say who holds it."""
    john = customer(email="pub@prestashop.com")
    answer = client.post(ADD, new(email=email))
    # V13: their page is one click away.
    person = f'<a href="/customers/{john.pk}/">John DOE (ID {john.pk})</a>'
    sentence = f"{person} already has an account with the address pub@prestashop.com."
    assert faults(answer) == {"email": [sentence]}
    assert sentence in answer.content.decode()


def test_the_address_of_somebody_deleted_stays_taken_and_that_of_somebody_removed_is_free(
    client, new, customer
):
    """Decision 4: soft-deleted "may not register again" ones included; facts 2.7."""
    john = customer(email="pub@prestashop.com")
    services.hide_customer(john, by=Actor.command())
    assert "email" in faults(client.post(ADD, new(email="pub@prestashop.com")))
    services.remove_customer(john, by=Actor.command())
    assert client.post(ADD, new(email="pub@prestashop.com")).status_code == 302


def test_guests_share_addresses_and_need_no_password(client, new, customer):
    """Decision 4, D-31: guests may share an address with each other and with an account."""
    customer(email="pub@prestashop.com")
    for _ in range(2):
        answer = client.post(ADD, new(email="pub@prestashop.com", guest="on", password=None))
        assert answer.status_code == 302
    assert Customer.objects.filter(email="pub@prestashop.com", guest=True).count() == 2


def test_a_guest_moves_to_the_address_of_an_account_and_is_no_account_by_it(customer):
    """Decision 4: who registers later is told that the address is taken."""
    holder, guest = customer(email="pub@prestashop.com"), customer(guest=True)
    moved = services.edit_customer(guest, {"email": "pub@prestashop.com"}, by=Actor.command())
    assert (moved.email, moved.guest) == ("pub@prestashop.com", True)
    with pytest.raises(ValidationError) as refused:
        services.edit_customer(guest, {"guest": False}, by=Actor.command())
    assert refused.value.message_dict == {
        "email": [
            f'<a href="/customers/{holder.pk}/">John DOE (ID {holder.pk})</a>'
            " already has an account with the address pub@prestashop.com."
        ]
    }


def test_another_fault_of_the_database_is_not_called_a_taken_address(customer, monkeypatch):
    def broken(*what, **how) -> None:
        raise IntegrityError("the group is gone")

    customer(email="pub@prestashop.com")
    guest = customer(guest=True, email="pub@prestashop.com")
    monkeypatch.setattr(writing, "change", broken)
    with pytest.raises(IntegrityError, match="the group is gone"):
        services.edit_customer(guest, {"first_name": "Ada"}, by=Actor.command())
