"""Customers without an e-mail address: who bought in the physical shop (S4.36, S4.40; issue 8, options)."""

import re

import pytest

from customers.models import Customer
from customers.options import CustomerOptions, customer_options
from tests.reading import faults, filled, read

ADD = "/customers/add/"
MADE_UP = re.compile(r"customer-[0-9a-f]{10}@no-email\.invalid")


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


def test_a_tick_on_the_form_makes_an_address_up_that_no_mail_reaches(client, new):
    """It is the login all the same, and carries the mark of an address that mail can't be delivered to (decision 4)."""
    page = read(client.get(ADD))
    names = [one["name"] for one in page.one("form", "form").walk() if one.tag == "input" and one.get("name")]
    assert names[names.index("email") + 1] == "no_email"
    assert "An address at no-email.invalid is made up, to which no mail is ever sent." in page.text
    assert client.post(ADD, new(email="", no_email="on")).status_code == 302
    made = Customer.objects.latest("pk")
    assert MADE_UP.fullmatch(made.email)
    page = client.get(f"/customers/{made.pk}/").content.decode()
    assert "Mail can&#x27;t be delivered to this address." in page


def test_no_two_people_get_the_same_one(client, new):
    for first in ("Ann", "Bea", "Cyd"):
        client.post(ADD, new(first_name=first, email="", no_email="on"))
    assert Customer.objects.values("email_key").distinct().count() == 3


def test_without_the_tick_an_address_is_needed(client, new):
    """S0.28, S4.51."""
    assert list(faults(client.post(ADD, new(email="")))) == ["email"]


def test_an_address_and_the_tick_contradict_each_other(client, new):
    answer = client.post(ADD, new(email="ada@shop.example", no_email="on"))
    assert faults(answer) == {"no_email": ["There is an e-mail address above: clear it, or untick this."]}
    assert not Customer.objects.exists()


def test_an_address_can_be_taken_away_later(client, customer, typed):
    """It is kept as the one at creation (S3.31); the tick is gone then, and comes back with another address."""
    ada = customer(email="ada@shop.example")
    address = f"/customers/{ada.pk}/edit/"
    assert client.post(address, typed(address, email="", no_email="on")).status_code == 302
    ada.refresh_from_db()
    assert MADE_UP.fullmatch(ada.email)
    assert ada.created_email == "ada@shop.example"
    assert "no_email" not in client.get(address).context["form"].fields


def test_a_shop_that_wants_none_does_not_offer_it(client, new, options):
    options(placeholder_domain="")
    assert "no_email" not in client.get(ADD).context["form"].fields
    assert list(faults(client.post(ADD, new(email="", no_email="on")))) == ["email"]


class TestTheOption:
    @pytest.fixture
    def save(self, client):
        page = "/customers/options/"
        return lambda domain: client.post(
            page, {**filled(client.get(page).context["form"]), "placeholder_domain": domain}
        )

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [("shop.invalid", "shop.invalid"), (" Till.TEST ", "till.test"), ("", "")],
    )
    def test_any_domain_that_no_mail_reaches_will_do(self, save, shop, typed, stored):
        assert save(typed).status_code == 302
        assert customer_options().placeholder_domain == stored

    @pytest.mark.parametrize("typed", ["gmail.com", "myshop.pl"])
    def test_a_domain_that_may_be_somebodys_is_refused(self, save, shop, typed):
        """Else they would get the mails."""
        assert faults(save(typed)) == {
            "placeholder_domain": ["Choose a domain that no mail can reach, such as no-email.invalid."]
        }
        assert customer_options() == CustomerOptions()

    @pytest.mark.parametrize("typed", ["no email", "@", "a@b.invalid", "<b>.invalid", "not a domain<>"])
    def test_what_is_no_domain_is_refused(self, save, shop, typed):
        """Trial of custom fields, 8: the sentence spoke of an e-mail address."""
        assert faults(save(typed)) == {
            "placeholder_domain": ["Not a valid domain: write it like no-email.invalid."]
        }
