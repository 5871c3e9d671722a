"""What cells of foreign files mean: yes and no, dates, amounts, in the forms met in the wild. Pure.

Each raises `Broken` where a cell has no meaning or might have two: nothing is guessed (B13).
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..database.folding import fold
from ..rules import Broken
from .months import month_called

_YES = frozenset(
    "1 1.0 1,0 yes y true t on x oui o vrai tak prawda da adevarat ✓ ✔ ☑ enabled active accepted subscribed"
    " accepte abonne zgoda zapisany zapisana aktywny aktywna acord abonat activ actif allowed".split()
)
_NO = frozenset(
    "0 0.0 0,0 no n false f off non faux nie falsz nu fals ✕ ✗ ✖ ✘ ☐ disabled inactive refused unsubscribed blocked"
    " banned refuse desabonne bloque wypisany wypisana zablokowany zablokowana nieaktywny nieaktywna dezacord"
    " dezabonat blocat inactiv inactif".split()
) | {"brak zgody", "fara acord", "not subscribed", "non abonne"}
# What a cell says that has nothing to say, whatever its field (I18).
_NOTHING = frozenset(
    "- -- --- — – n/a n.a. #n/a null none nil (null) (none) (empty) n/d b/d s/o aucun aucune néant brak niciunul"
    " niciuna lipsa 0000-00-00".split()
) | {
    "",
    "0000-00-00 00:00:00",
    "brak danych",
    "nie dotyczy",
    "nie podano",
    "sans objet",
    "non renseigné",
    "nu are",
}
_LONGEST_NOTHING = max(map(len, _NOTHING))
_NEVER = frozenset("never jamais nigdy niciodata".split())

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
EARLIEST = 1900
_TIME = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{6})|[.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME, re.ASCII)
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s/-]*([^\W\d_]{3,12})\.?[\s/,-]*(\d{4}|\d{2})(?: ?r\.)?" + _TIME
)
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME)
_STUCK = re.compile(r"(.{4,}\d{1,2}:\d{2}(?::\d{2})?)\s*(\d.{4,}\d{1,2}:\d{2}(?::\d{2})?)")

_AMOUNT = re.compile(r"([^0-9\s.,+-]*)\s*([+-]?)\s*([0-9.,'’\s]*[0-9])\s*((?:[^0-9\s.,]+\.?)?)")
_DIGITS = 30
_CENT = Decimal("0.01")
_MOST = Decimal("9999999999999.99")
_MOST_THINGS = 1_000_000_000


def is_nothing(text: str, *, of_a_name: bool = False) -> bool:
    """Whether a cell says that there is nothing to say. Somebody may be called Null: no word is, of a person's name."""
    if len(text) > _LONGEST_NOTHING or (of_a_name and text.isalpha()):
        return False
    return text.lower() in _NOTHING


def truth(text: str) -> bool:
    """Yes or no in the words of four languages, of other shops and of databases."""
    word = fold(text.rstrip("\ufe0f"))
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
    if step == "instant":
        return moment
    if step == "day":
        return moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment.replace(second=0, microsecond=0) if step == "minute" else moment.replace(microsecond=0)


class _Written(NamedTuple):
    """The parts of a date as they are written."""

    year: str
    month: int
    day: int
    clock: tuple[str | None, ...]


def moment(text: str, *, order: str = "", until: dt.date | None = None) -> Moment | None:
    """A date with or without a time: 2011-08-09 10:50:53, 09.08.2011 10:50, 9 août 2011. None for "never".

    `order` says which of two numbers is the day where either may be (decision 51). A year of two digits is read where
    only one century is possible, of a day from 1900 `until` then.
    """
    if is_nothing(text) or fold(text) in _NEVER:
        return None
    written = _written(text, order)
    if written is None:
        if (stuck := _STUCK.fullmatch(text)) and _reads(stuck[1]) and _reads(stuck[2]):
            raise Broken("two_dates", first=stuck[1], second=stuck[2])
        raise Broken("not_a_date")
    hour, minute, second, fraction, zone = written.clock
    year = int(written.year) if len(written.year) == 4 else _year_of(written, until)
    try:
        clock = dt.time(int(hour or 0), int(minute or 0), int(second or 0), int(fraction or 0))
        at = dt.datetime.combine(dt.date(year, written.month, written.day), clock)
        if zone:
            at = at.replace(tzinfo=_zone(zone))
    except ValueError:
        raise Broken("no_such_day") from None
    step = "day" if hour is None else "minute" if second is None else "second"
    return Moment(at, "instant" if fraction else step)


def _written(text: str, order: str) -> _Written | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _Written(found[1], int(found[2]), int(found[3]), found.groups()[3:])
    if found := _DAY_FIRST.fullmatch(text):
        day, month = int(found[1]), int(found[3])
        if found[2] == "/" or (found[2] == "-" and order == MONTH_FIRST):
            day, month = _told_apart(day, month, order)
        return _Written(found[4], month, day, found.groups()[4:])
    if (found := _NAMED.fullmatch(text)) and (month_named := month_called(found[2])):
        return _Written(found[3], month_named, int(found[1]), found.groups()[3:])
    if (found := _NAMED_FIRST.fullmatch(text)) and (month_named := month_called(found[1])):
        return _Written(found[3], month_named, int(found[2]), found.groups()[3:])
    return None


def _reads(text: str) -> bool:
    return bool(_YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text))


def _told_apart(first: int, second: int, order: str) -> tuple[int, int]:
    """Day and month of 31/12/1985, which some write the other way round."""
    if first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    if order:
        return (second, first) if order == MONTH_FIRST else (first, second)
    raise Broken("day_or_month", first=first, second=second)


def order_in(text: str) -> str:
    """Which order of day and month a date shows that can have one only, "" for no such date."""
    found = _DAY_FIRST.fullmatch(text)
    if not found or found[2] != "/":
        return ""
    first, second = int(found[1]), int(found[3])
    return DAY_FIRST if second <= 12 < first <= 31 else MONTH_FIRST if first <= 12 < second <= 31 else ""


def _year_of(written: _Written, until: dt.date | None) -> int:
    """The year of which two digits are written: 84 is 1984 for a day of the past, 05 may be 1905 or 2005."""
    if until is None:
        raise Broken("not_a_date")
    day = (written.month, written.day)
    years = [year for year in (1900 + int(written.year), 2000 + int(written.year)) if year >= EARLIEST]
    possible = [year for year in years if (year, *day) <= (until.year, until.month, until.day)]
    if len(possible) > 1:
        raise Broken("which_century", first=possible[0], second=possible[1])
    return possible[0] if possible else years[0]


def _zone(text: str) -> dt.tzinfo:
    if text in ("Z", "UTC"):
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    return dt.timezone((-1 if text[0] == "-" else 1) * dt.timedelta(hours=hours, minutes=minutes))


def day(text: str, *, order: str = "", until: dt.date | None = None) -> dt.date | None:
    """A day, in the same forms; a time beside it is left out (Magento writes 1985-04-30 00:00:00)."""
    found = moment(text, order=order, until=until)
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
