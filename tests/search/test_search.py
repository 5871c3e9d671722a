"""The search of every page (S0.70–S0.77, S1.86–S1.90, S4.83–S4.88; facts 9.1)."""

import datetime as dt

import pytest

from backoffice.records.actors import Actor
from customers.models import Visit
from customers.services import hide_customer
from tests.reading import read


@pytest.fixture
def john(customer, mr):
    return customer(
        title=mr,
        first_name="John",
        last_name="DOE",
        email="pub@prestashop.com",
        company="My Company",
        birthday=dt.date(1970, 1, 15),
        registered_at=dt.datetime(2011, 8, 9, 8, 50, 53, tzinfo=dt.UTC),
    )


@pytest.fixture
def searched(client):
    """`searched("John", "customers")` is the page of results."""
    return lambda q, scope="everywhere": read(client.get("/search/", {"q": q, "in": scope}))


def said(page):
    return [one.text for one in page.all("h2") if one.get("id").startswith("found-")]


def names(page):
    return [row.one("th").text for row in page.one("table", "list").one("tbody").all("tr")]


def test_the_box_with_its_scopes_and_button_stands_on_every_page(client, john):
    """S0.71, S0.75, S1.87, S4.84, U35."""
    for address in ("/", "/customers/", "/groups/", f"/customers/{john.pk}/", "/help/"):
        box = read(client.get(address)).one("form", role="search")
        assert box["action"] == "/search/"
        assert [(one["value"], one.text) for one in box.one("select", name="in").all("option")] == [
            ("everywhere", "Everywhere"),
            ("customers", "Customers"),
            ("customers_by_name", "Customers by name"),
            ("customers_by_ip", "Customers by IP address"),
            ("addresses", "Addresses"),
            ("carts", "Carts"),
            ("orders", "Orders"),
            ("visits", "Connections by IP address"),
        ]
        assert box.one("button").text == "Search"


def test_the_box_keeps_what_was_asked(searched, john):
    box = searched("John", "customers_by_name").one("form", role="search")
    assert box.one("input", name="q")["value"] == "John"
    assert box.one("option", selected="")["value"] == "customers_by_name"


def test_results_have_the_columns_of_the_documents(searched, john):
    """S0.77, S1.89, S4.88; S1.90: the name in one column, last name first."""
    page = searched("John", "customers")
    table = page.one("table", "list")
    assert [one.text for one in table.one("thead").all("th")] == [
        *(
            "ID",
            "Gender",
            "Full name",
            "E-mail",
            "Company",
            "Birthday",
            "Registration",
            "Orders",
            "Enabled",
            "Actions",
        )
    ]
    row = table.one("tbody").one("tr")
    assert row.one("th").text == "DOE John"
    assert row.one("td", "c-birthday").text == "15 Jan 1970"
    assert row.one("td", "c-registered_at").text == "9 Aug 2011"
    assert row.one("td", "c-orders_count").text == "0"


@pytest.mark.parametrize(
    ("count", "language", "sentence"),
    [
        (1, "en", "1 customer found with “Marie”"),
        (2, "en", "2 customers found with “Marie”"),
        (1, "fr", "1 client trouvé avec « Marie »"),
        (2, "fr", "2 clients trouvés avec « Marie »"),
        (2, "pl", "Znaleziono 2 klientów dla „Marie”"),
        (2, "ro", "2 clienți găsiți cu „Marie”"),
    ],
)
def test_the_number_found_is_worded(searched, customer, owner, count, language, sentence):
    """S1.88: 0, 1, 2 results worded right in each language."""
    owner.language = language
    owner.save()
    for _one in range(count):
        customer(first_name="Marie")
    assert said(searched("Marie", "customers")) == [sentence]


def test_nothing_found_says_so_and_where_else_to_look(searched, john):
    """S0.76: an empty state too."""
    page = searched("Zebedee", "customers_by_name")
    assert "Nothing found with “Zebedee”." in page.one("main").text
    assert page.one("main").one("a", href="/search/?q=Zebedee").text == "Search everywhere"


@pytest.mark.parametrize("typed", ["john doe", "DOE John", "pub@prestashop.com", "My Company", "Ďoe"])
def test_people_are_found_by_names_in_any_order_address_and_company(searched, customer, john, typed):
    """S0.72–S0.74, S1.86, S4.85."""
    customer(first_name="Ada", last_name="Lovelace", email="ada@example.com")
    assert names(searched(typed)) == ["DOE John"]


