"""Fixtures of the customers' tests: the owner's browser, forms as it fills them, proof of the stored figures."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.records.recounting import recount_all
from customers.options import SECTION, CustomerOptions
from tests.reading import filled, read


@pytest.fixture
def client(client_of, owner):
    """The owner's browser, without scripts."""
    return client_of(owner)


@pytest.fixture
def form(client, shop):
    """The form for a new customer as it stands on the page."""
    return lambda: read(client.get("/customers/add/")).one("form", "form")


@pytest.fixture
def options(db):
    """`options(b2b=True)` sets options of the section; the others have their defaults."""
    return lambda **chosen: store(CustomerOptions(**chosen), SECTION, by=Actor.command())


@pytest.fixture
def typed(client):
    """`typed("/customers/add/", first_name="Ada")` gives what the form would post with these fields typed.

    A field typed as None is left out, as a browser leaves out an empty check box.
    """

    def typed(address: str, **fields) -> dict:
        data = {**filled(client.get(address).context["form"]), **fields}
        return {name: value for name, value in data.items() if value is not None}

    return typed


@pytest.fixture
def new(typed):
    """`new(email="a@b.example")` gives what the form of a new customer would post: Ada Byron where nothing is said."""

    def new(**fields) -> dict:
        ada = {"first_name": "Ada", "last_name": "Byron", "email": "ada@shop.example", "password": "12345"}
        return typed("/customers/add/", **{**ada, **fields})

    return new


@pytest.fixture
def counted_right():
    """`counted_right()` fails where any stored figure is not what counting gives (decision 39)."""

    def counted_right() -> None:
        assert [str(difference) for difference in recount_all(mend=False)] == []

    return counted_right
