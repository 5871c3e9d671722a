"""What is done on somebody's page leads back to that page, which still knows the list one came from (issue 8, 12)."""

import pytest

from backoffice.records.actors import Actor, Door
from customers import services
from tests.reading import read

BACK = "?back=%2Fcustomers%2F%3Fsort%3Dlast_name"


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def john(customer, owner):
    """John, with a pinned note and another one."""
    made = customer(first_name="John", last_name="DOE")
    by = Actor(staff=owner, door=Door.PAGE)
    services.pin_note(services.add_note(made, "Pays late", by=by), True, by=by)
    services.add_note(made, "Likes lamps", by=by)
    return made


@pytest.fixture
def press(client, john):
    """`press(action, text="…")` sends a form of John's page, opened from a list: the answer."""
    page = f"http://testserver/customers/{john.pk}/{BACK}"
    return lambda action, **typed: client.post(action, typed, headers={"referer": page})


def actions(client, john) -> list[str]:
    """Where the forms of the blocks of his page lead."""
    page = read(client.get(f"/customers/{john.pk}/{BACK}"))
    forms = [form for panel in page.all("section", "panel") for form in panel.all("form")]
    return [form["action"] for form in forms if "/note" in form.get("action", "")]


def test_every_form_of_a_block_leads_back_to_the_page_with_its_list(client, john, press):
    file = f"/customers/{john.pk}/"
    found = actions(client, john)
    assert len(found) == 5
    for action in found:
        assert press(action, text="Called", note="Pays", pinned="true")["location"].startswith(file + BACK)


def test_what_is_asked_for_again_carries_the_list_along(client, john, press):
    """A note without a word is asked for again; written then, the list is still known."""
    again = press(f"/customers/{john.pk}/notes/add/", text="")
    page = read(again)
    assert page.one("input", name="back")["value"] == "/customers/?sort=last_name"
    answer = client.post(
        f"/customers/{john.pk}/notes/add/", {"text": "Called", "back": "/customers/?sort=last_name"}
    )
    assert answer["location"] == f"/customers/{john.pk}/{BACK}#notes"


def test_a_page_opened_from_no_list_stays_one(client, john):
    answer = client.post(f"/customers/{john.pk}/notes/add/", {"text": "Called"})
    assert answer["location"] == f"/customers/{john.pk}/#notes"


def test_the_ground_of_a_consent_leads_back_there_too(client, john):
    file = f"http://testserver/customers/{john.pk}/{BACK}"
    address = f"/customers/{john.pk}/consents/newsletter/"
    page = read(client.get(address, headers={"referer": file}))
    assert page.one("input", name="back")["value"] == "/customers/?sort=last_name"
    answer = client.post(address, {"ground": "By phone", "back": "/customers/?sort=last_name"})
    assert answer["location"] == f"/customers/{john.pk}/{BACK}"
