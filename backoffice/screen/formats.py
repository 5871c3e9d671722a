"""Dates, numbers and money as the reader's language writes them (decision 14, S1.59), by Babel."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_decimal_symbol,
    get_group_symbol,
)
from babel.units import format_unit
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

_PATTERNS = {"fr": "dd-MM-yyyy", "pl": "dd.MM.yyyy", "ro": "dd.MM.yyyy", "en": "d MMM yyyy"}


def not_set() -> str:
    """What is said of a value that is not there, where an empty place would say nothing (U20)."""
    return pgettext("value", "not set")


def language() -> str:
    """The reader's language, one of those that formats are known for."""
    code = (get_language() or "en")[:2]
    return code if code in _PATTERNS else "en"


def decimal_symbol() -> str:
    """What stands before the decimals in the reader's language."""
    return get_decimal_symbol(language())


def group_symbol() -> str:
    """What stands between thousands in the reader's language."""
    return get_group_symbol(language())


@lru_cache(maxsize=4096)
def _day(value: dt.date, language: str) -> str:
    return format_date(value, _PATTERNS[language], locale=language)


def _local(value: dt.datetime) -> dt.datetime:
    return value.astimezone(timezone.get_default_timezone())


def day(value: dt.date | dt.datetime | None) -> str:
    """A day: 09-08-2011 in French, 9 Aug 2011 in English; moments are shown in the shop's time zone."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value).date()
    return _day(value, language())


def moment(value: dt.datetime | None) -> str:
    """A day with its time, 09-08-2011 10:50:53, in the shop's time zone (S1.17)."""
    if value is None:
        return ""
    local = _local(value)
    return f"{_day(local.date(), language())} {local.time().isoformat('seconds')}"


def moment_with_zone(value: dt.datetime) -> str:
    """The same with the zone, 09-08-2011 10:50:53 CEST, for who may be elsewhere."""
    return f"{moment(value)} {_local(value).tzname()}"


def clock(value: dt.datetime) -> str:
    """The time of a moment, 10:50:53, in the shop's time zone."""
    return _local(value).time().isoformat("seconds")


def time_of(value: dt.datetime) -> str:
    """The hour and minute of a moment, 10:50, in the shop's time zone."""
    return time_of_day(_local(value).time())


def day_heading(value: dt.datetime) -> str:
    """The day of a moment over what happened on it, in the shop's time zone: "Today, 27 Nov 2026", "26 Nov 2026"."""
    ago = (_local(timezone.now()).date() - _local(value).date()).days
    word = {0: _("Today"), 1: _("Yesterday")}.get(ago)
    return f"{word}, {day(value)}" if word else day(value)


def minute(value: dt.datetime | None) -> str:
    """A day with hours and minutes, in the shop's time zone: what no document prints to the second (U17)."""
    return moment(value)[: -len(":00")]


def time_of_day(value: dt.time | None) -> str:
    """A time of day, 14:30 in every language of ours."""
    return "" if value is None else value.isoformat("minutes")


def weekday(value: dt.date) -> str:
    """A day of the coming week by its name: Friday, piątek."""
    return format_date(value, "EEEE", locale=language())


def _with_minus(told: str) -> str:
    """A figure below zero with the sign of that name, as wide as a plus: a hyphen is none."""
    return told.replace("-", "−")


_SAMPLE = Decimal("1234567.89")


@lru_cache
def _money_pattern(currency: str, language: str, usual: bool) -> tuple[str, str, str, dict[int, str]] | None:
    """What Babel does with an amount: before it, the format of its digits, after it, and the separators to put in.

    `usual` has as many decimals as the currency, else it is two.

    None where it does something else. Babel itself takes a tenth of a millisecond an amount, and hardly two customers
    spent the same.
    """
    number = f"{{:,.{get_currency_precision(currency) if usual else 2}f}}"
    separators = str.maketrans({",": get_group_symbol(language), ".": get_decimal_symbol(language)})
    shown = format_currency(_SAMPLE, currency, locale=language, currency_digits=usual)
    before, digits, after = shown.partition(number.format(_SAMPLE).translate(separators))
    return (before, number, after, separators) if digits else None


