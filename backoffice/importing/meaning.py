"""What cells of foreign files mean: yes and no, dates, amounts, in the forms met in the wild. Pure.

Each raises `Broken` where a cell has no meaning or might have two: nothing is guessed (B13).
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..database.folding import fold
from ..rules import Broken

_YES = frozenset("1 yes y true t on x oui o vrai tak prawda da adevarat ✓ enabled active".split())
_NO = frozenset("0 no n false f off non faux nie falsz nu fals ✕ ✗ disabled inactive".split())
_NOTHING = frozenset(("", "-", "--", "—", "–", "null", "n/a", "0000-00-00", "0000-00-00 00:00:00"))
_NEVER = frozenset("never jamais nigdy niciodata".split())

_TIME = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TIME, re.ASCII)
_STUCK = re.compile(r"(.{4,}\d{1,2}:\d{2}(?::\d{2})?)\s*(\d.{4,}\d{1,2}:\d{2}(?::\d{2})?)")

_AMOUNT = re.compile(r"([^0-9\s.,+-]*)\s*([+-]?)\s*([0-9.,'’\s]*[0-9])\s*((?:[^0-9\s.,]+\.?)?)")
_DIGITS = 30
_CENT = Decimal("0.01")
_MOST = Decimal("9999999999999.99")
_MOST_THINGS = 1_000_000_000


def is_nothing(text: str) -> bool:
    """Whether a cell of dates, numbers or choices says that there is nothing to say."""
    return text.lower() in _NOTHING


def truth(text: str) -> bool:
    """Yes or no in the words of five languages and of databases."""
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Broken("not_yes_or_no")


_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")


def clock(text: str) -> dt.time:
    """A time of day: 14:30."""
    hour, _colon, rest = text.partition(":")
    try:
        if _CLOCK.fullmatch(text):
            return dt.time.fromisoformat(f"{hour.zfill(2)}:{rest}")
    except ValueError:
        pass
    raise Broken("not_a_time")


class Moment(NamedTuple):
    """A point in time as written: `at` is naive where no zone was given, `step` what it is exact to."""

    at: dt.datetime
    step: str

    def is_the_same_as(self, stored: dt.datetime, zone: dt.tzinfo) -> bool:
        """Whether a stored moment would be written like this, in this zone if none was given."""
        if self.at.tzinfo is None:
            return _cut(stored.astimezone(zone).replace(tzinfo=None), self.step) == self.at
        return _cut(stored, self.step) == self.at


def _cut(moment: dt.datetime, step: str) -> dt.datetime:
    if step == "day":
        return moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment.replace(second=0, microsecond=0) if step == "minute" else moment.replace(microsecond=0)


def moment(text: str) -> Moment | None:
    """A date with or without a time: 2011-08-09 10:50:53, 09.08.2011 10:50, 09-08-2011. None for "never"."""
    if is_nothing(text) or fold(text) in _NEVER:
        return None
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], found[2], found[3]
        clock = found.groups()[3:]
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found[1], found[3], found[4]
        clock = found.groups()[4:]
        if found[2] == "/":
            day, month = _told_apart(int(day), int(month))
    elif (stuck := _STUCK.fullmatch(text)) and _reads(stuck[1]) and _reads(stuck[2]):
        raise Broken("two_dates", first=stuck[1], second=stuck[2])
    else:
        raise Broken("not_a_date")
    hour, minute, second, zone = clock
    try:
        at = dt.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
        if zone:
            at = at.replace(tzinfo=_zone(zone))
    except ValueError:
        raise Broken("no_such_day") from None
    return Moment(at, "day" if hour is None else "minute" if second is None else "second")


def _reads(text: str) -> bool:
    return bool(_YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text))


def _told_apart(first: int, second: int) -> tuple[int, int]:
    """Day and month of 31/12/1985, which some write the other way round."""
    if first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    raise Broken("day_or_month", first=first, second=second)


def _zone(text: str) -> dt.tzinfo:
    if text in ("Z", "UTC"):
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    return dt.timezone((-1 if text[0] == "-" else 1) * dt.timedelta(hours=hours, minutes=minutes))


def day(text: str) -> dt.date | None:
    """A day, in the same forms; a time beside it is left out (Magento writes 1985-04-30 00:00:00)."""
    found = moment(text)
    return found.at.date() if found else None


class Amount(NamedTuple):
    """An amount of money, to the cent; `currency` as written ("zł", "EUR"), empty where nothing was."""

    value: Decimal
    currency: str


def amount(text: str) -> Amount | None:
    """191,20 zł, 622,99 €, €1,234.56, 155.63, 10.0000. None for nothing."""
    if is_nothing(text):
        return None
    found = _AMOUNT.fullmatch(text)
    if not found or (found[1] and found[4]):
        raise Broken("not_an_amount")
    if len(found[3]) > _DIGITS:
        raise Broken("number_too_large")
    value = _number(re.sub(r"[\s'’]", "", found[3]))
    if found[2] == "-" and value:
        raise Broken("negative")
    return Amount(value, found[1] or found[4])


def _number(digits: str) -> Decimal:
    marks = [c for c in digits if c in ",."]
    mark = marks[-1] if marks else ""
    whole, _, cents = digits.rpartition(mark) if mark else (digits, "", "")
    if mark and (marks.count(mark) > 1 or not whole):
        # 1,234,567: the mark parts thousands, unless there is another one after it.
        if len(set(marks)) > 1 or not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
            raise Broken("not_an_amount")
        whole, cents = digits, ""
    elif mark and len(marks) == 1 and len(cents) == 3 and whole.strip("0"):
        raise Broken("thousand_or_fraction")
    if len(set(marks)) > 1 and not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})*", whole):
        raise Broken("not_an_amount")
    number = Decimal(f"{re.sub(r'[.,]', '', whole)}.{cents or 0}")
    # Before it is rounded: there is no rounding of more than 28 digits.
    if number > _MOST:
        raise Broken("number_too_large")
    return number.quantize(_CENT, ROUND_HALF_UP)


def whole(text: str) -> int | None:
    """A number of things, 12 or 12.0. None for nothing."""
    if is_nothing(text):
        return None
    found = re.fullmatch(r"(\d+)(?:\.0+)?", text, re.ASCII)
    if not found:
        raise Broken("not_a_number")
    number = Decimal(found[1])
    if number > _MOST_THINGS:
        raise Broken("number_too_large")
    return int(number)
