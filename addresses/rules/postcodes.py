"""Postcodes as each country writes them (facts 6.3). Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from backoffice.rules import Broken, at_most, line, visible

LONGEST = 12
_SIGNS = re.compile(r"[0-9A-Za-z -]*")
_FORMAT = re.compile(r"[NLC0-9A-Za-z -]*")
_BETWEEN = re.compile(r"[ -]")
_OTHER_SIGN = str.maketrans("- ", " -")
_MEANS = {"N": "[0-9]", "L": "[A-Z]", " ": "[ -]?", "-": "[ -]?"}


class PostcodeRule(NamedTuple):
    """What a country asks of its postcodes: `format` in N, L and C counts, else the regular expression `pattern`."""

    country: str
    format: str = ""
    pattern: str = ""
    example: str = ""

    @property
    def expression(self) -> str:
        """The whole rule as a regular expression, "" where there is none."""
        return expression_of(self.format, self.country) if self.format else self.pattern

    @property
    def looks_like(self) -> str:
        """A postcode to show who typed another one (facts 6.3)."""
        if self.format:
            return self.format.replace("C", self.country).replace("N", "0").replace("L", "A")
        return self.example


def postcode(text: str) -> str:
    """A postcode of any country: letters, digits, blanks and hyphens."""
    typed = at_most(visible(line(text)), LONGEST)
    if not _SIGNS.fullmatch(typed):
        raise Broken("postcode_malformed")
    return typed


def postcode_format(text: str) -> str:
    """A format in N for a digit, L for a letter, C for the country's code (facts 6.3)."""
    typed = at_most(line(text), LONGEST).upper()
    if not _FORMAT.fullmatch(typed) or not re.search("[NLC]", typed):
        raise Broken("postcode_format_malformed")
    return typed


def fitting(text: str, rule: PostcodeRule) -> str:
    """The postcode as the country writes it: capitals, and the blank or hyphen where its rule insists on one.

    `Broken` where it is none of that country.
    """
    if not rule.expression:
        return text
    known = _compiled(rule.expression)
    found = next((one for one in _spellings(text, rule.looks_like) if known.fullmatch(one)), None)
    if found is None:
        raise Broken("postcode_of_another", example=rule.looks_like)
    return found


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _spellings(text: str, example: str) -> Iterator[str]:
    """The ways to write it, the typed one first: case never counts, and the blank or hyphen may be missing, or be the
    other one of the two; a sign at another place makes another postcode."""
    yield text
    yield (typed := text.upper())
    if _BETWEEN.search(typed):
        yield typed.translate(_OTHER_SIGN)
        return
    if sign := _BETWEEN.search(example):
        yield f"{typed[: sign.start()]}{sign[0]}{typed[sign.start() :]}"
    for between in "- ":
        for place in range(1, len(typed)):
            yield f"{typed[:place]}{between}{typed[place:]}"


def expression_of(text: str, country: str) -> str:
    """A format as a regular expression: blanks and hyphens may be left out, all else stands for itself."""
    return "".join(_MEANS.get(sign) or re.escape(country if sign == "C" else sign) for sign in text)
