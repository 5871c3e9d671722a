"""Ages and days at their edges: leap days, and midnight in the shop's time zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")
TODAY = dt.datetime(2026, 3, 10, 15, 0, tzinfo=PARIS)


@pytest.mark.parametrize("today", ["2024-02-29", "2024-02-28", "2024-03-01"])
@pytest.mark.parametrize("born", ["2000-02-28", "2000-02-29", "2000-03-01", "1999-02-28", "1999-03-01"])
def test_the_age_filter_agrees_with_the_age_column_on_every_day_around_a_leap_day(
    customer, listed, today, born
):
    """S1.14, decision 12."""
    customer(birthday=dt.date.fromisoformat(born))
    with time_machine.travel(dt.datetime.fromisoformat(f"{today}T12:00:00+01:00"), tick=False):
        page = listed("sort=id")
        age = int(page.table.column("age").in_file(page.records[0], page))
        assert listed(f"age_min={age}&age_max={age}").total == 1


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Australia/Sydney", "Europe/Paris"])
def test_today_begins_and_ends_at_the_shops_midnight(customer, names, settings, zone):
    """V17: shopware #16439; who registers in the last minute of yesterday is not of today."""
    settings.TIME_ZONE = zone
    midnight = dt.datetime(2026, 3, 10, tzinfo=ZoneInfo(zone))
    for name, minutes in (("Before", -1), ("First", 0), ("Last", 24 * 60 - 1), ("After", 24 * 60)):
        customer(first_name=name, registered_at=midnight + dt.timedelta(minutes=minutes))
    with time_machine.travel(midnight + dt.timedelta(minutes=30), tick=False):
        today = timezone.localdate().isoformat()
    assert today == "2026-03-10"
    assert names(f"registered_after={today}&registered_before={today}&sort=id") == ["First", "Last"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("registered_after=2026-03-02&registered_before=2026-03-01", "registered_before"),
        ("last_visit_after=2026-03-02&last_visit_before=02/02/2026", "last_visit_before"),
    ],
)
def test_a_range_that_ends_before_it_begins_is_told_at_its_end(customer, listed, query, name):
    """Issue 2, bad input: nobody is in it, and the page says why."""
    customer(birthday=dt.date(1986, 5, 4))
    page = listed(query)
    assert page.filter_errors == {name: ["It ends before it begins."]}
    assert page.total == 0


def test_a_range_of_numbers_the_wrong_way_round_is_not_told_in_words_of_days(customer, listed):
    customer(birthday=dt.date(1986, 5, 4))
    page = listed("age_min=50&age_max=30")
    assert page.filter_errors == {"age_max": ["The highest value is below the lowest."]}
    assert page.total == 0


@pytest.mark.parametrize("query", ["age_min=30&age_max=30", "age_max=0", "age_min=0", "age_min=&age_max=5"])
def test_one_end_or_two_that_meet_are_a_range(listed, query):
    """S1.14: from 30 to 30 is everybody who is 30."""
    assert listed(query).filter_errors == {}
