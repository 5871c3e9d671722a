"""Who signs in to the shop: how often they may fail, what strangers can do about it, and who is deleted meanwhile."""

import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from backoffice.database.counting import one_change
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Cart
from customers import services
from customers.models import Customer, ShopSession
from customers.services import shop_sessions
from tests.shop_api import Program

BY = Actor.command()
MOMENT = 0.4
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.%d"
FAST = "django.contrib.auth.hashers.MD5PasswordHasher"
OTHER = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


@pytest.fixture
def ada(customer) -> Iterator[Customer]:
    cache.clear()
    yield customer(email="ada@shop.example", password="lavender")
    cache.clear()  # nothing takes back what was counted in threads of its own


@pytest.fixture
def tried(program, ada):
    """`tried("wrong", ip=HOME, visitor="b")` is how an attempt to sign in as Ada is answered."""

    def tried(password: str = "wrong", *, ip: str = HOME, **said) -> int:
        said = {"email": "ada@shop.example", "password": password, **said}
        return program.post("/sign-in", said, **{"Customer-IP": ip}).status_code

    return tried


# How often


def test_strangers_do_not_shut_a_customer_out(tried):
    """Decision 47: ten wrong passwords from anywhere closed her door, though she came with the right one from home."""
    assert [tried(ip=ELSEWHERE % 1) for _ in range(11)] == [409] * 10 + [429]
    assert [tried(ip=ELSEWHERE % number) for number in range(2, 12)] == [409] * 10
    assert tried("lavender") == 200


def test_strangers_together_have_a_limit_that_does_not_hold_where_she_signed_in_before(
    program, tried, ada, settings
):
    """Decision 47: of all unknown browsers together; another customer's browser is one of these."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "customer_sign_in_of_strangers": "12/1h/key"
    }
    for browser, whose in (("hers", ada.pk), ("nobodys", None)):
        program.done("POST", "/visits/pages", {"visitor": browser, "page": "/", "customer_id": whose})
    assert [tried(ip=ELSEWHERE % number) for number in range(13)] == [409] * 12 + [429]
    assert [tried("lavender", visitor=browser) for browser in ("new", "nobodys", "hers")] == [429, 429, 200]


def test_whoever_waits_is_told_for_how_long(program, tried, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "customer_sign_in_of_strangers": "1/1h/key"
    }
    assert [tried(), tried(ip=ELSEWHERE % 1)] == [409, 429]
    said = {"email": "ada@shop.example", "password": "wrong"}
    assert program.post("/sign-in", said)["Retry-After"] == "3600"


def test_who_is_refused_by_the_limit_of_all_uses_up_nothing_of_their_own(tried, settings, clock):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "customer_sign_in_of_strangers": "1/1m/key"
    }
    assert [tried(ip=ELSEWHERE % 1), *(tried("lavender") for _ in range(12))] == [409] + [429] * 12
    clock(61)
    assert tried("lavender") == 200


def test_her_own_browser_may_not_guess_without_end_either(program, tried, ada):
    """Wherever it is taken."""
    program.done("POST", "/visits/pages", {"visitor": "hers", "page": "/", "customer_id": ada.pk})
    guessed = [tried(ip=ELSEWHERE % number, visitor="hers") for number in range(11)]
    assert guessed == [409] * 10 + [429]


def test_signing_in_uses_up_nothing(tried):
    assert {tried("lavender") for _ in range(12)} == {200}
    assert [tried() for _ in range(11)] == [409] * 10 + [429]


def test_the_old_password_is_not_guessed_without_end(program, ada, tried):
    """Whoever finds a browser left signed in tried as many as they liked; what is too short is no guess."""

    def session() -> dict:
        said = {"email": "ada@shop.example", "password": "lavender"}
        return {"Customer-Token": program.done("POST", "/sign-in", said)["token"]}

    own, found = session(), session()
    short = {"old": "lavender", "new": "1234"}
    assert {program.post("/me/password", short, **found).status_code for _ in range(11)} == {422}
    wrong = {"old": "wrong", "new": "rosemary"}
    answers = [program.post("/me/password", wrong, **found) for _ in range(11)]
    assert [one.status_code for one in answers] == [422] * 10 + [429]
    assert answers[-1]["Retry-After"] == "600"
    assert program.post("/me/password", wrong | {"old": "lavender"}, **own).status_code == 200


@pytest.mark.only_on("postgresql")
def test_many_guesses_at_once_are_no_more_than_one_after_another(at_once, program, ada):
    """They were counted when they had been judged: eight at once made thirteen of ten."""
    said = {"email": "ada@shop.example", "password": "wrong"}
    told = []
    for _ in range(3):
        told += at_once(*[lambda: Program(program.secret).post("/sign-in", said).status_code] * 8)
    assert told.count(409) <= 10
    assert set(told) == {409, 429}


# Who is deleted, disabled or kept in an older way meanwhile


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(act)`: this happens after her password was looked at, before anything is written."""

    def meanwhile(act) -> None:
        go_on = shop_sessions._with_what_is_theirs

        def acted(*asked, **said):
            act()
            return go_on(*asked, **said)

        monkeypatch.setattr(shop_sessions, "_with_what_is_theirs", acted)

    return meanwhile


