"""Ages and days at their edges: leap days, and midnight in the shop's time zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

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
        age = int(page.table.column("age").plain(page.records[0], page))
        assert listed(f"age_min={age}&age_max={age}").total == 1
