"""What dates and times of a file mean: by the whole column, or as somebody says (decision 51, findings I2, I5, I12)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from backoffice.importing.reading import Unreadable
from customers.importing import cells
from customers.models import Customer

pytestmark = pytest.mark.alike

PARIS = ZoneInfo("Europe/Paris")
BORN = "E-mail;Last name;First name;Birthday"
SINCE = "E-mail;Last name;First name;created_at"


@pytest.fixture(autouse=True)
def in_2026(monkeypatch):
    """It is 2026: which years of two digits are certain depends on the day."""
    monkeypatch.setattr(cells.timezone, "localdate", lambda *args: dt.date(2026, 11, 27))


def born(*days: str) -> str:
    return f"{BORN}\n" + "".join(f"c{n}@shop.example;Byron;Ada;{day}\n" for n, day in enumerate(days))


def birthdays() -> list[str]:
    return [str(one) for one in Customer.objects.order_by("pk").values_list("birthday", flat=True)]


# Day and month (I12)


@pytest.mark.parametrize(
    ("days", "read", "told"),
    [
        (["5/6/2012", "31/12/1985"], ["2012-06-05", "1985-12-31"], "day"),
        (["5/6/2012", "12/31/1985"], ["2012-05-06", "1985-12-31"], "month"),
    ],
)
def test_one_date_of_a_column_settles_all_of_them(take_in, days, read, told):
    """I12: 0 of 6 people of a published file went in."""
    outcome = take_in(born(*days))
    assert (outcome.counts, birthdays()) == ((2, 0, 0, 0), read)
    assert outcome.remarks == [
        f"Column “Birthday”: the {told} comes first in its dates, as “{days[1]}” in line 3 shows."
    ]


def test_what_no_date_settles_is_asked(take_in):
    """Decision 51: refused with the option, or taken as somebody says."""
    text = born("5/6/2012", "7/7/2012")
    outcome = take_in(text)
    assert outcome.counts == (1, 0, 0, 1)
    assert outcome.reasons == [
        "Is 5 the day or the month? Say it with --dates, or write the date like 1985-04-30."
    ]
    assert take_in(text, dates="month-first").counts == (1, 0, 1, 0)
    assert sorted(birthdays()) == ["2012-05-06", "2012-07-07"]


def test_a_column_that_shows_both_settles_nothing(take_in):
    """What is certain by itself goes in, the others are asked about; so they are if it is said."""
    text = born("5/6/2012", "31/12/1985", "12/31/1985")
    outcome = take_in(text)
    assert (outcome.counts, outcome.places) == ((2, 0, 0, 1), [(2, "Birthday")])
    assert outcome.remarks == []
    assert take_in(text, dates="day-first").counts == (1, 0, 2, 0)
    assert sorted(birthdays()) == ["1985-12-31", "1985-12-31", "2012-06-05"]


def test_each_column_is_read_for_itself(take_in):
    head = "E-mail;Last name;First name;Birthday;Registration"
    outcome = take_in(
        f"{head}\na@shop.example;Byron;Ada;1/2/1985;1/2/2020\nb@shop.example;Bo;Bo;1/31/1985;31/1/2020\n"
    )
    assert outcome.counts == (2, 0, 0, 0)
    ada = Customer.objects.get(email="a@shop.example")
    assert (str(ada.birthday), ada.registered_at) == ("1985-01-02", dt.datetime(2020, 2, 1, tzinfo=PARIS))


def test_a_question_about_the_whole_column_is_shown_by_ten_examples(take_in):
    """I8: not once a row."""
    outcome = take_in(born(*["5/6/2012"] * 30))
    assert (outcome.counts, len(outcome.faults)) == ((0, 0, 0, 30), 10)
    assert outcome.remarks == [
        "Column “Birthday”, 20 more rows: Is 5 the day or the month? Say it with --dates, or write the date like"
        " 1985-04-30."
    ]


def test_dashes_and_points_are_day_first_unless_it_is_said_of_dashes(take_in):
    """The formats met in the wild: 05-06-2012 and 05.06.2012 are French and Polish."""
    take_in(born("05-06-2012", "05.06.2012"))
    assert birthdays() == ["2012-06-05", "2012-06-05"]
    take_in(born("05-06-2012", "05.06.2012"), dates="month-first")
    assert birthdays() == ["2012-05-06", "2012-06-05"]


# Birthdays as people write them (I5)


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("1.3.84", "1984-03-01"),
        ("3/14/84", "1984-03-14"),
        ("1 mars 1984", "1984-03-01"),
        ("1er mars 1984", "1984-03-01"),
        ("01-Mar-84", "1984-03-01"),
        ("March 1, 1984", "1984-03-01"),
        ("1 marca 1984 r.", "1984-03-01"),
        ("1 październik 1984", "1984-10-01"),
        ("12 mai 1984", "1984-05-12"),
        ("1 iunie 1984", "1984-06-01"),
        ("28.11.26", "1926-11-28"),
    ],
)
def test_a_birthday_is_read_where_it_can_be_one_day_only(take_in, day, read):
    """I5: each of them kept a whole customer out."""
    assert take_in(born(day)).counts == (1, 0, 0, 0)
    assert birthdays() == [read]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("1.3.05", "1905 or 2005? Write the year with four digits."),
        ("27.11.26", "1926 or 2026? Write the year with four digits."),
        ("1 mars", "Not a date: write it like 1985-04-30."),
        ("1 marz 1984", "Not a date: write it like 1985-04-30."),
        ("31-Feb-84", "There is no such day or time."),
    ],
)
def test_a_birthday_that_may_be_two_days_is_not_guessed(take_in, day, reason):
    """B13."""
    assert take_in(born(day)).reasons == [reason]


def test_a_registration_of_two_digits_is_not_guessed(take_in):
    """I3: 09/01/24 is refused, and rightly."""
    outcome = take_in(f"{SINCE}\nada@shop.example;Byron;Ada;09/01/24\n", dates="day-first")
    assert outcome.reasons == ["Not a date: write it like 1985-04-30."]


# The clock of a file (I2)


def test_the_clock_of_a_file_can_be_told(take_in):
    """I2: Magento's 22:30 is the next day in Paris; it was stored two hours early."""
    text = f"{SINCE}\nada@shop.example;Byron;Ada;2026-07-01 22:30:00\n"
    outcome = take_in(text, time_zone="UTC")
    assert outcome.remarks == ["Times without a zone are read as those of UTC."]
    made = Customer.objects.get()
    assert made.registered_at == dt.datetime(2026, 7, 2, 0, 30, tzinfo=PARIS)
    assert take_in(text, time_zone="UTC").counts == (0, 0, 1, 0)
    assert take_in(text).counts == (0, 1, 0, 0)
    made.refresh_from_db()
    assert made.registered_at == dt.datetime(2026, 7, 1, 22, 30, tzinfo=PARIS)


