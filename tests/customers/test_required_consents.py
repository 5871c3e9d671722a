"""A consent that the settings require can be taken back at every door, and each door says so (decision 40, D13)."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.required_fields import require
from customers.sections.customers import CUSTOMERS
from tests.reading import read

WORD = "The settings of this shop require: Newsletter."


@pytest.fixture
def john(customer):
    return customer(newsletter=True)


@pytest.fixture
def said(client):
    """The latest words of the page that an answer leads to."""
    return lambda answer: read(client.get(answer["Location"])).all("div", "toast")[-1].one("p").text


@pytest.fixture
def switch(client, john):
    """`switch("false")` presses John's switch."""
    return lambda value, **asked: client.post(
        f"/customers/{john.pk}/toggle/newsletter/", {"value": value}, **asked
    )


@pytest.fixture
def required(john):
    require(CUSTOMERS, ["newsletter"], by=Actor.command())


def test_where_nobody_requires_it_nothing_is_said(said, switch):
    assert said(switch("false")) == "Newsletter switched off for John DOE."


@pytest.mark.usefixtures("required")
class TestWhereItIsRequired:
    """D13."""

    def test_the_form(self, client, said, typed, john):
        address = f"/customers/{john.pk}/edit/"
        answer = client.post(address, typed(address, newsletter=None))
        assert said(answer) == f"John DOE saved. {WORD}"
        assert said(client.post(address, typed(address, note="Seen"))) == "John DOE saved."

    def test_the_switch(self, said, switch):
        assert said(switch("false")) == f"Newsletter switched off for John DOE. {WORD}"
        assert WORD not in said(switch("true"))
        assert switch("false", headers={"accept": "application/json"}).json()["hint"] == WORD

    def test_many_at_once(self, said, do, john):
        assert said(do("newsletter_off", [john])) == f"Newsletter switched off for 1 customer. {WORD}"

    def test_an_old_value_put_back(self, client, said, switch, john):
        switch("false")
        off = john.history.latest().history_id
        switch("true")
        back = client.post(f"/customers/{john.pk}/history/{off}/put-back/", {"field": "newsletter"})
        assert said(back) == f"Newsletter put back. {WORD}"
