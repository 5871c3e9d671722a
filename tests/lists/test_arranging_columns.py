"""Choosing and arranging the columns of a list without scripts (U18); by hand in a browser: test_list_by_hand.py."""

import pytest

from backoffice.models import ColumnChoice
from tests.reading import List


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def look(client):
    """`look()` gives the customers list as the owner sees it."""
    return lambda: List(client.get("/customers/"))


@pytest.fixture
def arrange(client):
    """`arrange(set="crm")` posts a choice of columns."""
    return lambda **data: client.post("/customers/columns/", data)


def test_the_last_column_comes_to_the_front_by_one_number(look, arrange, customer):
    """U18: without scripts, too: what came up to a place stands before what stood there."""
    customer()
    names = ["id", "last_name", "email", "age"]
    numbers = {f"order_{name}": str(place) for place, name in enumerate(names, start=1)}
    arrange(columns=names, **numbers)
    arrange(columns=names, **numbers | {"order_age": "1"})
    assert look().titles == ["Age", "ID", "Last name", "E-mail"]
    arrange(columns=names, order_age="4", order_id="2", order_last_name="3", order_email="4")
    assert look().titles == ["ID", "Last name", "E-mail", "Age"]


def test_reset_gives_the_choice_up_and_comes_back_to_the_same_filters(look, arrange, customer, owner):
    """U18: the default again, also where that changes one day."""
    customer()
    arrange(set="crm")
    answer = arrange(reset="1", back="/customers/?newsletter=true")
    assert answer["Location"] == "/customers/?newsletter=true"
    assert look().titles[:4] == ["ID", "Gender", "Last name", "First name"]
    assert not ColumnChoice.objects.filter(staff=owner).exists()
