"""Telephone numbers as they are compared: digits alone, whatever stands between them (finding V1). Pure."""

import re

_TRUNK = re.compile(r"\(\s*0\s*\)")
_NO_DIGIT = re.compile(r"[^0-9]+")
# The country codes of one and of two digits (ITU-T E.164); all others have three.
_OF_ONE = frozenset("17")
_OF_TWO = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86"
    " 90 91 92 93 94 95 98".split()
)
# From here on a leading 0 is taken for that of a national number.
_NATIONAL = 7


def digits_of(number: str) -> str:
    """The digits that are stored of a number: without the 00 of an international one, and without a "(0)" in it."""
    digits, _international = _read(number)
    return digits


def sought_digits(number: str) -> tuple[str, ...]:
    """What to look for among stored digits, any of it: the number, and as it is written at home or from abroad."""
    digits, international = _read(number)
    if international:
        length = 1 if digits[:1] in _OF_ONE else 2 if digits[:2] in _OF_TWO else 3
        at_home = digits[length:].lstrip("0")
        return (digits, f" 0{at_home}") if len(at_home) >= _NATIONAL - 1 else (digits,)
    if digits.startswith("0") and len(digits) >= _NATIONAL:
        return digits, digits[1:]
    return (digits,)


def _read(number: str) -> tuple[str, bool]:
    """The digits, and whether the number says itself that it begins with a country's code."""
    text = number.strip().lstrip("(")
    digits = _NO_DIGIT.sub("", text)
    international = text.startswith("+") or digits.startswith("00")
    if international:
        digits = _NO_DIGIT.sub("", _TRUNK.sub("", text, count=1)).removeprefix("00")
    return digits, international
