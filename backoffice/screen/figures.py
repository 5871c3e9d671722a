"""Numbers as people type them, read by the reader's language: 1,5 is never fifteen (finding D6)."""

import re
from decimal import Decimal
from functools import cache

from babel.numbers import get_currency_symbol
from django.conf import settings

from ..rules import Broken
from .formats import decimal_symbol, group_symbol

_TYPED = re.compile(
    r"(?P<sign>[+\-−]?)\s*(?P<before>[^0-9\s.,+\-−]*)\s*(?P<digits>[0-9.,'’\s]*[0-9])\s*(?P<after>\D*)"
)
_BLANKS = r"[\s'’]"
_IN_BLANKS = re.compile(rf"[0-9]{{1,3}}(?:{_BLANKS}[0-9]{{3}})+(?:[.,][0-9]+)?")
_IN_THREES = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")


def typed_number(text: str) -> Decimal:
    """The number that a text says, with its separators as this language or any other has them, where that is clear.

    A sign of the shop's currency or of per cent may stand beside it, as lists print it. `Broken` where it is no number,
    or could be a thousand and a fraction.
    """
    found = _TYPED.fullmatch(text.strip())
    if not found or not {found["before"], found["after"]} <= _units() or (found["before"] and found["after"]):
        raise Broken("no_number")
    number = _read(found["digits"])
    return -number if found["sign"] in ("-", "−") else number


@cache
def _units() -> frozenset[str]:
    currency = settings.SHOP_CURRENCY
    signs = (get_currency_symbol(currency, locale=code) for code, _name in settings.LANGUAGES)
    return frozenset(("", "%", currency, *signs))


def _read(digits: str) -> Decimal:
    if re.search(_BLANKS, digits):
        if not _IN_BLANKS.fullmatch(digits):
            raise Broken("no_number")
        return Decimal(re.sub(_BLANKS, "", digits).replace(",", "."))
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return Decimal(digits)
    whole, mark, rest = digits.rpartition(marks[-1])
    if marks.count(mark) > 1 or (len(marks) == 1 and _is_thousand(whole, mark, rest)):
        whole, rest = digits, "0"
    parted = [c for c in whole if c in ".,"]
    if parted and (len(set(parted)) > 1 or not _IN_THREES.fullmatch(whole)):
        raise Broken("no_number")
    return Decimal(f"{re.sub('[.,]', '', whole) or 0}.{rest}")


def _is_thousand(whole: str, mark: str, rest: str) -> bool:
    """Whether the one mark of a number parts thousands; it parts the decimals where the language says so."""
    if mark == decimal_symbol() or len(rest) != 3 or len(whole) > 3 or not whole.strip("0"):
        return False
    if mark == group_symbol():
        return True
    raise Broken("thousand_or_fraction")
