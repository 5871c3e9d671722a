"""What a customer's own fields may hold; what others have too stands in `backoffice.rules`. Pure (decision 27)."""

import datetime as dt
from calendar import isleap

from backoffice.rules import Broken, at_most, email, is_unreachable, line, lines

PASSWORD_MAX = 128
TEXT_MAX = 65_000
EARLIEST_BIRTH = 1900
PAYMENT_DAYS_MAX = 2_147_483_647


def birthday(day: dt.date, *, today: dt.date) -> dt.date:
    """A day of birth, from 1900 until today (fact 1.16: not in the future)."""
    if day > today:
        raise Broken("birthday_in_future")
    if day.year < EARLIEST_BIRTH:
        raise Broken("birthday_too_early")
    return day


def long_text(text: str) -> str:
    """What somebody writes: a note, a message; plain text, whatever it looks like."""
    return at_most(lines(text), TEXT_MAX)


def password(text: str, *, at_least: int) -> str:
    """A password for the shop: any characters, so many at least, 128 at most (S0.27, decision 6)."""
    if len(text) < at_least:
        raise Broken("password_too_short", limit=at_least)
    return at_most(text, PASSWORD_MAX)


def placeholder_domain(text: str) -> str:
    """A domain that no mail can reach, or none (S4.40): with another one, somebody else would get the mails."""
    if not line(text):
        return ""
    try:
        domain = email(f"a@{line(text)}").partition("@")[2]
    except Broken as fault:
        raise Broken("domain_malformed") from fault
    if not is_unreachable(f"@{domain}"):
        raise Broken("domain_reachable")
    return domain


def age_on(day: dt.date, born: dt.date) -> int:
    """Age in whole years on a day; who was born on 29 February is a year older from 1 March (decision 12)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def births_on(day: dt.date) -> list[dt.date]:
    """The days of birth of who has a birthday that day: of 29 February on 1 March in other years (decision 12)."""
    years = range(EARLIEST_BIRTH, day.year + 1)
    births = [day.replace(year=year) for year in years if isleap(year) or (day.month, day.day) != (2, 29)]
    if (day.month, day.day) == (3, 1) and not isleap(day.year):
        births += [dt.date(year, 2, 29) for year in years if isleap(year)]
    return births


def years_before(day: dt.date, years: int) -> dt.date:
    """The latest birthday of who is `years` old on `day`; 29 February counts from 1 March (decision 12)."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)
