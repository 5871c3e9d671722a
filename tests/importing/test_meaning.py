"""What cells mean: yes and no, dates, amounts, in the forms that shops write (S4.33, the formats met in the wild)."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.importing import meaning
from backoffice.rules import Broken

AHEAD, BEHIND = dt.timezone(dt.timedelta(hours=2, minutes=30)), dt.timezone(-dt.timedelta(hours=5))


@pytest.mark.parametrize(
    "text", ["1", "yes", "YES", "Y", "true", "TRUE", "oui", "vrai", "tak", "Prawda", "da", "adevărat", "✓"]
)
def test_yes_is_said_in_many_words(text):
    """PrestaShop's 1, Shopify's yes, WooCommerce's TRUE, a spreadsheet's PRAWDA."""
    assert meaning.truth(text) is True


@pytest.mark.parametrize(
    "text", ["0", "no", "No", "false", "FALSE", "non", "faux", "nie", "fałsz", "nu", "Fals"]
)
def test_no_is_said_in_many_words(text):
    """The same families of words."""
    assert meaning.truth(text) is False


@pytest.mark.parametrize(
    ("text", "means"),
    [("14:30", dt.time(14, 30)), ("9:05", dt.time(9, 5)), ("23:59:58", dt.time(23, 59, 58))],
)
def test_a_time_of_day_is_read(text, means):
    assert meaning.clock(text) == means


@pytest.mark.parametrize("text", ["14", "25:00", "14:60", "2 pm", "١٤:٣٠", "14:30:00:00", "-1:30"])
def test_what_is_no_time_of_day_is_not_guessed(text):
    """B13: nothing is guessed."""
    with pytest.raises(Broken, match="not_a_time"):
        meaning.clock(text)


@pytest.mark.parametrize("text", ["2", "maybe", "-1", "10", "yes no"])
def test_what_is_neither_yes_nor_no_is_not_guessed(text):
    """B13: nothing is guessed."""
    with pytest.raises(Broken, match="not_yes_or_no"):
        meaning.truth(text)


@pytest.mark.parametrize(
    ("text", "moment", "step"),
    [
        ("2011-08-09", dt.datetime(2011, 8, 9), "day"),
        ("2011-08-09 10:50:53", dt.datetime(2011, 8, 9, 10, 50, 53), "second"),
        ("2011-08-09T10:50:53.123Z", dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=dt.UTC), "second"),
        ("2011/08/09", dt.datetime(2011, 8, 9), "day"),
        ("09.08.2011 10:50", dt.datetime(2011, 8, 9, 10, 50), "minute"),
        ("09-08-2011", dt.datetime(2011, 8, 9), "day"),
        ("9.8.2011", dt.datetime(2011, 8, 9), "day"),
        ("31/12/1985", dt.datetime(1985, 12, 31), "day"),
        ("12/31/1985", dt.datetime(1985, 12, 31), "day"),
        ("13/12/1985", dt.datetime(1985, 12, 13), "day"),
        ("12/13/1985", dt.datetime(1985, 12, 13), "day"),
        ("5/5/1985 7:08", dt.datetime(1985, 5, 5, 7, 8), "minute"),
        ("2011-08-09 10:50 UTC", dt.datetime(2011, 8, 9, 10, 50, tzinfo=dt.UTC), "minute"),
        ("2011-08-09 10:50:53 +0230", dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=AHEAD), "second"),
        ("2011-08-09T10:50:53-05:00", dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=BEHIND), "second"),
    ],
)
def test_dates_are_read_as_they_are_written_in_poland_france_and_databases(text, moment, step):
    """S4.31, S4.33, D-62: with a time or without."""
    found = meaning.moment(text)
    assert found == (moment, step)
    assert found.at.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    ("text", "stored", "same"),
    [
        ("2011-08-09 10:50:53", "2011-08-09 08:50:53.9+00:00", True),  # summer time in Paris
        ("2011-08-09 10:50:53", "2011-08-09 08:50:54+00:00", False),
        ("2011-08-09 10:50", "2011-08-09 08:50:59.9+00:00", True),
        ("2011-08-09 10:50", "2011-08-09 08:51:00+00:00", False),
        ("2011-08-09", "2011-08-08 22:00:00+00:00", True),
        ("2011-08-09", "2011-08-09 21:59:59.9+00:00", True),
        ("2011-08-09", "2011-08-09 22:00:00+00:00", False),
        ("2011-08-09T10:50:53Z", "2011-08-09 10:50:53.9+00:00", True),
        ("2011-08-09T10:50:53Z", "2011-08-09 08:50:53+00:00", False),
    ],
)
def test_a_moment_is_the_same_as_far_as_the_file_tells_it(text, stored, same):
    """B13: a file that was written by the minute changes no second."""
    stored = dt.datetime.fromisoformat(stored)
    assert meaning.moment(text).is_the_same_as(stored, ZoneInfo("Europe/Paris")) is same


@pytest.mark.parametrize("text", ["", "-", "--", "0000-00-00", "0000-00-00 00:00:00", "Jamais", "never"])
def test_no_date_is_no_fault(text):
    """D-25: PrestaShop's date of noughts says nothing."""
    assert meaning.moment(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("which format?", "not_a_date"),
        ("2001-02-30", "no_such_day"),
        ("2001-13-01", "no_such_day"),
        ("2011-08-09 25:00", "no_such_day"),
        ("20.11.2021 13:0120.11.2021 13:01", "two_dates"),
        ("03/04/1985", "day_or_month"),
        ("12/05/1985", "day_or_month"),
        ("05/12/1985", "day_or_month"),
        ("1985", "not_a_date"),
        ("٢٠١١-08-09", "not_a_date"),
    ],
)
def test_a_date_that_is_none_or_may_be_two_is_a_fault_with_its_reason(text, code):
    """S4.32, S4.34, B13; the published sample of 1.4."""
    with pytest.raises(Broken, match=code):
        meaning.moment(text)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("191,20 zł", "191.20", "zł"),
        ("622,99 €", "622.99", "€"),
        ("€622.99", "622.99", "€"),
        ("155.63", "155.63", ""),
        ("0", "0.00", ""),
        ("10.0000", "10.00", ""),
        ("1 234,56 €", "1234.56", "€"),
        ("1\u00a0234,56 €", "1234.56", "€"),
        ("1\u202f234,56 €", "1234.56", "€"),
        ("1,234.56", "1234.56", ""),
        ("1.234,56 lei", "1234.56", "lei"),
        ("1,234,567", "1234567.00", ""),
        ("1'234.50 CHF", "1234.50", "CHF"),
        ("PLN 12", "12.00", "PLN"),
        ("0.005", "0.01", ""),
        ("0,123", "0.12", ""),
        ("1,234.567", "1234.57", ""),
        ("1.234.567,8", "1234567.80", ""),
        ("+5", "5.00", ""),
        ("-0", "0.00", ""),
        ("9999999999999.99", "9999999999999.99", ""),
        ("0" * 29 + "5", "5.00", ""),
    ],
)
def test_money_is_read_with_its_currency(text, value, currency):
    """S4.33, S1.59: the comma of Poland and France, the dot of files, thousands in any dress."""
    assert meaning.amount(text) == (Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,234", "thousand_or_fraction"),
        ("1.234", "thousand_or_fraction"),
        ("-5", "negative"),
        ("12 zł 3", "not_an_amount"),
        ("12,3,4", "not_an_amount"),
        ("five", "not_an_amount"),
        ("9" * 40, "number_too_large"),
        ("1" + "0" * 26, "number_too_large"),
        ("9" * 30, "number_too_large"),
        ("999999999999999", "number_too_large"),
        ("10000000000000", "number_too_large"),
        ("0" * 30 + "5", "number_too_large"),
        ("€ 5 EUR", "not_an_amount"),
        (",5", "not_an_amount"),
        ("1,234,56", "not_an_amount"),
        ("1.234,567.89", "not_an_amount"),
        ("12,34.50", "not_an_amount"),
        ("1234,567,890", "not_an_amount"),
    ],
)
def test_an_amount_that_is_none_or_may_be_two_is_a_fault(text, code):
    """B13: is 1,234 a thousand or a bit more than one? The file must say."""
    with pytest.raises(Broken, match=code):
        meaning.amount(text)


