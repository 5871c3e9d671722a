"""The activity page (decision 28)."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from backoffice.models import Event
from backoffice.records import events
from backoffice.records.actors import Actor, Door
from backoffice.records.events import Kind
from backoffice.views.event_sentences import tell
from tests.reading import read


def test_events_are_only_ever_added(owner):
    event = events.record(Kind.EXPORT, by=Actor(owner, Door.PAGE, "192.0.2.7"), target="Customers", rows=12)
    event.target = "Nothing"
    for change in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(target="Nothing"),
    ):
        with pytest.raises(TypeError):
            change()
    stored = Event.objects.get()
    assert (stored.target, stored.facts, stored.ip, stored.door) == (
        "Customers",
        {"rows": 12},
        "192.0.2.7",
        "page",
    )


def test_an_event_keeps_the_name_of_who_left(owner, support):
    events.record(Kind.SIGN_IN, by=Actor(support, Door.PAGE))
    support.delete()
    event = Event.objects.get()
    assert (event.staff, event.staff_name) == (None, "Support")
    assert tell(event) == "Support signed in."


@pytest.mark.parametrize(
    ("kind", "target", "facts", "sentence"),
    [
        ("sign_in", "", {}, "Owner signed in."),
        ("sign_out", "", {}, "Owner signed out."),
        ("password_changed", "Ada", {}, "Ada has a new password."),
        ("second_factor", "", {"what": "totp_activated"}, "Owner set up an authenticator app."),
        ("second_factor", "", {"what": "new in the library"}, "Owner changed their second factor."),
        ("staff_invited", "Ada", {"role": "support"}, "Owner invited Ada as Support."),
        (
            "role_changed",
            "Ada",
            {"before": "support", "after": "manager"},
            "Owner changed the role of Ada from Support to Manager.",
        ),
        ("export", "customers", {"rows": 1}, "Owner exported 1 row of Customers."),
        ("export", "customers", {"rows": 12345}, "Owner exported 12,345 rows of Customers."),
        ("export", "a section that is gone", {"rows": 2}, "Owner exported 2 rows of a section that is gone."),
        ("import", "Customers", {"rows": 2}, "Owner imported 2 rows into Customers."),
        ("options_changed", "customers", {"b2b": True}, "Owner changed the settings of Customers."),
        (
            "bulk_change",
            "customers",
            {"done": "tag", "choice": "VIP", "rows": 1234},
            "Owner: “Tag: VIP” on 1,234 rows of Customers.",
        ),
        (
            "bulk_change",
            "a section that is gone",
            {"done": "shuffle", "rows": 1},
            "Owner: “shuffle” on 1 row of a section that is gone.",
        ),
        ("some_day", "Ada", {}, "Owner: some_day, Ada"),
    ],
)
def test_an_event_is_told_in_a_sentence(owner, kind, target, facts, sentence):
    assert tell(events.record(kind, by=Actor(owner, Door.PAGE), target=target, **facts)) == sentence


def test_who_did_it_without_a_name(db):
    assert tell(events.record(Kind.IMPORT, by=Actor.command(), target="Customers", rows=9)) == (
        "A command on the server imported 9 rows into Customers."
    )
    assert tell(events.record(Kind.SIGN_IN_FAILED, by=Actor(None, Door.PAGE))) == (
        "Failed sign-in with an unknown e-mail address."
    )


@pytest.fixture
def many(owner, support):
    """120 events: 110 sign-ins of support, then 10 exports of the owner, a minute apart."""
    start = timezone.now() - dt.timedelta(days=1)
    Event.objects.bulk_create(
        Event(
            at=start + dt.timedelta(minutes=n),
            kind="export" if n >= 110 else "sign_in",
            staff=owner if n >= 110 else support,
            staff_name="Owner" if n >= 110 else "Support",
            target="Customers" if n >= 110 else "",
            facts={"rows": n} if n >= 110 else {},
        )
        for n in range(120)
    )


def sentences(answer):
    return [event["sentence"] for event in answer.context["events"]]


def test_the_latest_fifty_come_first_and_older_ones_on_further_pages(many, manager, client_of):
    theirs = client_of(manager)
    first = theirs.get("/activity/")
    assert len(sentences(first)) == 50
    assert sentences(first)[0] == "Owner exported 119 rows of Customers."
    assert (first.context["newer"], first.context["older"]) == ("", "?page=2")
    last = theirs.get("/activity/?page=3")
    assert len(sentences(last)) == 20
    assert (last.context["newer"], last.context["older"]) == ("?page=2", "")


@pytest.mark.parametrize("page", ["4", "9", "10000", "999999"])
def test_a_page_after_the_last_one_is_the_last_one(many, manager, client_of, page):
    """As in the lists: never an empty page without a way back."""
    answer = client_of(manager).get(f"/activity/?page={page}")
    assert len(sentences(answer)) == 20
    assert (answer.context["newer"], answer.context["older"]) == ("?page=2", "")


def test_a_page_of_a_filter_that_finds_nothing_is_the_first_one(many, manager, client_of):
    answer = client_of(manager).get("/activity/?kind=import&page=7")
    assert sentences(answer) == []
    assert (answer.context["newer"], answer.context["older"]) == ("", "")


def test_one_kind_or_one_person(many, owner, support, client_of):
    theirs = client_of(owner)
    assert len(sentences(theirs.get("/activity/?kind=export"))) == 10
    assert len(sentences(theirs.get(f"/activity/?person={owner.pk}"))) == 10
    assert sentences(theirs.get(f"/activity/?kind=export&person={support.pk}")) == []
    assert theirs.get(f"/activity/?kind=sign_in&person={support.pk}").context["older"] == (
        f"?kind=sign_in&person={support.pk}&page=2"
    )


@pytest.mark.parametrize(
    "query",
    [
        "kind=<script>alert(1)</script>",
        "person=99999999999999999999999",
        "person=-1",
        "person=²",
        "page=0",
        "page=-3",
        "page=1e9",
        "page=999999999",
        "kind=" + "x" * 10_000,
        "kind=sign_in&kind=export",
        "unknown=1",
        "person=' OR 1=1 --",
    ],
)
def test_what_it_does_not_know_it_ignores(many, owner, client_of, query):
    """G24, G33."""
    answer = client_of(owner).get(f"/activity/?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("address", ["/activity/", "/activity/?page=2", "/activity/?kind=export"])
def test_it_costs_the_same_for_many(many, owner, client_of, address, django_assert_max_num_queries):
    theirs = client_of(owner)
    with django_assert_max_num_queries(6):
        theirs.get(address)


def test_activity_from_a_day_to_a_day(client_of, owner):
    """U4, U37: both ends inclusive, in the shop's time zone; what is no day is told where it was typed."""
    for day in (8, 9, 10):
        with time_machine.travel(dt.datetime(2026, 3, day, 23, 30, tzinfo=dt.UTC)):  # after midnight in Paris
            events.record(Kind.EXPORT, by=Actor(owner, Door.PAGE), target="customers", rows=day)
    client = client_of(owner)

    def rows(query):
        page = read(client.get(f"/activity/?kind=export&{query}"))
        return [one.text for one in page.all("tr") if "exported" in one.text]

    assert len(rows("at_after=2026-03-10")) == 2
    assert len(rows("at_before=2026-03-09")) == 1
    assert len(rows("at_after=2026-03-10&at_before=10.03.2026")) == 1
    page = read(client.get("/activity/?at_after=99"))
    field = page.one("input", id="at_after")
    assert (field["type"], field["value"], field["aria-invalid"]) == ("text", "99", "true")
    assert page.one("p", id=field["aria-describedby"]).text == "“99” is not a date."
    crossed = read(client.get("/activity/?at_after=2026-03-10&at_before=2026-03-01"))
    assert crossed.one("p", id="at_before-error").text == "It ends before it begins."
