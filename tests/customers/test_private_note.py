"""The private note as it is written on the file: two who write at once, and what cannot be saved (S0.45, S1.52)."""

import pytest

from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer
from tests.reading import read


@pytest.fixture
def john(customer):
    return customer(first_name="John", last_name="DOE", note="Old")


@pytest.fixture
def address(john):
    return f"/customers/{john.pk}/note/"


@pytest.fixture
def typed(client, john, address):
    """`typed("Rings twice")` is the note somebody typed on the file opened now."""

    def typed(note):
        page = read(client.get(f"/customers/{john.pk}/"))
        form = next(one for one in page.all("form") if one.get("action") == address)
        return {one["name"]: one["value"] for one in form.all("input", type="hidden")} | {"note": note}

    return typed


def stored(john) -> str:
    return Customer.objects.get(pk=john.pk).note


def test_of_two_who_write_a_note_the_second_sees_both_and_chooses(client, typed, address, john, support):
    """Issue 2, deliverable 7: nothing is lost silently."""
    mine = typed("Mine")
    services.write_note(john, "Theirs", by=Actor(staff=support, door="page"))
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert stored(john) == "Theirs"
    page = read(answer)
    row = page.one("table", "conflict").one("tbody").one("tr")
    assert [cell.text for cell in row.all("td")] == ["Theirs", "Mine"]
    assert support.name in page.one("div", "notice").text
    again = {one["name"]: one["value"] for one in page.one("form", "form").all("input", type="hidden")}
    client.post(address, {**again, "use_note": "theirs"})
    assert stored(john) == "Theirs"
    client.post(address, {**again, "use_note": "yours"})
    assert stored(john) == "Mine"


def test_who_wrote_the_same_or_is_alone_is_not_bothered(client, typed, address, john):
    """A switch clicked on the file meanwhile is no other note."""
    mine = typed("Same")
    client.post(f"/customers/{john.pk}/toggle/newsletter/", {"value": "true"})
    assert client.post(address, mine).status_code == 302
    assert client.post(address, mine).status_code == 302
    assert stored(john) == "Same"


@pytest.mark.parametrize("note", ["x" * 65_001, "a\0b"])
def test_a_note_that_cannot_be_saved_is_not_lost(client, typed, address, john, note):
    """Issue 2, deliverable 7: nothing typed is ever lost on an error."""
    answer = client.post(address, typed(note))
    assert answer.status_code == 200
    shown_by_a_browser = note.replace("\0", "\ufffd")
    assert read(answer).one("textarea", name="note").text == shown_by_a_browser
    assert note in answer.content.decode()
    assert stored(john) == "Old"


def test_a_long_note_of_the_form_can_be_written_on_the_file_too(client, john, typed, address):
    """Facts 1.1: about 65,000 characters, wherever it is written."""
    long = "word " * 12_000 + "end"
    area = read(client.get(f"/customers/{john.pk}/")).one("textarea", name="note")
    assert area["maxlength"] == "65000"
    client.post(address, typed(long))
    assert stored(john) == long
