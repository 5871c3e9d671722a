"""A second factor that a role needs (finding S15): who has none is led to set one up, and gets no further."""

import pytest
from django.core.checks import run_checks
from django.test import Client

from tests.people import PASSWORD
from tests.staff.test_second_factor import code_of

pytestmark = pytest.mark.alike


@pytest.fixture(autouse=True)
def of_owners(settings):
    settings.SECOND_FACTOR_ROLES = ["owner"]


@pytest.mark.parametrize("address", ["/", "/customers/", "/staff/", "/activity/", "/help/"])
def test_whoever_needs_one_and_has_none_is_led_to_set_it_up(shop, owner, client_of, address):
    answer = client_of(owner).get(address, follow=True)
    assert answer.redirect_chain == [("/second-factor/", 302)]
    assert "Your role needs a second factor: set one up to go on." in answer.text


def test_nothing_that_is_sent_is_done(customer, owner, client_of):
    john, theirs = customer(), client_of(owner)
    address = f"/customers/{john.pk}/toggle/newsletter/"
    assert theirs.post(address)["Location"] == "/second-factor/"
    fragment = theirs.post(address, headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"] == "/second-factor/"
    told = theirs.post(address, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()) == (403, {"second_factor": "/second-factor/"})
    john.refresh_from_db()
    assert john.newsletter is False


def test_once_it_is_set_up_everything_is_open(owner):
    client = Client()
    client.post("/login/", {"login": owner.email, "password": PASSWORD})
    assert client.get("/staff/").status_code == 302
    client.post("/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/second-factor/totp/activate/").context["form"].secret
    client.post("/second-factor/totp/activate/", {"code": code_of(secret)})
    assert client.get("/staff/").status_code == 200
    client.post("/second-factor/totp/deactivate/")
    assert client.get("/staff/").status_code == 302


def test_other_roles_need_none(shop, support, client_of):
    assert client_of(support).get("/customers/").status_code == 200


@pytest.mark.parametrize("address", ["/profile/", "/password/", "/second-factor/", "/login/"])
def test_their_own_account_stays_open(owner, client_of, address):
    assert client_of(owner).get(address).get("Location") in (None, "/")


def test_whoever_needs_one_can_sign_out(owner, client_of):
    assert client_of(owner).post("/logout/")["Location"] == "/login/"


def test_roles_that_are_none_are_told_before_the_start(settings):
    settings.SECOND_FACTOR_ROLES = ["owner", "boss"]
    assert [fault.msg for fault in run_checks() if fault.id == "staff.E002"] == [
        "SECOND_FACTOR_ROLES names “boss”, which is no role."
    ]
