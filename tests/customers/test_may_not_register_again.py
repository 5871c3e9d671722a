"""“May not register again” holds at every door of the back office, and says who it is (facts 2.7, decisions 4, 19)."""

import pytest
from django.core.exceptions import ValidationError

from backoffice.records.actors import Actor
from customers import services
from customers.importing.importer import CustomerImport
from customers.models import Customer
from tests.reading import faults, read

BY = Actor.command()
ADDRESS = "john@shop.example"


@pytest.fixture
def john(customer):
    made = customer(email=ADDRESS)
    services.hide_customer(made, by=BY)
    return made


@pytest.fixture
def said(john):
    """The sentence for who may see the deleted."""
    person = f'<a href="/customers/{john.pk}/">John DOE (ID {john.pk})</a>'
    return f"{person} was deleted and may not register again with the address {ADDRESS}."


def toast(answer) -> str:
    return read(answer).one("div", "toast").one("p").text


def test_adding(client, new, said):
    assert faults(client.post("/customers/add/", new(email="JOHN@shop.example"))) == {"email": [said]}
    assert Customer.objects.here().count() == 0


def test_changing_somebodys_address_to_it(client, typed, customer, said):
    ada = customer(first_name="Ada")
    address = f"/customers/{ada.pk}/edit/"
    assert faults(client.post(address, typed(address, email=ADDRESS))) == {"email": [said]}
    with pytest.raises(ValidationError) as refused:
        services.edit_customer(ada, {"email": ADDRESS}, by=BY)
    assert refused.value.message_dict == {"email": [said]}
    assert Customer.objects.get(pk=ada.pk).email == ada.email


def test_undoing_a_change_of_address(client, typed, customer):
    """What stood there before may not come back either: somebody else had it since, and is deleted."""
    ada = customer(first_name="Ada", email=ADDRESS)
    address = f"/customers/{ada.pk}/edit/"
    answer = client.post(address, typed(address, email="ada@shop.example"), follow=True)
    undo = read(answer).one("div", "toast").one("form")["action"]
    john = customer(email=ADDRESS)
    services.hide_customer(john, by=BY)
    told = f"John DOE (ID {john.pk}) was deleted and may not register again with the address {ADDRESS}."
    assert told in toast(client.post(undo, follow=True))
    entry = ada.history.earliest().history_id
    put_back = client.post(f"/customers/{ada.pk}/history/{entry}/put-back/", {"field": "email"}, follow=True)
    assert toast(put_back) == told
    assert Customer.objects.get(pk=ada.pk).email == "ada@shop.example"


@pytest.mark.parametrize("key", ["email", "id"])
def test_a_file(john, customer, written, key):
    """A new row by its address, and a row that gives somebody of ours that address."""
    ada = customer(first_name="Ada", last_name="Byron")
    number = ada.pk if key == "id" else ""
    file = written(f"ID;E-mail;Last name;First name\n{number};{ADDRESS};Byron;Ada\n")
    told: list = []
    report = CustomerImport(file, key=key).run(by=BY, tell=told.append)
    assert report.refused == 1
    assert [one.reason for one in told] == [
        f"John DOE (ID {john.pk}) was deleted and may not register again with this address."
    ]
    assert Customer.objects.get(pk=ada.pk).email == ada.email
    assert Customer.objects.count() == 2


def test_a_guest_may_buy_with_it_and_gets_no_account_by_it(client, new, john, customer):
    """Decision 4: guests share addresses; turning them into a customer is refused (facts 4.14)."""
    answer = client.post("/customers/add/", new(email=ADDRESS, guest="on", password=None))
    assert answer.status_code == 302
    guest = Customer.objects.get(guest=True)
    page = read(client.post(f"/customers/{guest.pk}/turn-into-customer/", {"sure": "1"}))
    assert page.one("div", "notice").one("p").text == (
        f"John DOE (ID {john.pk}) was deleted and may not register again with the address {ADDRESS}."
    )


def test_only_john_himself_comes_back_to_it(client, john, counted_right):
    """Decision 19: a guest with his address is no obstacle."""
    client.post(f"/customers/{john.pk}/bring-back/")
    back = Customer.objects.get(pk=john.pk)
    assert (back.deleted, back.email, back.may_log_in) == (False, ADDRESS, True)
    counted_right()


def test_a_deleted_guest_comes_back_beside_an_account_of_the_address(client, customer, counted_right):
    """Their address was taken meanwhile by somebody who registered: guests share it."""
    guest = customer(guest=True, email=ADDRESS)
    services.hide_customer(guest, by=BY)
    customer(email=ADDRESS)
    assert toast(client.post(f"/customers/{guest.pk}/bring-back/", follow=True)) == "John DOE is back."
    assert Customer.objects.here().filter(email=ADDRESS).count() == 2
    counted_right()


def test_who_may_not_see_the_deleted_is_told_no_name(client_of, support, new, john):
    """S11."""
    answer = client_of(support).post("/customers/add/", new(email=ADDRESS))
    assert faults(answer) == {"email": ["This address may not register again."]}
