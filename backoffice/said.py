"""Sentences that remember what they are made of, so that each reader reads what is stored in his own language.

A module whose sentences are stored imports `gettext` and `ngettext` from here in place of Django's.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from .screen import formats


class Said(str):
    """A sentence in the language at hand; `data` is what it is made of, as it is stored."""

    data: dict[str, Any]

    def __new__(cls, data: dict[str, Any]) -> "Said":
        """The sentence that this is in the language at hand."""
        (how,) = _TELLS.keys() & data.keys()
        said = super().__new__(cls, _TELLS[how](data))
        said.data = data
        return said

    def __mod__(self, facts: Mapping[str, Any]) -> "Said":  # type: ignore[override]
        """The sentence with these facts in it, which may be sentences themselves."""
        return Said({**self.data, "facts": {name: stored(value) for name, value in facts.items()}})


def gettext(text: str) -> Said:
    """As Django's."""
    return Said({"text": text})


def ngettext(one: str, many: str, number: int) -> Said:
    """As Django's."""
    return Said({"text": one, "many": many, "count": number})


def number(value: int) -> Said:
    """A number as the reader writes it."""
    return Said({"number": value})


def joined(*parts: str, by: str = " ") -> Said:
    """Several sentences as one."""
    return Said({"parts": [stored(one) for one in parts], "by": by})


def of_label(label: Any) -> str:
    """A label that is translated only when it is read, remembered as such where it is a whole text."""
    args = getattr(label, "_args", ()) if isinstance(label, Promise) else ()
    if len(args) == 1 and isinstance(args[0], str) and translation.gettext(args[0]) == str(label):
        return gettext(args[0])
    return str(label)


def stored(value: Any) -> Any:
    """A sentence, or a fact in one, as it is stored."""
    if isinstance(value, Said):
        return value.data
    if isinstance(value, Promise):
        return stored(of_label(value))
    return value if value is None or isinstance(value, str | int | float) else str(value)


def told(value: Any) -> Any:
    """What was stored, in the language at hand; a plain text is as it was."""
    return Said(value) if isinstance(value, dict) else value


def facts_told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Stored facts of a sentence in the language at hand."""
    return {name: told(value) for name, value in facts.items()}


def tells(how: str, tell: Callable[[dict[str, Any]], str]) -> None:
    """Have sentences made of data with this name told so."""
    _TELLS[how] = tell


def _text(data: dict[str, Any]) -> str:
    if "many" in data:
        text = translation.ngettext(data["text"], data["many"], data["count"])
    else:
        text = translation.gettext(data["text"])
    return text % facts_told(data["facts"]) if "facts" in data else text


_TELLS: dict[str, Callable[[dict[str, Any]], str]] = {
    "text": _text,
    "number": lambda data: formats.number(data["number"]),
    "parts": lambda data: data["by"].join(told(one) for one in data["parts"]),
}
