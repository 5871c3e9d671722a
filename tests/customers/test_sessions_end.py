"""What ends the sessions of a customer's account in the shop: each verb, for one and for many (G34, facts 2.7)."""

import pytest
from django.core.management import call_command

from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer

BY = Actor.command()


@pytest.fixture
def ada(customer):
    return customer(first_name="Ada", email="ada@shop.example", password="correct horse")


@pytest.fixture
def signed_in(ada):
    """`signed_in()`: whether what was handed out to Ada at the start is good still."""
    handed_out = ada.session_round
    return lambda: any(one.keeps_signed_in(handed_out) for one in Customer.objects.filter(pk=ada.pk))


def people(ada):
    return Customer.objects.filter(pk=ada.pk)


ENDING = {
    "the switch": lambda ada: services.switch(ada, "active", False, by=BY),
    "the form": lambda ada: services.edit_customer(ada, {"active": False}, by=BY),
    "a bulk action": lambda ada: services.set_flag(people(ada), "active", False, by=BY),
    "a new password": lambda ada: services.edit_customer(ada, {"password": "12345"}, by=BY),
    "hiding": lambda ada: services.hide_customer(ada, by=BY),
    "removing": lambda ada: services.remove_customer(ada, by=BY),
}
AGAIN = {
    "the switch": lambda ada: services.switch(ada, "active", True, by=BY),
    "the form": lambda ada: services.edit_customer(ada, {"active": True}, by=BY),
    "a bulk action": lambda ada: services.set_flag(people(ada), "active", True, by=BY),
    "hiding": lambda ada: services.bring_back(ada, by=BY),
}


@pytest.mark.parametrize("by", ENDING)
def test_sessions_end_with_the_change_itself(ada, signed_in, by):
    assert signed_in()
    ENDING[by](ada)
    assert not signed_in()


@pytest.mark.parametrize("by", AGAIN)
def test_none_comes_back_with_the_account(ada, signed_in, by):
    """Disabled and enabled again, or hidden and brought back: they log in once more."""
    ENDING[by](ada)
    AGAIN[by](ada)
    after = Customer.objects.get(pk=ada.pk)
    assert (signed_in(), after.may_log_in, after.keeps_signed_in(after.session_round)) == (False, True, True)


def test_a_file_that_disables_ends_them_too(ada, signed_in, written):
    file = written("E-mail;Last name;First name;Enabled\nada@shop.example;DOE;Ada;0\n")
    call_command("import_customers", str(file))
    assert not Customer.objects.get(pk=ada.pk).active
    assert not signed_in()


@pytest.mark.parametrize(
    "values", [{"newsletter": True}, {"phone": "1"}, {"active": True}, {"email": "new@shop.example"}, {}]
)
def test_nothing_else_signs_anybody_out(ada, signed_in, values):
    services.edit_customer(ada, values, by=BY)
    services.set_flag(people(ada), "partner_offers", True, by=BY)
    assert signed_in()


def test_of_many_only_those_are_signed_out_who_were_enabled(ada, customer):
    off = customer(active=False)
    services.set_flag(Customer.objects.all(), "active", False, by=BY)
    rounds = Customer.objects.order_by("pk").values_list("session_round", flat=True)
    assert list(rounds) == [ada.session_round + 1, off.session_round]


def test_a_guest_is_never_signed_in(customer):
    """Facts 1.1: a guest has no account."""
    guest = customer(guest=True)
    assert not guest.keeps_signed_in(guest.session_round)


def test_the_switch_on_the_file_offers_undo_and_undo_brings_no_session_back(client, ada, signed_in):
    """Decision 9: one click, and a toast with the way back; G34 holds all the same."""
    page = f"/customers/{ada.pk}/toggle/active/"
    told = client.post(page, {"value": "false"}, headers={"accept": "application/json"}).json()
    assert (told["message"], told["undo"]) == (
        "Ada DOE may not log in any more.",
        {"url": page, "value": "true"},
    )
    client.post(told["undo"]["url"], {"value": told["undo"]["value"]}, headers={"accept": "application/json"})
    assert Customer.objects.get(pk=ada.pk).active
    assert not signed_in()
