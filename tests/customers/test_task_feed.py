"""One's tasks in calendar programs, by a secret link (S3.36, decision 31)."""

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from backoffice.records.actors import Actor
from backoffice.staff import services as staff_services
from customers import services
from customers.models import TaskFeed
from customers.services.task_feeds import make_feed_link
from tests.reading import read

NOON = dt.datetime(2026, 11, 27, 11, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def noon(time_at) -> None:
    """It is noon of 27 November 2026."""
    time_at(NOON)


@pytest.fixture
def link(owner) -> str:
    """The owner's link."""
    return f"/tasks/feed/{make_feed_link(owner, by=Actor.command())}.ics"


@pytest.fixture
def stranger() -> Client:
    """A calendar program: nobody in particular."""
    return Client()


def events(answer) -> list:
    return Calendar.from_ical(answer.content.decode()).walk("VEVENT")


def test_the_feed_is_a_calendar_of_ones_open_tasks_that_have_a_day(
    stranger, link, task, owner, support, customer
):
    """RFC 5545: all-day without an hour, else in the shop's time zone (Paris is an hour ahead of UTC in November)."""
    ada = customer(first_name="Ada", last_name="Byron")
    day = dt.date(2026, 11, 30)
    whole = task("Whole day", customer=ada, assignee=owner, due_on=day)
    task("At nine", customer=ada, assignee=owner, due_on=day, due_time=dt.time(9, 0))
    task("Some day", customer=ada, assignee=owner)
    task("Over", customer=ada, assignee=owner, due_on=day, done=True)
    task("Another's", customer=ada, assignee=support, due_on=day)
    answer = stranger.get(link)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert [str(one["summary"]) for one in events(answer)] == ["Whole day", "At nine"]
    first, second = events(answer)
    assert (first["dtstart"].dt, first["dtend"].dt) == (day, dt.date(2026, 12, 1))
    assert second["dtstart"].dt == dt.datetime(2026, 11, 30, 8, 0, tzinfo=dt.UTC)
    assert str(first["url"]) == f"http://testserver/tasks/{whole.pk}/"
    assert "Byron" not in answer.content.decode()


def test_a_title_cannot_break_out_of_its_line(stranger, link, task, owner):
    """A newline is not typed into a title; commas, semicolons and backslashes are escaped."""
    title = "Call; then, \\n END:VEVENT"
    task(title, assignee=owner, due_on=dt.date(2026, 11, 30))
    (one,) = events(stranger.get(link))
    assert str(one["summary"]) == title


def test_an_unchanged_feed_is_not_sent_again(stranger, link, task, owner):
    made = task("Call back", assignee=owner, due_on=dt.date(2026, 11, 30))
    tag = stranger.get(link)["ETag"]
    again = stranger.get(link, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    services.save_task(made, {"title": "Call at once"}, by=Actor.command())
    assert stranger.get(link, headers={"if-none-match": tag}).status_code == 200


def test_a_wrong_link_is_not_there(stranger, link):
    for odd in ("x", "1", link[:-5][-43:-1], "é"):
        assert stranger.get(f"/tasks/feed/{odd}.ics").status_code == 404


def test_the_link_is_shown_once_and_only_its_hash_is_stored(client, stranger, owner):
    page = read(client.post("/tasks/feed/"))
    url = page.one("input", "feed-link")["value"]
    assert url.startswith("http://testserver/tasks/feed/")
    assert stranger.get(url).status_code == 200
    token = url.rpartition("/")[2].removesuffix(".ics")
    assert token not in str(TaskFeed.objects.values().get())
    assert not read(client.get("/tasks/calendar/")).all("input", "feed-link")


def test_a_new_link_replaces_the_old_one_and_revoking_ends_it(client, stranger, link):
    new = read(client.post("/tasks/feed/")).one("input", "feed-link")["value"]
    assert stranger.get(link).status_code == 404
    assert stranger.get(new).status_code == 200
    assert client.post("/tasks/feed/", {"revoke": "1"})["Location"] == "/tasks/calendar/"
    assert stranger.get(new).status_code == 404
    page = read(client.get("/activity/?kind=calendar_link"))
    assert [event.one("p").text for event in page.all("li", "event")] == [
        "Owner revoked their calendar link.",
        "Owner created a calendar link.",
        "A command on the server created a calendar link.",
    ]


def test_the_link_of_who_is_disabled_is_gone_and_stays_so(stranger, hire):
    """G34: enabled again, links from before stay closed."""
    person = hire("support", email="leaver@example.com")
    url = f"/tasks/feed/{make_feed_link(person, by=Actor.command())}.ics"
    assert stranger.get(url).status_code == 200
    staff_services.disable(person, by=Actor.command())
    assert stranger.get(url).status_code == 404
    staff_services.enable(person, by=Actor.command())
    assert stranger.get(url).status_code == 404


def test_tasks_of_hidden_customers_are_in_no_feed(stranger, link, task, owner, customer):
    """Decision 43."""
    peter = customer()
    task("Peter's", customer=peter, assignee=owner, due_on=dt.date(2026, 11, 30))
    services.hide_customer(peter, by=Actor.command())
    assert events(stranger.get(link)) == []


def test_a_program_that_asks_all_the_time_is_told_to_wait(stranger, link, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "calendar_feed": "3/1m/ip"}
    assert [stranger.get(link).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert stranger.get(link)["Retry-After"] == "600"
