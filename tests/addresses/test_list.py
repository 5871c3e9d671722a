"""The list of addresses, its place on a customer's page and in the search (S0.54, S1.68–S1.73, S4.78–S4.82)."""

import pytest

from addresses.models import Address
from tests.reading import List, read


@pytest.fixture
def homes(customer, address):
    """Two people, three addresses."""
    john = customer(first_name="John", last_name="DOE", email="john@shop.example")
    ada = customer(first_name="Ada", last_name="Byron", email="ada@shop.example")
    return {
        "main": address(john, address1="16, Main street", company="My Company", phone="0102090405"),
        "łódź": address(ada, address1="Piotrkowska 1", city="Łódź", postcode="90-001", country="PL"),
        "berlin": address(ada, address1="Unter den Linden 7", city="Berlin", postcode="10117", country="DE"),
    }


def test_the_columns_stand_as_in_the_document(client, homes):
    """S1.70–S1.72: first name before last name here; a choice under the country, texts under the others."""
    page = List(client.get("/addresses/"))
    assert page.titles == ["ID", "First name", "Last name", "Address", "Postcode", "City", "Country"]
    first = homes["main"]
    assert page.cells(0) == [str(first.pk), "John", "DOE", "16, Main street", "75000", "Paris", "France"]
    tags = {
        name: page.field(name).tag for name in ("id", "first_name", "address", "postcode", "city", "country")
    }
    assert tags == {name: "select" if name == "country" else "input" for name in tags}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("first_name=ad", ["łódź", "berlin"]),
        ("last_name=DOE", ["main"]),
        ("address=main", ["main"]),
        ("address=linden", ["berlin"]),
        ("postcode=90-001", ["łódź"]),
        ("postcode=101", ["berlin"]),
        ("city=lodz", ["łódź"]),
        ("country=DE", ["berlin"]),
        ("country=de", ["berlin"]),
        ("country=DE&country=PL", ["łódź", "berlin"]),
        ("country=QQ", []),
        ("customer=ada", ["łódź", "berlin"]),
        ("q=my+company", ["main"]),
        ("q=0102090405", ["main"]),
        ("q=piotrkowska+lodz", ["łódź"]),
        ("phone=01 02 09", ["main"]),
        ("first_name=ada&country=PL", ["łódź"]),
    ],
)
def test_the_filters_of_the_list(client, homes, query, found):
    """interface.md: id, first_name, last_name, address, postcode, city, country (alpha-2), customer."""
    assert List(client.get(f"/addresses/?{query}")).ids == [homes[name].pk for name in found]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("first_name", ["łódź", "berlin", "main"]),
        ("-last_name", ["main", "berlin", "łódź"]),
        ("address", ["main", "łódź", "berlin"]),
        ("postcode", ["berlin", "main", "łódź"]),
        ("city", ["berlin", "łódź", "main"]),
        ("-id", ["berlin", "łódź", "main"]),
    ],
)
def test_a_list_is_sorted_by_a_click(client, homes, sort, order):
    """S4.82, facts 6.1."""
    assert List(client.get(f"/addresses/?sort={sort}")).ids == [homes[name].pk for name in order]


def test_the_addresses_of_a_customer_stand_on_their_page(client, homes):
    """S1.60, S1.61, S4.78–S4.81: whole in one line, the leading zero kept; one is added and edited from there."""
    john = homes["main"].customer
    block = read(client.get(f"/customers/{john.pk}/")).one("section", id="addresses")
    assert block.one("h2").text == "Addresses (1)"
    titles = [cell.text for cell in block.one("tr", "titles").all("th")]
    assert titles == ["Company", "Name", "Address", "Country", "Phone number(s)", "Actions"]
    row = block.one("tbody").one("tr")
    shown = [cell.text for cell in row.walk() if cell.tag in ("td", "th")]
    assert shown[:-1] == [
        "My Company",
        "John DOE",
        "16, Main street 75000 Paris, France",
        "France",
        "0102090405",
    ]
    then = f"then=customers-{john.pk}"
    assert row.one("a", "row-edit")["href"] == f"/addresses/{homes['main'].pk}/edit/?{then}"
    links = [one["href"] for one in block.all("a")]
    assert f"/addresses/add/?customer={john.pk}&{then}" in links
    assert any(one.startswith(f"/addresses/?customer={john.pk}") and "sort=" in one for one in links)


def test_the_search_box_finds_addresses(client, homes):
    """interface.md: in=addresses."""
    page = client.get("/search/?q=piotrkowska&in=addresses").content.decode()
    assert "1 address found with “piotrkowska”" in page
    assert "Piotrkowska 1 90-001 Łódź, Poland" in page


def test_an_address_is_printed_as_its_post_wants_it(client, address):
    """S0.2: enough for a label; in the country's layout, with what it wants in capitals."""
    made = address(
        company="Acme", address1="1 Main St", city="Austin", postcode="78701", country="US", state="US-TX"
    )
    lines = read(client.get(f"/addresses/{made.pk}/label/")).one("address").text
    assert lines == "John DOE Acme 1 Main St AUSTIN, TX 78701 UNITED STATES"


def test_the_number_of_an_address_is_a_name_and_is_not_grouped(client, address):
    """Issue 9, how its pages read: "ID 1,854" finds nothing when it is typed into a search box."""
    made = address()
    Address.objects.filter(pk=made.pk).update(id=1854)
    assert "ID 1854" in read(client.get("/addresses/1854/")).one("main").text


def test_a_country_is_told_in_the_readers_language(client, homes, reads):
    reads("pl")
    page = List(client.get("/addresses/?country=DE"))
    assert page.cells(0)[-1] == "Niemcy"


def test_files_hold_codes_of_countries(client, homes):
    answer = client.get("/addresses/export/?city=berlin")
    text = b"".join(answer.streaming_content).decode()
    assert text.splitlines()[1].split(";")[-2] == '"DE"'
