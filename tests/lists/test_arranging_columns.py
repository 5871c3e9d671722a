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


@pytest.mark.parametrize(
    "before", [{"set": "crm"}, {"columns": ["email", "id"], "order_email": "1", "order_id": "2"}]
)
@pytest.mark.parametrize("then", [{"reset": "1"}, {"set": "modern"}, {"columns": ["age"]}])
def test_whatever_was_saved_can_be_taken_back(client, look, arrange, customer, before, then):
    """ "Reset to default" saved at once, and an arrangement of ten minutes was gone."""
    customer()
    arrange(**before)
    titles = look().titles
    arrange(**then, back="/customers/?sort=age")
    saved = look()
    assert saved.titles != titles
    toast = saved.page.all("div", "toast")[-1]
    assert toast.one("p").text == "Columns saved."
    answer = client.post(toast.one("form")["action"])
    assert answer["Location"] == "/customers/?sort=age"
    assert look().titles == titles


def test_who_had_no_choice_of_their_own_has_none_again(client, look, arrange, customer, owner):
    customer()
    arrange(set="crm")
    client.post(look().page.all("div", "toast")[-1].one("form")["action"])
    assert not ColumnChoice.objects.filter(staff=owner).exists()


@pytest.mark.parametrize("columns", ["password", "id,nonsense,<b>", ",,,"])
def test_an_address_puts_back_known_columns_only(client, arrange, customer, owner, columns):
    """G24: names of the query string are looked up, never trusted."""
    client.post(f"/customers/columns/?put_back={columns}")
    choice = ColumnChoice.objects.filter(staff=owner).first()
    assert (choice.columns if choice else []) == [one for one in columns.split(",") if one == "id"]
