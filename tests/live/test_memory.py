"""What a process remembers between the questions of its screens, and how soon it knows better (issue 10, 5 and 8)."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.live import memory
from backoffice.staff import backends, recalled
from customers.models import Customer

HTMX = {"HX-Request": "true"}


@pytest.fixture
def clock(monkeypatch):
    """The memory's clock stands still; `clock.now` moves it."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(memory, "time", SimpleNamespace(monotonic=lambda: clock.now))
    memory.forget()
    return clock


@pytest.fixture
def opened(client_of, owner, customer, program, product, asked_by):
    """Customers with a cart each, and the addresses that their pages ask."""
    product("CUP", "10.00")
    opened = []
    for number in range(12):
        program.fill(f"c{number}", "CUP", customer_id=customer().pk)
        pk = Customer.objects.latest("pk").pk
        opened.append(asked_by(client_of(owner).get(f"/customers/{pk}/")))
    return opened


@pytest.fixture
def ask(client_of, owner, opened):
    """`ask()`: what the owner's page of the first customer is answered."""
    client = client_of(owner)
    return lambda address=opened[0], by=client, **headers: by.get(address, headers={**HTMX, **headers})


def test_what_is_remembered_is_forgotten_after_an_instant(clock):
    """No change is seen later than that."""
    told = [memory.recall("a", lambda: clock.now)]
    clock.now += memory.SECONDS - 0.01
    told.append(memory.recall("a", lambda: clock.now))
    clock.now += 0.02
    told.append(memory.recall("a", lambda: clock.now))
    assert told == [100.0, 100.0, clock.now]
    assert memory.SECONDS <= 0.5


def test_a_change_is_seen_after_an_instant(clock, ask, program):
    assert ask().status_code == 204
    program.done("POST", "/carts/c0/lines", {"product": "CUP"})
    clock.now += memory.SECONDS
    assert "€20.00" in ask().text


def test_what_screens_will_ask_next_is_read_along(clock, ask, opened):
    """Issue 10: two hundred screens of as many customers cost the database a few questions a second."""
    for address in opened:
        ask(address)
        clock.now += 0.01
    asked = []
    for _round in range(3):
        clock.now += 2 - 0.01 * len(opened)
        with CaptureQueriesContext(connection) as queries:
            for address in opened:
                assert ask(address).status_code == 204
                clock.now += 0.01
        asked.append(sum("version_of_carts" in one["sql"] for one in queries))
    assert asked == [1, 1, 1]


def test_those_who_will_ask_next_are_known_together(clock, opened, client_of, owner):
    """Two hundred people at two hundred screens: who they are is asked a few times a second for all of them."""
    clients = [client_of(owner) for _number in range(6)]
    for client in clients:
        client.get(opened[0], headers=HTMX)
        clock.now += 0.01
    for passed, asked in ((2, 0), (2, 1)):
        clock.now += passed - 0.06
        with CaptureQueriesContext(connection) as queries:
            for client in clients:
                assert client.get(opened[0], headers=HTMX).status_code == 204
                clock.now += 0.01
        assert sum('FROM "django_session"' in one["sql"] for one in queries) == asked


def test_what_nobody_asks_for_any_more_is_forgotten(clock):
    for key in range(500):
        memory.recall_one("kind", key, lambda keys: dict.fromkeys(keys, "here"), every=2)
        clock.now += 0.1
    # What was asked for within two rounds of questions, and since it was all read last.
    assert len(memory._known["kind"].asked) <= 41 + 3


def test_what_there_is_not_is_not_asked_for_again_with_all_else(clock):
    """Made-up cookies make nobody else's question longer."""
    asked = []

    def read(keys):
        asked.append(len(keys))
        return {key: "here" for key in keys if key != "made up"}

    for key in ("one", "made up", "two"):
        memory.recall_one("kind", key, read, every=2)
    clock.now += memory.SECONDS
    assert memory.recall_one("kind", "one", read, every=2) == "here"
    assert asked == [1, 1, 1, 2]


def test_who_signed_out_elsewhere_is_told_so_within_seconds(clock, ask):
    """Another process may have ended the session: a page that lies open learns it in three seconds at most."""
    assert ask().status_code == 204
    Session.objects.all().delete()
    clock.now += recalled.REMEMBERED
    assert "HX-Redirect" in ask().headers
    assert recalled.REMEMBERED <= 3


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}, {"session_round": 7}])
def test_who_was_switched_off_or_changed_the_password_elsewhere_is_refused_within_seconds(
    clock, ask, owner, change
):
    """G34, G30."""
    assert ask().status_code == 204
    type(owner).objects.filter(pk=owner.pk).update(**change)
    clock.now += recalled.REMEMBERED
    assert "HX-Redirect" in ask().headers


def test_a_right_that_was_taken_away_is_gone_within_seconds(clock, ask, support, client_of):
    """G15: also where nothing changed."""
    client = client_of(support)
    assert ask(by=client).status_code == 204
    taken = Permission.objects.get(codename="view_customer")
    Group.objects.get(name="support").permissions.remove(taken)
    clock.now += backends.REMEMBERED
    assert ask(by=client).status_code == 403
    assert backends.REMEMBERED <= 5


def test_who_lacks_a_second_factor_is_not_told_that_nothing_changed(clock, ask, settings):
    """S15."""
    assert ask().status_code == 204
    settings.SECOND_FACTOR_ROLES = ["owner"]
    clock.now += recalled.REMEMBERED
    assert "HX-Redirect" in ask().headers


@pytest.mark.parametrize("key", ["", "nobody", "a\0b", "é" * 40, "a" * 4_000])
def test_a_cookie_that_means_nothing_leads_to_sign_in(client, opened, key):
    client.cookies["sessionid"] = key
    assert client.get(opened[0], headers=HTMX).status_code in (200, 400)
    assert client.get(opened[0]).status_code in (302, 400)


def test_a_number_that_no_database_stores_is_nobody_and_disturbs_no_other_page(clock, ask, opened):
    """What is asked for together fails for nobody because of another's address."""
    far = f"/customers/{10**30}/live/?v="
    for address in (opened[0], far):
        ask(address)
    clock.now += 2
    assert [ask(far).status_code, ask().status_code] == [404, 204]


def test_nothing_is_said_in_short_but_that_nothing_changed(ask, opened, client_of, owner):
    """Who asks otherwise than a page does gets the answer of ever, with all its headers."""
    short = ask()
    assert (short.status_code, short.headers["Cache-Control"]) == (204, "no-store")
    assert "Content-Security-Policy" not in short.headers
    client = client_of(owner)
    for whole in (client.get(opened[0]), client.post(opened[0], headers=HTMX), ask("/customers/9999/live/")):
        assert "Content-Security-Policy" in whole.headers
