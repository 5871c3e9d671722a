"""A month of tasks as a table (S3.36)."""

import datetime as dt

import pytest

from tests.reading import read

NOON = dt.datetime(2026, 11, 27, 11, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def noon(time_at) -> None:
    """It is noon of 27 November 2026, a Friday."""
    time_at(NOON)


@pytest.fixture
def month(client):
    """`month("2026-11")` gives the page of the owner's month; further parameters by keyword."""
    return lambda month="", **asked: read(client.get("/tasks/calendar/", {"month": month, **asked}))


def day(page, number: int):
    """The cell of a day."""
    return next(one for one in page.all("td", "day") if one.one("span", "day-number").text == str(number))


def test_a_month_is_a_table_with_a_caption_and_its_weeks(month):
    """The days of the week are its columns; English weeks begin on Sunday, as the language has it."""
    page = month("2026-11")
    assert page.one("table").one("caption").text == "Tasks by day: November 2026"
    assert [one.text for one in page.one("thead").all("th")] == [
        "Sun",
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
    ]
    assert [len(row.all("td")) for row in page.one("tbody").all("tr")] == [7] * 5
    assert len(page.all("td", "day")) == 30
    assert [one.one("span", "day-number").text for one in page.all("td", aria_current="date")] == ["27"]


@pytest.mark.parametrize(("language", "first"), [("pl", "pon."), ("fr", "lun."), ("ro", "lun.")])
def test_weeks_begin_on_monday_where_the_language_has_it_so(client_of, hire, language, first):
    person = hire("owner", email="other@example.com", language=language)
    page = read(client_of(person).get("/tasks/calendar/"))
    assert page.one("thead").one("th").text == first


def test_it_shows_ones_own_tasks_or_everybodys(month, task, owner, support, customer):
    adas = customer(first_name="Ada", last_name="Byron")
    task("Mine", customer=adas, assignee=owner, due_on=dt.date(2026, 11, 30), due_time=dt.time(9, 15))
    task("Another's", assignee=support, due_on=dt.date(2026, 11, 30))
    (link,) = day(month(), 30).all("a", "day-task")
    assert link.text == "09:15 Mine Ada Byron"
    assert [one.text for one in day(month(who="all"), 30).all("a", "day-task")] == [
        "Another's John DOE",
        "09:15 Mine Ada Byron",
    ]


def test_what_is_overdue_or_done_says_so_in_words(month, task, owner):
    task("Late", assignee=owner, due_on=dt.date(2026, 11, 26))
    task("Over", assignee=owner, due_on=dt.date(2026, 11, 26), done=True)
    links = day(month(), 26).all("a", "day-task")
    assert [one.text for one in links] == ["Overdue Late John DOE", "Done Over John DOE"]


def test_a_full_day_says_how_many_more_and_leads_to_them(month, client, task, owner, customer):
    ada = customer()
    for number in range(7):
        task(f"Task {number}", customer=ada, assignee=owner, due_on=dt.date(2026, 11, 30))
    full = day(month(), 30)
    assert len(full.all("a", "day-task")) == 4
    more = full.one("a", "day-more")
    assert more.text == "3 more"
    assert more["href"] == f"/tasks/?due_on_after=2026-11-30&due_on_before=2026-11-30&assignee={owner.pk}"
    assert len(read(client.get(more["href"])).one("tbody").all("tr")) == 7


@pytest.mark.parametrize("odd", ["2026-13", "x", "0000-01", "9999-12", "٢٠٢٦-١١", "2026-1"])
def test_a_month_that_means_nothing_is_this_one(month, odd):
    assert month(odd).one("caption").text.endswith("November 2026")


def test_months_follow_each_other_and_keep_whose_they_are(month):
    page = month("2026-12", who="all")
    assert page.one("a", rel="prev")["href"] == "/tasks/calendar/?month=2026-11&who=all"
    assert page.one("a", rel="next")["href"] == "/tasks/calendar/?month=2027-01&who=all"
    assert page.one("a", rel="next")["aria-label"] == "January 2027"


def test_a_day_leads_to_the_form_with_the_day_filled_in(month, client, client_of, viewer):
    link = day(month(), 5).one("a", "day-add")
    assert link["aria-label"] == "Add a task: Thursday 5 November"
    assert read(client.get(link["href"])).one("input", name="due_on")["value"] == "2026-11-05"
    assert not read(client_of(viewer).get("/tasks/calendar/")).all("a", "day-add")


def test_a_month_costs_the_same_for_one_task_and_for_a_hundred(client, task, owner, customer, query_count):
    ada = customer()
    task("One", customer=ada, assignee=owner, due_on=dt.date(2026, 11, 5))
    few = query_count("/tasks/calendar/")
    for number in range(100):
        task(f"Task {number}", customer=ada, assignee=owner, due_on=dt.date(2026, 11, 1 + number % 30))
    assert query_count("/tasks/calendar/") == few