def test_a_number_typed_among_customers_opens_the_customer(client, john):
    """S0.72, facts 9.1."""
    answer = client.get("/search/", {"q": str(john.pk), "in": "customers"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/customers/{john.pk}/")


@pytest.mark.parametrize("typed", ["pub@prestashop.com", "ID"])
def test_an_address_or_number_typed_everywhere_offers_to_open_the_customer(searched, customer, john, typed):
    """Facts 9.1: everywhere nobody is sent away by a number; who is meant is one Enter away."""
    customer(first_name="Ada", phone=f"0{john.pk}00000000")
    page = searched(str(john.pk) if typed == "ID" else typed)
    offer = page.one("main").one("a", "btn-primary")
    assert (offer.text, offer["href"]) == ("Open John DOE", f"/customers/{john.pk}/")
    assert offer.has("autofocus")


def test_several_found_offer_nobody(searched, customer):
    customer(first_name="Marie")
    customer(first_name="Marie")
    assert searched("Marie").one("main").all("a", "btn-primary") == []


def test_who_came_from_an_ip_address_is_found_once(searched, customer, john):
    """S4.85, S4.86, facts 9.1: exactly that address, each customer once."""
    other = customer(first_name="Ada")
    for who, ip in ((john, "10.1.2.3"), (john, "10.1.2.3"), (other, "10.1.2.30")):
        Visit.objects.create(customer=who, ip=ip)
    Visit.objects.create(customer=None, visitor="a" * 32, ip="10.1.2.3")
    for scope in ("customers_by_ip", "everywhere"):
        page = searched("10.1.2.3", scope)
        assert names(page) == ["DOE John"]
        assert said(page)[0] == "1 customer found by the IP address 10.1.2.3"
    assert said(page)[1:] == ["3 connections from the IP address 10.1.2.3"]


def test_what_is_no_ip_address_is_told(searched, john):
    page = searched("John", "customers_by_ip")
    assert page.one("main").one("p", role="alert").text == "Enter a valid IPv4 or IPv6 address."
    assert "Nothing found" not in page.one("main").text


def test_by_name_finds_neither_addresses_nor_companies(searched, customer, john):
    """S4.86: only customers by name."""
    customer(first_name="Ada", last_name="Lovelace", email="john@example.com", company="John & Co")
    customer(first_name="Johnny", last_name="Doering")
    assert names(searched("john doe", "customers_by_name")) == ["Doering Johnny", "DOE John"]
    assert names(searched("jo", "customers_by_name")) == ["Doering Johnny", "DOE John"]


def test_all_that_were_found_stand_in_the_list(searched, customer):
    for _one in range(21):
        customer(first_name="Marie")
    page = searched("Marie", "customers")
    assert len(page.one("table", "list").one("tbody").all("tr")) == 20
    assert said(page) == ["21 customers found with “Marie”"]
    assert page.one("div", "found-head").one("a")["href"] == "/customers/?q=Marie"


def test_hidden_customers_open_for_who_may_delete_only(client_of, owner, support, john):
    """Decision 19: nobody else learns that there was one."""
    hide_customer(john, by=Actor.command())
    asked = {"q": str(john.pk), "in": "customers"}
    assert client_of(owner).get("/search/", asked).status_code == 302
    page = read(client_of(support).get("/search/", asked))
    assert page.one("main").all("a", "btn-primary") == []


def test_an_unknown_scope_searches_everywhere(searched, john):
    assert names(searched("John", "parcels")) == ["DOE John"]


def test_nothing_typed_looks_for_nothing(searched, john):
    page = searched("  ")
    assert page.all("table", "list") == []
    assert "Type a name" in page.one("main").text


@pytest.mark.parametrize(
    "typed", ["%", "'; DROP TABLE", "<b id=x>", "a" * 500, "9" * 40, "…", "ID 99999999999999999"]
)
def test_odd_queries_are_answered(client, john, typed):
    for scope in ("everywhere", "customers", "customers_by_name", "customers_by_ip"):
        answer = client.get("/search/", {"q": typed, "in": scope})
        assert answer.status_code == 200
        assert b"<b id=x>" not in answer.content


def test_the_queries_do_not_grow_with_the_results(client, customer, django_assert_max_num_queries):
    for _one in range(20):
        customer(first_name="Marie")
    client.get("/search/?q=Marie")
    with django_assert_max_num_queries(9):
        client.get("/search/?q=Marie")
