"""Whoever writes to a record that is deleted before their click is told so, and keeps what they typed (D14).

A colleague deletes at the worst moment: when the page has been read, and before the record is locked.
"""

import pytest

from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import Gone
from customers import services
from customers.forms.options import CustomerOptionsForm
from customers.models import Customer, Title
from customers.options import customer_options
from groups.models import Group
from tests.reading import filled, read

GONE = "Ada BYRON was deleted meanwhile."


@pytest.fixture
def ada(customer):
    return customer(first_name="Ada", last_name="BYRON")


@pytest.fixture
def deleted_before_the_lock(monkeypatch):
    """`deleted_before_the_lock(record)`: the next one who locks a record finds it deleted for good."""

    def arm(record):
        lock = changes.lock

        def late(asked, **said):
            monkeypatch.setattr(changes, "lock", lock)
            services.remove_customer(record, by=Actor.command())
            return lock(asked, **said)

        monkeypatch.setattr(changes, "lock", late)

    return arm


def test_an_edit_is_answered_with_what_was_typed(client, ada, typed, deleted_before_the_lock):
    address = f"/customers/{ada.pk}/edit/"
    data = typed(address, last_name="LOVELACE")
    deleted_before_the_lock(ada)
    answer = client.post(address, data)
    assert (answer.status_code, read(answer).one("input", name="last_name")["value"]) == (404, "LOVELACE")
    assert GONE in read(answer).text


def test_a_note_is_answered_with_what_was_typed(client, ada, deleted_before_the_lock):
    deleted_before_the_lock(ada)
    answer = client.post(f"/customers/{ada.pk}/note/", {"note": "Calls back on Monday"})
    assert (answer.status_code, read(answer).one("textarea").text.strip()) == (404, "Calls back on Monday")
    assert GONE in read(answer).text


def test_a_switch_says_so_to_the_script_and_on_the_page(client, ada, deleted_before_the_lock):
    deleted_before_the_lock(ada)
    answer = client.post(f"/customers/{ada.pk}/toggle/newsletter/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["message"]) == (404, GONE)


def test_the_ground_of_a_consent_is_answered_with_what_was_typed(client, ada, deleted_before_the_lock):
    deleted_before_the_lock(ada)
    page = read(client.post(f"/customers/{ada.pk}/consents/newsletter/", {"ground": "Asked by phone"}))
    assert page.one("input", name="ground")["value"] == "Asked by phone"
    assert GONE in page.text


def test_putting_back_says_so(client, ada, typed, deleted_before_the_lock):
    address = f"/customers/{ada.pk}/edit/"
    client.post(address, typed(address, first_name="Augusta"))
    entry = ada.history.order_by("history_id").first().history_id
    deleted_before_the_lock(ada)
    answer = client.post(f"/customers/{ada.pk}/history/{entry}/put-back/", {"field": "first_name"})
    assert answer.status_code == 302
    assert GONE.replace("Ada", "Augusta") in read(client.get("/customers/")).text


def test_only_who_deleted_is_told_deleted(client, ada):
    """Ten deletions of one person are one deletion."""
    told = [
        read(client.post(f"/customers/{ada.pk}/delete/", {"way": "again"}, follow=True)).all("div", "toast")
        for _ in range(3)
    ]
    assert [[one.one("p").text for one in toasts] for toasts in told] == [["Ada BYRON deleted."], [], []]


def test_only_who_brought_somebody_back_is_told_so(client, ada):
    """D14, the kind: pressed twice, or after a colleague."""
    services.hide_customer(ada, by=Actor.command())
    told = [
        read(client.post(f"/customers/{ada.pk}/bring-back/", follow=True)).one("div", "toast").one("p").text
        for _ in range(2)
    ]
    assert told == ["Ada BYRON is back.", "Nothing was changed."]


class TestWhatARecordPointsAt:
    """The group, tag or title that was chosen is gone: it is called by name, and nothing is written."""

    def test_a_group(self, ada, group):
        wholesale = group("Wholesale")
        Group.objects.filter(pk=wholesale.pk).delete()
        with pytest.raises(Gone) as refusal:
            services.edit_customer(ada, {"groups": [ada.default_group, wholesale]}, by=Actor.command())
        assert refusal.value.message == "“Wholesale” was deleted meanwhile."
        assert Customer.objects.get(pk=ada.pk).version == ada.version

    def test_a_title(self, ada, title):
        doctor = title("Dr")
        Title.objects.filter(pk=doctor.pk).delete()
        with pytest.raises(Gone) as refusal:
            services.edit_customer(ada, {"title": doctor, "first_name": "Augusta"}, by=Actor.command())
        assert refusal.value.message == "“Dr” was deleted meanwhile."
        assert Customer.objects.get(pk=ada.pk).first_name == "Ada"

    def test_a_group_that_an_option_is_to_point_at(self, client, group, monkeypatch):
        """Nobody could be added any more: the option pointed at nothing."""
        guests, valid = group("Guests"), CustomerOptionsForm.is_valid
        posted = {**filled(client.get("/customers/options/").context["form"]), "guests_group": guests.pk}

        def late(form):
            found = valid(form)
            Group.objects.filter(pk=guests.pk).delete()
            return found

        monkeypatch.setattr(CustomerOptionsForm, "is_valid", late)
        page = read(client.post("/customers/options/", {k: v for k, v in posted.items() if v is not None}))
        assert "“Guests” was deleted meanwhile." in page.text
        assert customer_options().guests_group == 1

    def test_a_group_at_the_moment_of_adding(self, ada, group):
        wholesale = group("Wholesale")
        values = {
            "email": "new@example.com",
            "first_name": "New",
            "last_name": "Body",
            "default_group": wholesale,
            "groups": [wholesale],
        }
        Group.objects.filter(pk=wholesale.pk).delete()
        with pytest.raises(Gone):
            services.add_customer(values, by=Actor.command())
        assert Customer.objects.count() == 1
