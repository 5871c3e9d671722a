"""The activity page (decision 28)."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.models import Event
from backoffice.records import events
from backoffice.records.actors import Actor, Door
from backoffice.records.events import Kind
from backoffice.views.event_sentences import icon_of, tell
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


def lines(answer):
    """What the page tells, latest first."""
    return [event for day in answer.context["days"] for event in day["events"]]


def sentences(answer):
    return [line["sentence"] for line in lines(answer)]


def beside(answer):
    """The addresses of the newer and the older page."""
    return answer.context["newer"], answer.context["older"]


def test_the_latest_fifty_come_first_and_older_ones_on_further_pages(many, manager, client_of):
    theirs = client_of(manager)
    first = theirs.get("/activity/")
    assert len(sentences(first)) == 50
    assert sentences(first)[0] == "Owner exported 119 rows of Customers."
    newer, older = beside(first)
    assert newer == ""
    second = theirs.get(older)
    third = theirs.get(beside(second)[1])
    assert (len(sentences(second)), len(sentences(third)), beside(third)[1]) == (50, 20, "")
    seen = [line["at"] for page in (first, second, third) for line in lines(page)]
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 120


def test_the_way_back_goes_over_the_same_pages(many, manager, client_of):
    theirs = client_of(manager)
    first = theirs.get("/activity/")
    second = theirs.get(beside(first)[1])
    third = theirs.get(beside(second)[1])
    assert lines(theirs.get(beside(third)[0])) == lines(second)
    assert lines(theirs.get(beside(second)[0])) == lines(first)
    assert beside(theirs.get(beside(second)[0]))[0] == ""


def test_events_of_one_moment_are_told_once_each(owner, client_of):
    """U37: a page ends between two of them."""
    moment = timezone.now() - dt.timedelta(hours=1)
    Event.objects.bulk_create(
        Event(
            at=moment, kind="export", staff=owner, staff_name="Owner", target="Customers", facts={"rows": n}
        )
        for n in range(1, 121)
    )
    theirs, address, seen = client_of(owner), "/activity/?kind=export", []
    while address:
        page = theirs.get(address)
        seen += sentences(page)
        address = beside(page)[1]
    assert (len(seen), len(set(seen))) == (120, 120)


def test_what_happens_meanwhile_moves_no_page(many, owner, manager, client_of):
    """U37: by numbers of pages the last event of one came again on the next."""
    theirs = client_of(manager)
    first = theirs.get("/activity/")
    shown = [line["at"] for line in lines(first)]
    for _ in range(7):
        events.record(Kind.EXPORT, by=Actor(owner, Door.PAGE), target="customers", rows=1)
    assert lines(theirs.get(beside(first)[1]))[0]["at"] == min(shown) - dt.timedelta(minutes=1)


@pytest.mark.parametrize("query", ["before=999999", "after=999999", "before=x", "after=-1", "page=4"])
def test_the_place_after_what_is_not_there_is_the_beginning(many, manager, client_of, query):
    """As in the lists: never an empty page without a way back."""
    answer = client_of(manager).get(f"/activity/?{query}")
    assert (len(sentences(answer)), beside(answer)[0]) == (50, "")


def test_a_filter_that_finds_nothing_says_so_and_offers_to_reset_it(many, manager, client_of):
    answer = client_of(manager).get("/activity/?kind=import")
    page = read(answer)
    assert sentences(answer) == []
    assert beside(answer) == ("", "")
    assert page.one("div", "list-empty").one("h2").text == "Nothing matches these filters."
    assert page.one("div", "list-empty").one("a")["href"] == "/activity/"


def test_one_kind_or_one_person(many, owner, support, client_of):
    theirs = client_of(owner)
    assert len(sentences(theirs.get("/activity/?kind=export"))) == 10
    assert len(sentences(theirs.get(f"/activity/?person={owner.pk}"))) == 10
    assert sentences(theirs.get(f"/activity/?kind=export&person={support.pk}")) == []
    older = theirs.get(f"/activity/?kind=sign_in&person={support.pk}").context["older"]
    assert older.startswith(f"/activity/?kind=sign_in&person={support.pk}&before=")
    assert len(sentences(theirs.get(older))) == 50


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("at_after=2026-05-03&at_before=2026-05-03", ["3 May, first", "3 May, last"]),
        ("at_after=2026-05-04", ["4 May"]),
        ("at_before=2026-05-02", ["2 May"]),
        ("at_after=03.05.2026&at_before=04.05.2026", ["3 May, first", "3 May, last", "4 May"]),
        ("at_after=2026-05-03&at_before=2026-05-03&kind=import", []),
    ],
)
def test_days_are_whole_days_of_the_shop(owner, client_of, query, found):
    """U37: inclusive at both ends, as in the lists (decision 12)."""
    for moment, name in (
        ("2026-05-02T23:59:59+02:00", "2 May"),
        ("2026-05-03T00:00:00+02:00", "3 May, first"),
        ("2026-05-03T23:59:59+02:00", "3 May, last"),
        ("2026-05-04T00:00:00+02:00", "4 May"),
    ):
        Event.objects.create(
            at=dt.datetime.fromisoformat(moment), kind="password_changed", staff=owner, target=name
        )
    answer = client_of(owner).get(f"/activity/?{query}&person={owner.pk}")
    told = {name: f"{name} has a new password." for name in found}
    assert sorted(one for one in sentences(answer) if "password" in one) == sorted(told.values())


def test_days_can_be_chosen_ready_made_and_a_wrong_one_is_told(owner, client_of):
    """U37: as in the lists; what cannot be read is said, never silently everything."""
    today = timezone.localdate()
    page = read(client_of(owner).get("/activity/?kind=export"))
    presets = {link.text: link["href"] for link in page.one("details", "range").all("a")}
    assert presets == {
        "Today": f"/activity/?kind=export&at_after={today}",
        "Last 7 days": f"/activity/?kind=export&at_after={today - dt.timedelta(days=6)}",
        "This month": f"/activity/?kind=export&at_after={today.replace(day=1)}",
    }
    wrong = read(client_of(owner).get("/activity/?at_after=2026-05-03&at_before=2026-05-01"))
    assert wrong.one("div", "notice").text == "It ends before it begins."


def test_each_kind_has_an_icon_of_its_own(settings):
    """U37: they did not differ."""
    icons = {kind: icon_of(Event(kind=kind)) for kind in Kind}
    assert len(set(icons.values())) == len(Kind)
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text()
    assert [icon for icon in icons.values() if f'id="{icon}"' not in sprite] == []


def test_an_address_is_said_where_it_differs_and_else_in_a_tip(owner, client_of):
    """U37: 127.0.0.1 stood on every line; a failed sign-in says it always."""
    theirs = client_of(owner)
    Event.objects.bulk_create(
        Event(
            at=timezone.now(),
            kind=kind,
            staff=staff,
            staff_name=(staff and staff.name) or "",
            door="page",
            ip=ip,
        )
        for kind, staff, ip in (
            ("sign_in_failed", None, "203.0.113.7"),
            ("sign_in_failed", None, "203.0.113.7"),
            ("sign_out", owner, "198.51.100.4"),
            ("sign_in", owner, "127.0.0.1"),
            ("sign_in", owner, "127.0.0.1"),
        )
    )
    found = read(theirs.get("/activity/")).all("li", "event")[:5]
    assert [[one.text for one in line.all("span", "ip")] for line in found] == [
        ["127.0.0.1"],
        [],
        ["198.51.100.4"],
        ["203.0.113.7"],
        ["203.0.113.7"],
    ]
    assert found[1].one("span", "origin")["title"] == "127.0.0.1"


@pytest.mark.parametrize(
    "query",
    [
        "kind=<script>alert(1)</script>",
        "person=99999999999999999999999",
        "person=-1",
        "person=²",
        "page=0",
        "before=-3",
        "after=1e9",
        "before=99999999999999999999999",
        "at_after=2026-02-30",
        "at_before=<script>alert(1)</script>",
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


@pytest.mark.parametrize(
    "address", ["/activity/", "/activity/?before=60", "/activity/?after=60", "/activity/?kind=export"]
)
def test_it_costs_the_same_for_many(many, owner, client_of, address, django_assert_max_num_queries):
    theirs = client_of(owner)
    theirs.get(address)  # what the process remembers: the rights of the roles
    with django_assert_max_num_queries(6):
        theirs.get(address)
