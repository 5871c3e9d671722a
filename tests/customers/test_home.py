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
from backoffice.live import memory
from backoffice.records import events
from backoffice.records.actors import Actor, Door
from backoffice.records.events import Kind
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


def test_birthdays_of_today_and_this_week(on_wednesday, home, owner, customer):
    """U15, point 4: each figure leads to those whom it counts; named are today's, then who comes next."""
    ada = customer(first_name="Ada", last_name="Byron", birthday=dt.date(1990, 3, 11))
    for day in ((1950, 3, 9), (2001, 3, 15), (1980, 3, 16), (1980, 3, 8)):
        customer(birthday=dt.date(*day))
    page = home(owner)
    assert figures(page, "birthdays") == {
        "Today": ("1", "/customers/?birthdays=today"),
        "This week": ("3", "/customers/?birthdays=week"),
    }
    rows = panel(page, "birthdays").one("tbody").all("tr")
    assert [[cell.text for cell in row.all("td")] for row in rows] == [
        ["Ada Byron", "Today", "36"],
        ["John DOE", "Sunday", "25"],
    ]
    assert rows[0].one("a")["href"] == f"/customers/{ada.pk}/"


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


def test_open_conversations_wait_the_longest_on_top(on_wednesday, home, client_of, owner, customer):
    """U15; issue 10, point 12: their number is that of the list that they lead to."""
    john = customer()
    for subject, status, ago in (
        ("New", "open", 1),
        ("Old", "open", 5),
        ("Done", "closed", 9),
        ("Later", "pending1", 9),
    ):
        Thread.objects.create(customer=john, subject=subject, status=status, last_message_at=days_ago(ago))
    block = panel(home(owner), "messages")
    assert block.one("h2").text == "Messages waiting (2)"
    assert [row.all("th")[0].text for row in block.one("tbody").all("tr")] == ["Old", "New"]
    whole = List(client_of(owner).get(block.one("div", "panel-body").all("a")[-1]["href"]))
    assert whole.paging == "Page 1 / 1 | Display 50 / 2 results"


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
    """U15: a sentence in place of rows."""
    page = home(owner)
    assert "Nobody is in the shop right now." in panel(page, "online").text
    assert "Nothing has happened in the last 24 hours." in panel(page, "happened").text
    assert [page.all("section", "panel", id=name) for name in ("abandoned_soon", "birthdays")] == [[], []]


def test_home_is_no_second_menu(home, owner, customer):
    """U15; issue 10, point 12: what the menu holds is not repeated; the one thing to add is in the title line."""
    customer()
    main = home(owner).one("main")
    lists = {"/customers/", "/groups/", "/tags/", "/titles/", "/visits/", "/staff/", "/profile/", "/help/"}
    assert {one["href"] for one in main.all("a")} & lists == set()
    assert [one.text for one in main.one("div", "title-actions").all("a")] == ["Add a customer"]


def test_without_a_right_its_block_is_not_there(home, viewer, customer):
    """U15, G15: neither blocks nor figures of what one may not see."""
    customer(birthday=timezone.localdate())
    role = RightsGroup.objects.get(name="viewer")
    seen = ("view_customer", "view_visit", "view_cart", "view_order", "view_thread", "view_task")
    role.permissions.remove(*Permission.objects.filter(codename__in=seen))
    page = home(viewer)
    assert [one["id"] for one in page.all("section", "panel")] == ["mine"]
    assert page.all("section", "card") == []


def test_home_asks_as_often_for_many_as_for_one_and_counts_no_list_to_its_end(client_of, owner, customer):
    """U15, D-1, D-97: a fixed number of queries; each count stops at 10,001, or is of two weeks at most."""
    client = client_of(owner)

    def asked():
        paging.forget()
        memory.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return [query["sql"] for query in queries]

    for _each in range(5):
        customer(birthday=timezone.localdate())
    client.get("/")
    few = asked()
    for _each in range(30):
        john = customer(birthday=timezone.localdate())
        Task.objects.create(customer=john, title="Call", assignee=owner)
    many = asked()
    assert len(few) == len(many) <= 36, "\n".join(many)
    counts = [text for text in many if "COUNT(" in text]
    bounds = ("LIMIT 10001", "registered_at", "placed_at", "started_at", "last_seen_at", "changed_at")
    assert [text for text in counts if not any(bound in text for bound in bounds)] == []