def test_a_number_of_orders_is_whole_and_fits():
    """Shopify's Total Orders."""
    assert (meaning.whole("12"), meaning.whole("12.0"), meaning.whole("--")) == (12, 12, None)
    assert (meaning.whole("1000000000"), meaning.whole("0" * 30 + "12")) == (1_000_000_000, 12)
    for text in ("1.5", "-1", "²", "many", "1000000001", "9" * 500):
        with pytest.raises(Broken):
            meaning.whole(text)


@given(st.text(max_size=40))
def test_no_cell_at_all_makes_a_reader_fall_over(text):
    """A cell means something, nothing, or is a fault with a reason."""
    for read in (meaning.truth, meaning.moment, meaning.day, meaning.amount, meaning.whole):
        with suppress(Broken):
            read(text)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_as_files_print_it_comes_back_exact(value):
    """Habit 12: money is exact."""
    assert meaning.amount(str(value)) == (value, "")
    assert meaning.amount(f"{value} €".replace(".", ",")) == (value, "€")


@given(st.datetimes(min_value=dt.datetime(1000, 1, 1)))
def test_a_moment_as_files_print_it_comes_back_exact(moment):
    """D-61: ISO dates."""
    moment = moment.replace(microsecond=0)
    assert meaning.moment(moment.isoformat(" ")) == (moment, "second")
