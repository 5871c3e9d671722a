"""The home page: what happens in the shop, each figure the way to its list; what one did last (U15)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group as RightsGroup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.lists import paging
from backoffice.records import events
from backoffice.records.actors import Actor, Door
from backoffice.records.events import Kind
from customers import services
from customers.models import Task, Thread
from customers.rules import births_on
from tests.reading import List, read

PARIS = ZoneInfo("Europe/Paris")
WEDNESDAY = dt.datetime(2026, 3, 11, 12, 0, tzinfo=PARIS)


@pytest.fixture
def on_wednesday():
    """It is Wednesday, 11 March 2026."""
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def home(client_of):
    """`home(support)` reads the home page of a member of staff."""
    return lambda person: read(client_of(person).get("/"))


def panel(page, name):
    return page.one("section", "panel", id=name)


def figures(page, name):
    """The figures of a block: {title: (value, where it leads)}."""
    stats = panel(page, name).all("", "stat")
    return {
        one.one("span", "stat-title").text: (one.one("span", "stat-value").text, one.get("href"))
        for one in stats
    }


def days_ago(number: int) -> dt.datetime:
    return WEDNESDAY - dt.timedelta(days=number)


def test_sign_ups_of_today_and_of_seven_and_thirty_days(on_wednesday, home, owner, client, customer):
    """U15; one word and one span for one thing: "Last 7 days" leads where the list's own "Last 7 days" does."""
    for ago in (0, 1, 6, 7, 29, 30):
        customer(registered_at=days_ago(ago))
    page = home(owner)
    of_list = List(client.get("/customers/")).page.one("td", "c-registered_at").all("a")
    presets = {one.text: one["href"] for one in of_list}
    assert presets["Last 7 days"] == figures(page, "signups")["Last 7 days"][1]
    assert figures(page, "signups") == {
        "Today": ("1", "/customers/?registered_after=2026-03-11"),
        "Last 7 days": ("3", "/customers/?registered_after=2026-03-05"),
        "Last 30 days": ("5", "/customers/?registered_after=2026-02-10"),
    }


def test_a_bar_for_each_of_thirty_days(on_wednesday, home, owner, customer):
    """U15: who registered a minute after midnight in the shop did so on that day; the bars lead to their rows."""
    customer(registered_at=dt.datetime(2026, 3, 10, 0, 1, tzinfo=PARIS))
    customer(registered_at=days_ago(0))
    customer(registered_at=days_ago(0))
    block = panel(home(owner), "signups")
    days = [one.text for one in block.all("rect")]
    assert (len(days), days[0], days[-3:]) == (
        30,
        "10 Feb 2026: 0",
        ["9 Mar 2026: 0", "10 Mar 2026: 1", "11 Mar 2026: 2"],
    )
    assert block.one("a", "days")["href"] == "/customers/?registered_after=2026-02-10"


def test_every_figure_is_what_its_list_shows(on_wednesday, home, owner, client, customer):
    """U15: never a link to a list that shows another number; the hidden are in none of them."""
    for number in range(7):
        customer(newsletter=number % 2 == 0, active=number < 5, registered_at=days_ago(number))
    services.hide_customer(customer(newsletter=True), by=Actor.command())
    page = home(owner)
    told = {**figures(page, "signups"), **figures(page, "accounts")}
    assert {title: value for title, (value, url) in told.items() if url} == {
        "Today": "1",
        "Last 7 days": "7",
        "Last 30 days": "7",
        "Newsletter": "4",
        "No newsletter": "3",
        "Inactive accounts": "2",
        "Open conversations": "0",
    }
    for value, url in told.values():
        assert not url or len(List(client.get(url)).lines) == int(value), url


def test_a_figure_follows_at_once(home, owner, customer):
    """U15: of a list that is counted, no figure is older than the last change."""
    made = customer(newsletter=True)
    assert figures(home(owner), "accounts")["Newsletter"][0] == "1"
    services.edit_customer(made, {"newsletter": False}, by=Actor.command())
    assert figures(home(owner), "accounts")["Newsletter"][0] == "0"


def test_beyond_ten_thousand_a_figure_says_so_as_its_list_does(home, owner, customer, monkeypatch):
    """Decision 13: nothing is counted to the end of a long list."""
    monkeypatch.setattr(paging, "CAP", 2)
    monkeypatch.setattr("backoffice.lists.found.CAP", 2)
    for _each in range(4):
        customer()
    assert figures(home(owner), "accounts")["No newsletter"][0] == "more than 2"


def test_birthdays_of_today_and_this_week(on_wednesday, home, owner, customer):
    """U15, point 4: each figure leads to those whom it counts; today's are named."""
    ada = customer(first_name="Ada", last_name="Byron", birthday=dt.date(1990, 3, 11))
    for day in ((1950, 3, 9), (2001, 3, 15), (1980, 3, 16), (1980, 3, 8)):
        customer(birthday=dt.date(*day))
    page = home(owner)
    assert figures(page, "birthdays") == {
        "Today": ("1", "/customers/?birthdays=today"),
        "This week": ("3", "/customers/?birthdays=week"),
    }
    (row,) = panel(page, "birthdays").one("tbody").all("tr")
    assert [cell.text for cell in row.all("td")] == ["Ada Byron", "36"]
    assert row.one("a")["href"] == f"/customers/{ada.pk}/"


@pytest.mark.parametrize(
    ("day", "leap_day_too"),
    [("2026-03-01", True), ("2026-02-28", False), ("2028-02-29", True), ("2028-03-01", False)],
)
def test_who_was_born_on_29_february_has_their_birthday_on_1_march_of_other_years(day, leap_day_too):
    """Decision 12."""
    births = births_on(dt.date.fromisoformat(day))
    assert (dt.date(2000, 2, 29) in births) is leap_day_too
    assert len(births) == len(set(births))


