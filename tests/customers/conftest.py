"""Fixtures of the customers' tests: the owner's browser, forms as it fills them, proof of the stored figures."""

from contextlib import ExitStack

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.records.recounting import recount_all
from customers import services
from customers.options import SECTION, CustomerOptions
from customers.services.recounting import MEMBERS
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


@pytest.fixture
def do(client):
    """`do("enable", [3, 4], "first_name=j")` posts a bulk action; `all_matching=1` for all that match.

    The answer to that is a question.
    """

    def do(name, people=(), query="", *, by=client, **data):
        ids = [getattr(one, "pk", one) for one in people]
        if "all_matching" in data:
            data.setdefault("scope", query)
        return by.post(
            f"/customers/actions/{name}/" + (f"?{query}" if query else ""), {"selected": ids, **data}
        )

    return do


@pytest.fixture
def answered(do):
    """`answered(page, "enable", sure="1")` sends the form of a question again, with the answer."""

    def answered(page, name, **answer):
        form = read(page).one("form", "form")
        kept = {}
        for one in form.all("input", type="hidden"):
            kept.setdefault(one["name"], []).append(one["value"])
        kept.pop("csrfmiddlewaretoken")
        return do(name, kept.pop("selected", []), **kept, **answer)

    return answered


@pytest.fixture
def said(client):
    """The words of the toast on the page that an answer leads to."""
    return lambda answer: read(client.get(answer["Location"])).one("div", "toast").one("p").text


@pytest.fixture
def crowd(customer):
    """Sixty customers, every second one called Ada; a page has fifty."""
    return [customer(first_name="Ada" if number % 2 else "Bob") for number in range(60)]


@pytest.fixture
def time_at():
    """`time_at(moment)`: it is that moment until the test ends, and no time passes."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(time_machine.travel(moment, tick=False))


@pytest.fixture
def query_count(client):
    """`query_count("/tasks/")` says how often that page asks the database."""

    def query_count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return query_count


@pytest.fixture
def wholesale(group):
    return group("Wholesale")


@pytest.fixture
def members_counted():
    """`members_counted()` fails where the stored members of a group are not what counting gives."""

    def members_counted() -> None:
        assert [str(one) for one in MEMBERS.differences(mend=False)] == []

    return members_counted


@pytest.fixture
def set_rule(wholesale):
    """`set_rule(rule(…))` stores a rule without moving anybody."""

    def set_rule(one, group=None):
        return services.save_rule(group or wholesale, one, by=Actor.command())

    return set_rule


@pytest.fixture
def recounted():
    """`recounted(mend=False)` tells what of the consent ledger is not as the flags are."""

    def recounted(*, mend: bool) -> list[str]:
        return [told for one in recount_all(mend=mend) if (told := str(one)).startswith("customers.Consent")]

    return recounted


@pytest.fixture
def posted(client, wholesale):
    """`posted(**SPENT)` sends the editor's form: all conditions, put into the group, saved once it was shown."""

    def posted(do="save", seen=None, **data):
        data = {"match": "all", "fills": "on", **data}
        address = f"/groups/{wholesale.pk}/rule/"
        if seen is None:
            seen = read(client.post(address, {**data, "do": "preview"})).all("input", name="seen")
            seen = seen[0]["value"] if seen else ""
        return client.post(address, {**data, "do": do, "seen": seen})

    return posted