@pytest.mark.parametrize(
    "act",
    [
        lambda ada: services.remove_customer(ada, by=BY),
        lambda ada: services.hide_customer(ada, by=BY),
        lambda ada: services.switch(ada, "active", False, by=BY),
        lambda ada: services.edit_customer(ada, {"password": "rosemary"}, by=BY),
    ],
)
def test_whose_account_ends_or_changes_meanwhile_is_not_signed_in(
    program, tried, ada, product, meanwhile, act
):
    """Deleted for good it was answered 500; what they had filled stays nobody's."""
    product("CUP", "10.00")
    program.fill("c", "CUP", visitor="b")
    meanwhile(lambda: act(ada))
    assert tried("lavender", visitor="b") == 409
    assert (Cart.objects.get().customer, ShopSession.objects.count()) == (None, 0)
    assert list(recount_all(mend=False)) == []


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("key", ["hers", "nobodys", None])
def test_signing_in_while_the_account_is_deleted_waits_and_is_refused(
    beside, program, ada, product, monkeypatch, key
):
    """Whatever they bring, nobody waits in a circle."""
    product("CUP", "10.00")
    program.fill("hers", "CUP", customer_id=ada.pk)
    program.fill("nobodys", "CUP", visitor="b")
    said = {"email": "ada@shop.example", "password": "lavender", "visitor": "b", "cart": key}
    answers = []
    with one_change():
        services.remove_customer(ada, by=BY)
        end = beside(lambda: answers.append(program.post("/sign-in", said).status_code))
        time.sleep(MOMENT)
    end()
    assert answers == [409]
    assert (Cart.objects.get().key, ShopSession.objects.count()) == ("nobodys", 0)
    assert list(recount_all(mend=False)) == []


@pytest.mark.only_on("postgresql")
def test_an_account_that_is_deleted_while_they_sign_in_goes_when_they_are_in(
    beside, program, ada, product, monkeypatch
):
    product("CUP", "10.00")
    program.fill("c", "CUP", visitor="b")
    begin, ends = shop_sessions._begin, []

    def slowly(*asked, **said):
        ends.append(beside(lambda: services.remove_customer(ada, by=BY)))
        time.sleep(MOMENT)
        return begin(*asked, **said)

    monkeypatch.setattr(shop_sessions, "_begin", slowly)
    said = {"email": "ada@shop.example", "password": "lavender", "visitor": "b"}
    assert program.done("POST", "/sign-in", said)["cart"] == "c"
    ends[0]()
    assert (Customer.objects.count(), Cart.objects.count(), ShopSession.objects.count()) == (0, 0, 0)
    assert list(recount_all(mend=False)) == []


def test_a_password_kept_in_an_older_way_is_kept_anew(tried, ada, settings):
    """Decision 36; that is no change of hers: nobody is signed out, and no history tells of it."""
    settings.PASSWORD_HASHERS = [OTHER, FAST]
    Customer.objects.update(password=make_password("lavender", hasher="md5"))
    kept = Customer.objects.values("version", "session_round", "password_changed_at")
    before, changes = kept.get(), ada.history.count()
    assert (tried(), tried("lavender")) == (409, 200)
    assert Customer.objects.get().password.startswith("pbkdf2_sha256$")
    assert (kept.get(), ada.history.count()) == (before, changes)
    assert tried("lavender") == 200