def test_the_clock_of_a_shop_that_is_known_is_preset_and_said(take_in):
    """I2: by the columns that only Magento has; a zone that was said counts more."""
    text = "email,_website,_store,firstname,lastname,created_at\na@shop.example,base,,Ada,Byron,2026-07-01 22:30:00\n"
    outcome = take_in(text)
    assert "Magento writes times in UTC; they are read that way." in outcome.remarks
    assert Customer.objects.get().registered_at == dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    outcome = take_in(text, time_zone="Europe/Paris")
    assert outcome.counts == (0, 1, 0, 0)
    assert "Times without a zone are read as those of Europe/Paris." in outcome.remarks


@pytest.mark.parametrize("zone", ["Mars", "../etc/passwd", "Europe", "x" * 300, "UTC\0"])
def test_a_zone_that_there_is_not_is_refused(take_in, zone):
    with pytest.raises(Unreadable, match="is no time zone"):
        take_in(f"{SINCE}\nada@shop.example;Byron;Ada;2026-07-01 22:30:00\n", time_zone=zone)


def test_a_moment_that_names_its_zone_needs_none(take_in):
    take_in(f"{SINCE}\nada@shop.example;Byron;Ada;2026-07-01 22:30:00+02:00\n", time_zone="UTC")
    assert Customer.objects.get().registered_at == dt.datetime(2026, 7, 1, 22, 30, tzinfo=PARIS)
    assert timezone.get_current_timezone_name() == "Europe/Paris"
