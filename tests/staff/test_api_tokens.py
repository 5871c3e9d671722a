"""The page of API tokens: created and shown once, scoped, revoked, last use (issue 10, point 2; S15)."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.access.scopes import Scope
from backoffice.models import ApiToken, Event
from backoffice.records.actors import Actor
from backoffice.staff.api_tokens.services import create_token, revoke_token, token_by
from tests.reading import read

TYPED = {"name": "Shop module", "scopes": ["carts:write", "carts:read"], "last_day": ""}
COMMAND = Actor.command()


@pytest.fixture
def sure(owner, client_of):
    """The owner's browser, the password just typed."""
    return client_of(owner, sure=True)


def test_a_new_token_is_shown_once_and_only_its_hash_is_kept(sure, owner):
    """G26: whoever copies the database can use nothing of it."""
    answer = sure.post("/api-tokens/add/", TYPED)
    secret = answer.context["secret"]
    token = token_by(secret)
    assert (token.name, token.scopes, token.created_by) == (
        "Shop module",
        ["carts:read", "carts:write"],
        owner,
    )
    assert answer.text.count(secret) == 2  # the box and its button
    assert "no-store" in answer["Cache-Control"]
    assert secret not in str(ApiToken.objects.values())
    assert secret not in sure.get("/api-tokens/").text + sure.get(f"/api-tokens/{token.pk}/edit/").text


def test_who_creates_one_types_the_password_again(owner, client_of):
    """S16: an unlocked screen is not enough."""
    answer = client_of(owner).post("/api-tokens/add/", TYPED)
    assert (answer.status_code, ApiToken.objects.count()) == (302, 0)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"last_day": "2020-01-01"}, "last_day"),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(sure, said, field):
    answer = sure.post("/api-tokens/add/", {**TYPED, **said})
    assert list(answer.context["form"].errors) == [field]
    assert not ApiToken.objects.exists()


def test_its_last_day_is_a_day_of_the_shop(sure):
    """Decision 12: both ends inclusive, in the shop's time zone."""
    sure.post("/api-tokens/add/", {**TYPED, "last_day": "2100-03-10"})
    token = ApiToken.objects.get()
    assert token.expires_at == dt.datetime(2100, 3, 10, 23, tzinfo=dt.UTC)
    assert sure.get(f"/api-tokens/{token.pk}/edit/").context["form"]["last_day"].value() == dt.date(
        2100, 3, 10
    )
    told = read(sure.get("/api-tokens/")).one("td", "titled", data_title="Valid until").text
    assert told == "10 Mar 2100"  # it read "11 Mar 2100 00:00"


def test_what_a_token_may_is_changed_and_told_in_the_activity(sure):
    token, _secret = create_token("Till", [Scope.CARTS_READ], by=COMMAND)
    sure.post(f"/api-tokens/{token.pk}/edit/", {**TYPED, "name": "Till"})
    token.refresh_from_db()
    assert token.scopes == ["carts:read", "carts:write"]
    assert Event.objects.latest("pk").facts == {
        "what": "changed",
        "scopes": ["carts:read", "carts:write"],
        "id": token.pk,
    }
    assert "changed the API token “Till”" in sure.get("/activity/").text


def test_a_revoked_token_opens_nothing_for_good(sure):
    token, secret = create_token("Till", Scope.values, by=COMMAND)
    assert token_by(secret) == token
    sure.post(f"/api-tokens/{token.pk}/revoke/", {"sure": "1"})
    assert token_by(secret) is None
    sure.post(f"/api-tokens/{token.pk}/edit/", {**TYPED, "name": "Till"})
    token.refresh_from_db()
    assert token.scopes == Scope.values
    assert "revoked the API token “Till”" in sure.get("/activity/").text


def test_a_token_is_revoked_only_once_somebody_has_answered_that_they_are_sure(sure):
    """It cannot be undone, and one click did it."""
    token, secret = create_token("Till", Scope.values, by=COMMAND)
    address, page = f"/api-tokens/{token.pk}/revoke/", f"/api-tokens/{token.pk}/edit/"
    assert read(sure.get(page)).one("section", "danger-zone").one("a")["href"] == address
    for asked in (sure.get(address, {"sure": "1"}), sure.post(address)):
        assert "Revoke the token Till for good?" in asked.text
        assert "This cannot be undone." in asked.text
        assert read(asked).one("a", "btn-quiet")["href"] == page
        assert read(asked).one("button", value="1")["class"] == "btn btn-danger is-final"
        assert token_by(secret) == token
    answer = sure.post(address, {"sure": "1"}, follow=True)
    assert (token_by(secret), "Till has been revoked." in answer.text) == (None, True)
    again = read(sure.get(address))
    assert "Till has been revoked." in again.one("div", "notice-warn").text
    assert not again.all("button", value="1")


def test_reloading_the_page_of_a_new_token_makes_no_second_one(sure):
    """V8: both were valid, and of the first nobody had the secret any more."""
    key = read(sure.get("/api-tokens/add/")).one("form", "form").one("input", name="once")["value"]
    faulty = sure.post("/api-tokens/add/", {**TYPED, "name": "", "once": key})
    assert read(faulty).one("form", "form").one("input", name="once")["value"] == key
    secret = sure.post("/api-tokens/add/", {**TYPED, "once": key}).context["secret"]
    again = sure.post("/api-tokens/add/", {**TYPED, "once": key}, follow=True)
    assert again.redirect_chain == [("/api-tokens/", 302)]
    assert (
        "This token had already been created; nothing was created twice. It is shown only once" in again.text
    )
    assert token_by(secret) == ApiToken.objects.get()
    assert secret not in again.text


def test_each_page_of_a_token_has_the_way_back_to_the_list(sure):
    """One that was revoked had none at all, and boxes to type into that nobody saved."""
    token, _secret = create_token("Till", Scope.values, by=COMMAND)
    revoke_token(token, by=COMMAND)
    edited = sure.get(f"/api-tokens/{token.pk}/edit/")
    for answer in (edited, sure.get("/api-tokens/add/"), sure.post("/api-tokens/add/", TYPED)):
        assert read(answer).one("nav", "crumbs").one("a")["href"] == "/api-tokens/"
    assert all(box.has("disabled") for box in read(edited).one("form", "form").all("input", type="checkbox"))


def test_the_list_says_what_each_may_and_when_it_was_used(sure):
    """Those in use come first."""
    old, _secret = create_token("Old till", [Scope.CARTS_READ], by=COMMAND)
    revoke_token(old, by=COMMAND)
    create_token("Over", [Scope.CARTS_READ], by=COMMAND, expires_at=timezone.now() - dt.timedelta(days=1))
    token, _secret = create_token("Till", [Scope.CARTS_READ, Scope.ORDERS_WRITE], by=COMMAND)
    rows = [row.text for row in read(sure.get("/api-tokens/")).one("table", "list").one("tbody").all("tr")]
    assert [row.split()[0] for row in rows] == ["Till", "Over", "Old"]
    assert "Read carts · Place and change orders" in rows[0]
    assert token.prefix in rows[0]
    assert ("Never" in rows[0], "Expired" in rows[1], "Revoked" in rows[2]) == (True, True, True)