@lru_cache
def smallest_coin(currency: str) -> int:
    """The least that is paid in a currency, in hundredths: 1 of euros, 100 of yen and whatever else has no cents."""
    return 10 ** max(0, 2 - get_currency_precision(currency))


@lru_cache(maxsize=4096)
def _money(amount: Decimal, currency: str, language: str) -> str:
    # A fraction of a yen is shown where there is one: sums add up.
    usual = amount == round(amount, get_currency_precision(currency))
    pattern = _money_pattern(currency, language, usual)
    if amount < 0 or pattern is None:
        return _with_minus(format_currency(amount, currency, locale=language, currency_digits=usual))
    before, number, after, separators = pattern
    return f"{before}{number.format(amount).translate(separators)}{after}"


def money(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency: 622,99 € in French (S1.59), €622.99 in English."""
    return "" if amount is None else _money(amount, currency, language())


def money_in(currency: str) -> Callable[[Decimal], str]:
    """What `money` says of amounts in this currency, for who tells thousands: the reader is asked once."""
    told = language()
    return lambda amount: _money(amount, currency, told)


def shop_money(amount: Decimal | None) -> str:
    """An amount in the shop's own currency."""
    return money(amount, settings.SHOP_CURRENCY)


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, language: str) -> str:
    return _with_minus(format_decimal(value, locale=language))


def number(value: int | float | Decimal | None) -> str:
    """A number with the language's separators: 12,345 or 12 345."""
    return "" if value is None else _number(value, language())


def numbers() -> Callable[[int], str]:
    """What `number` says, for who tells thousands: the reader is asked once."""
    told = language()
    return lambda value: _number(value, told)


def decimals(value: float | Decimal, places: int) -> str:
    """A number with exactly so many decimals: 0.00 or 0,00 (S1.79)."""
    return _with_minus(format_decimal(value, "#,##0." + "0" * places, locale=language()))


def typed(value: Decimal, places: int) -> str:
    """A number as people type it: with exactly so many decimals, and nothing between the thousands."""
    return format_decimal(value, "0." + "0" * places if places else "0", locale=language())


@lru_cache(maxsize=1024)
def _percent(share: float | Decimal, places: int, language: str) -> str:
    pattern = Locale.parse(language).percent_formats[None].pattern
    return _with_minus(format_percent(share, pattern.replace("0", "0." + "#" * places), locale=language))


def percent(share: float | Decimal | None, places: int = 0) -> str:
    """A share of 1 as a percentage with so many decimals at most: 0.416 is 42% in English, 42 % in French."""
    return "" if share is None else _percent(share, places, language())


_PARTS = (("duration-day", 24 * 60), ("duration-hour", 60), ("duration-minute", 1))


def duration(minutes: int) -> str:
    """A time span in days, hours and minutes: 1 day 2 hours, 6 godzin."""
    said, rest = [], minutes
    for unit, length in _PARTS:
        count, rest = divmod(rest, length)
        if count:
            said.append(format_unit(count, unit, locale=language()))
    return " ".join(said)


def labelled(label: object, value: object) -> str:
    """A label with its value, with the colon as the language sets it: "Âge : 41" in French."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def quoted(text: str) -> str:
    """A text in quotation marks as the language sets them: “Age”, « Age », „Age”."""
    return _("“%(text)s”") % {"text": text}


def language_name(code: str) -> str:
    """The name of a language in the reader's language, as a sentence writes it."""
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name(language()) or code
    except ValueError:
        return code


def language_label(code: str) -> str:
    """The name of a language where it stands by itself: with a capital, as in columns and choices."""
    name = language_name(code)
    return name[:1].upper() + name[1:]
