"""The menu of the filters of no column shown: filled when it is opened."""

import pytest

from tests.reading import List


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def look(client):
    """`look(query)` gives the customers list as the owner sees it."""
    return lambda query: List(client.get(f"/customers/{query}"))


def test_the_menu_of_more_filters_is_filled_when_it_is_opened_and_keeps_what_is_asked(look, customer):
    """No list pays for inputs that nobody sees: what is in force travels unseen until then."""
    customer()
    more = look("?orders_max=3&last_order_is=none&more=odd").page.one("details", "more-filters")
    assert (more.one("summary").text, more.has("open")) == ("More filters (2)", False)
    assert [(one["type"], one["name"], one["value"]) for one in more.all("input")] == [
        ("hidden", "orders_max", "3"),
        ("hidden", "last_order_is", "none"),
    ]
    way = more.one("a")
    assert way["href"] == way["hx-get"] == "/customers/?orders_max=3&last_order_is=none&more=open"
    opened = look("?orders_max=3&more=open").page.one("details", "more-filters")
    assert opened.has("open")
    assert opened.one("input", name="orders_max")["value"] == "3"
    assert opened.one("input", name="more")["value"] == "kept"


def test_a_list_filtered_from_the_open_menu_has_it_filled_and_its_own_address(client, customer):
    """The menu is no part of what is asked: no address, no scope and no link says it."""
    customer()
    answer = client.get("/customers/?orders_max=3&more=kept")
    assert answer["HX-Push-Url"] == "/customers/?orders_max=3"
    page = List(answer)
    more = page.page.one("details", "more-filters")
    assert (more.has("open"), more.one("input", name="orders_max")["type"]) == (False, "text")
    assert page.page.one("input", name="scope")["value"] == "orders_max=3"
