"""Which field a column may be that nobody knows by its name: proposed to people, never taken unasked (I6, I7). Pure."""

from collections.abc import Mapping
from difflib import SequenceMatcher

# Words that say too little by themselves.
_COMMON = frozenset(
    "id name code type number date group status email mail address is of the de du la of user".split()
)
_ALIKE = 0.8
_SHORTEST = 4


def likeliest(name: str, known: Mapping[str, str]) -> str:
    """The field whose name is most like this one, "" where none is. Both are written as they are compared."""
    best, field = 0.0, ""
    for other, one in known.items():
        likeness = _likeness(name, other)
        if likeness > best:
            best, field = likeness, one
    return field if best >= _ALIKE else ""


def _likeness(name: str, other: str) -> float:
    if name.replace(" ", "") == other.replace(" ", ""):
        return 2
    words, others = set(name.split()), set(other.split())
    if others <= words and not others <= _COMMON and len(other) >= _SHORTEST:
        # “Abonné newsletter”: of several names in it the longest one counts.
        return 1 + len(other) / 1_000
    if _without_digits(name) == other and len(other) >= _SHORTEST:
        return 1
    if len(other) < _SHORTEST or abs(len(name) - len(other)) > len(other) / 2:
        return 0
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0


def _without_digits(name: str) -> str:
    return name.rstrip("0123456789 ")