def test_my_open_tasks_stand_there_the_first_due_on_top(
    on_wednesday, home, client_of, support, owner, customer
):
    """U15: mine only, none that is done, and what is late says so; the number is that of the list it leads to."""
    john = customer()
    for title, due, facts in (
        ("Call", dt.date(2026, 3, 12), {"assignee": support}),
        ("Write", None, {"assignee": support}),
        ("Offer", dt.date(2026, 3, 10), {"assignee": support}),
        ("Done", dt.date(2026, 3, 1), {"assignee": support, "done_at": timezone.now()}),
        ("Another's", dt.date(2026, 3, 1), {"assignee": owner}),
    ):
        Task.objects.create(customer=john, title=title, due_on=due, **facts)
    block = panel(home(support), "tasks")
    assert block.one("h2").text == "My open tasks (3)"
    rows = [row.all("th") + row.all("td")[:2] for row in block.one("tbody").all("tr")]
    assert [[cell.text for cell in row] for row in rows] == [
        ["Offer", "10 Mar 2026 Overdue", "John DOE"],
        ["Call", "12 Mar 2026", "John DOE"],
        ["Write", "not known", "John DOE"],
    ]
    whole = List(client_of(support).get(block.one("div", "panel-body").all("a")[-1]["href"]))
    assert whole.paging == "Page 1 / 1 | Display 50 / 3 results"


def test_open_conversations_are_counted(home, owner, customer):
    """U15: they lead to their list."""
    john = customer()
    for status in ("open", "open", "closed", "pending1"):
        Thread.objects.create(customer=john, status=status)
    assert figures(home(owner), "accounts")["Open conversations"] == (
        "2",
        "/messages/?status=open",
    )


def test_what_i_did_last_can_be_undone_there(client_of, home, support, customer):
    """U15: also by who may not see the activity of others."""
    made = customer()
    client_of(support).post("/customers/actions/disable/", {"selected": [made.pk]})
    page = home(support)
    (entry,) = panel(page, "mine").all("li")
    assert "Support: “Disable” on 1 row of Customers." in entry.text
    assert entry.one("a").text == "Undo"
    assert page.all("section", "panel", id="others") == []


def test_what_others_did_is_for_who_may_see_the_activity(home, owner, support):
    """U15, decisions, Rights."""
    events.record(Kind.EXPORT, by=Actor(support, Door.PAGE), target="customers", rows=12)
    page = home(owner)
    assert "Support exported 12 rows of Customers." in panel(page, "others").text
    assert panel(page, "others").all("a")[-1]["href"] == "/activity/"
    assert "Nothing yet." in panel(page, "mine").text


def test_moments_are_told_to_the_minute(home, owner):
    """U17: no document prints the seconds of these."""
    with time_machine.travel(WEDNESDAY, tick=False):
        events.record(Kind.EXPORT, by=Actor(owner, Door.PAGE), target="customers", rows=12)
    assert panel(home(owner), "mine").one("time").text == "11 Mar 2026 12:00"


def test_imports_with_errors_of_the_last_week(on_wednesday, home, manager, support):
    """U15: for who may import; an import without errors is no news."""
    command = Actor.command()
    for file, refused in (("good.csv", 0), ("bad.csv", 3)):
        events.record(Kind.IMPORT, by=command, target="customers", rows=12, file=file, refused=refused)
    (entry,) = panel(home(manager), "imports").all("li")
    assert "bad.csv: 3 of 12 rows were refused." in entry.text
    assert home(support).all("section", "panel", id="imports") == []
    with time_machine.travel(WEDNESDAY + dt.timedelta(days=8), tick=False):
        assert home(manager).all("section", "panel", id="imports") == []


def test_an_empty_shop_says_so(home, owner, shop):
    """U15: a sentence in place of zeros."""
    page = home(owner)
    assert "There are no customers yet." in panel(page, "signups").text
    assert [page.all("section", "panel", id=name) for name in ("accounts", "birthdays")] == [[], []]


def test_home_is_no_second_menu(home, owner, customer):
    """U15: what the menu holds is not repeated; the one thing to add is in the title line."""
    customer()
    main = home(owner).one("main")
    lists = {"/customers/", "/groups/", "/tags/", "/titles/", "/staff/", "/profile/", "/help/"}
    assert {one["href"] for one in main.all("a")} & lists == {"/customers/"}
    assert [one.text for one in main.one("div", "title-actions").all("a")] == ["Add a customer"]


def test_without_the_right_to_a_section_no_figure_of_it_is_there(home, viewer, customer):
    """U15, G15."""
    customer()
    role = RightsGroup.objects.get(name="viewer")
    role.permissions.remove(Permission.objects.get(codename="view_customer"))
    page = home(viewer)
    assert [one["id"] for one in page.all("section", "panel")] == ["mine"]
    assert page.all("section", "figures") == []


def test_home_asks_as_often_for_many_as_for_one_and_counts_no_list_to_its_end(client_of, owner, customer):
    """U15, D-1, D-97: a fixed number of queries; each count stops at 10,001, or is of thirty days."""
    client = client_of(owner)

    def asked():
        paging.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return [query["sql"] for query in queries]

    customer(birthday=timezone.localdate())
    client.get("/")
    few = asked()
    for _each in range(30):
        john = customer(birthday=timezone.localdate())
        Task.objects.create(customer=john, title="Call", assignee=owner)
    many = asked()
    assert len(few) == len(many) <= 26, "\n".join(many)
    counts = [text for text in many if "COUNT(" in text]
    unbounded = [text for text in counts if "LIMIT 10001" not in text]
    assert len(unbounded) == 1, "\n".join(unbounded)
    assert "registered_at" in unbounded[0]
