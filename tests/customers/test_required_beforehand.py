"""What requiring a field would mean is seen before it is saved (issue 8, 3; S0.18, decision 40)."""

import pytest

from backoffice.records.actors import Actor
from customers import services
from tests.reading import read

PAGE = "/customers/required-fields/"


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


def lacking(client) -> dict[str, tuple[str, str]]:
    """How many lack each field, as the page says, and the list it leads to; "" for none."""
    found = {}
    for line in read(client.get(PAGE)).one("tbody").all("tr"):
        cell = line.all("td", "num")[0]
        links = cell.all("a")
        found[line.one("code").text] = (cell.text, links[0]["href"] if links else "")
    return found


def test_beside_each_field_stands_how_many_lack_it_with_the_list_of_them(client, customer, mr, custom_field):
    """The number is the length of the list behind it, those who were deleted left out."""
    size = f"custom_{custom_field('Shoe size', kind='number').pk}"
    card = f"custom_{custom_field('Loyalty card').pk}"
    club = f"custom_{custom_field('In the club', kind='yes_no').pk}"
    first = customer(title=mr, birthday="1970-01-15", newsletter=True)
    services.edit_customer(first, {size: 42}, by=Actor.command())
    customer(newsletter=True)
    gone = customer()
    services.hide_customer(gone, by=Actor.command())
    told = lacking(client)
    assert told == {
        "gender": ("1", "/customers/?title=none"),
        "birthday": ("1", "/customers/?birthday_is=none"),
        "newsletter": ("0", ""),
        "optin": ("2", "/customers/?partner_offers=false"),
        size: ("1", f"/customers/?{size}_is=none"),
        card: ("2", f"/customers/?{card}_is=none"),
        club: ("2", f"/customers/?{club}=false"),
    }
    for number, url in told.values():
        if url:
            assert len(read(client.get(url)).one("tbody").all("tr")) == int(number)


def test_a_field_that_no_list_can_be_asked_for_has_no_number(client, shop, custom_field):
    size = f"custom_{custom_field('Shoe size', kind='number', in_list=False).pk}"
    assert lacking(client)[size] == ("–", "")


def test_what_the_options_switched_off_is_said_not_to_be_required_meanwhile(client, shop, options):
    """D-12: required and asked are two things, and the page says which of them rules."""
    options(ask_birthday=False, partner_offers_offered=False)
    notes = {line.one("code").text: line.text for line in read(client.get(PAGE)).one("tbody").all("tr")}
    off = "Switched off in the options: while it isn't asked, it isn't required."
    assert [name for name, text in notes.items() if off in text] == ["birthday", "optin"]


def test_the_page_says_what_becomes_of_who_lacks_it(client, shop):
    text = read(client.get(PAGE)).one("form", "form").text
    assert "Records that lack it today stay as they are and can still be edited." in text
