"""Values that look wrong are saved all the same, and marked where they are shown and typed (decisions 4 and 7, V12)."""

import pytest

from backoffice import rules as general
from backoffice.faults import doubt_about
from customers.models import Customer
from customers.rules.company_numbers import judge_anywhere
from tests.reading import read

NO_NUMBER = "Not a valid number in France, Poland or Romania."
NO_SITE = "This does not look like a web address."
NO_MAIL = "Mail can't be delivered to this address."


def marks(page) -> list[str]:
    return [one["title"] for one in read(page).all("span", "mark-warn")]


@pytest.mark.parametrize(
    ("check", "fine", "odd"),
    [
        (
            judge_anywhere,
            [
                "732 829 320 00074",
                "73282932000074",
                "732829320",
                "123456785",
                "J40/1234/2020",
                "RO14399840",
                "6201Z",
                "62.01z",
                "62.01.Z",
                "",
            ],
            ["1", "73282932000075", "12345678", "not a number", "12Z", "12345", "1234ZZ"],
        ),
        (
            general.looks_like_a_website,
            ["example.com", "https://www.example.com/a?b=c", "HTTP://é.example:8080", "shop.example/#top"],
            ["not a url", "localhost", "http://", "www..com", "a b.com"],
        ),
        (general.reachable, ["ada@mail.com"], ["ada@shop.test", "ada@x.invalid"]),
    ],
)
def test_what_is_odd_about_a_value(check, fine, odd):
    """V12: warnings, where rules know refusals."""
    assert [one for one in fine if doubt_about(one, check)] == []
    assert [one for one in odd if not doubt_about(one, check)] == []


def test_odd_values_are_saved_and_marked_on_the_page_and_in_the_form(client, customer, options, typed):
    """V12: APE 12Z, SIRET 1, website "not a url" were saved without a word."""
    options(b2b=True)
    john = customer(email="john@mail.com")
    address = f"/customers/{john.pk}/edit/"
    assert marks(client.get(f"/customers/{john.pk}/")) == marks(client.get(address)) == []
    answer = client.post(
        address, typed(address, siret="1", ape="12Z", website="not a url", email="john@shop.test")
    )
    assert answer.status_code == 302
    stored = Customer.objects.values_list("siret", "ape", "website", "email").get()
    assert stored == ("1", "12Z", "not a url", "john@shop.test")
    page = client.get(f"/customers/{john.pk}/")
    assert sorted(marks(page)) == sorted([NO_NUMBER, NO_NUMBER, NO_SITE])
    assert NO_MAIL in read(page).text
    form = client.get(address)
    assert sorted(marks(form)) == sorted([NO_MAIL, NO_NUMBER, NO_NUMBER, NO_SITE])
    for name in ("email", "siret", "ape", "website"):
        box = read(form).one("input", name=name)
        assert read(form).one(id=box["aria-describedby"]).one("span", "mark-warn")


def test_a_stored_bad_address_does_not_stop_other_fields(client, customer, typed):
    """V17: PrestaShop #23963, #17809, #18676; decision 5."""
    john = customer()
    Customer.objects.update(email="no address")
    address = f"/customers/{john.pk}/edit/"
    assert client.post(address, typed(address, first_name="Jack")).status_code == 302
    assert Customer.objects.values_list("first_name", "email").get() == ("Jack", "no address")
