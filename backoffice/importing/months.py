"""The months by their names and abbreviations in our four languages. Pure."""

from functools import cache
from typing import Any

from babel.dates import get_month_names
from django.conf import settings

from ..database.folding import fold

_MORE = {"sept": 9}


def month_called(word: str) -> int | None:
    """The month of that name, None for none or for a name that means two."""
    return _months().get(fold(word).rstrip("."))


@cache
def _months() -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for code, _name in settings.LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names: Any = get_month_names(width, context, code)
                for number, name in names.items():
                    found.setdefault(fold(name).rstrip("."), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1} | _MORE
