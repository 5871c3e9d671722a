"""Text as people compare it: without marks and case; to be searched and sorted, without punctuation too. Pure."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "œ": "oe", "æ": "ae", "ı": "i"}
    | dict.fromkeys("'’‘`´ʼ\"“”„«»", "")
)
_SPACES = re.compile(r"\s+")


class _WithoutMarks(dict):
    """What each character becomes: nothing where it only marks the one before it. Learns as it is asked."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.combining(chr(code)) else code
        return kept


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """The form in which two spellings of one name are equal: "Véronique O’Hara " and "veronique ohara".

    Same answer on every database, since it is worked out here and stored (D-103, D-39).
    """
    if text.isascii():
        folded = text.lower().replace("'", "").replace("`", "").replace('"', "")
    else:
        parts = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
        folded = unicodedata.normalize("NFKD", parts).translate(_WITHOUT_MARKS).translate(_LETTERS)
    return _SPACES.sub(" ", folded).strip()


class _WithoutSigns(dict):
    """What each character of a folded text becomes where it is searched. Learns as it is asked."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = kept = self._kept(code)
        return kept

    @staticmethod
    def _kept(code: int) -> int | str | None:
        if chr(code) == "&":
            return " & "
        kind = unicodedata.category(chr(code))
        if kind == "Cf":
            return None
        return " " if kind[0] == "P" or kind in ("Sm", "Sc", "Cc") else code


_WITHOUT_SIGNS = _WithoutSigns()


def plain(text: str) -> str:
    """The folded text in which all punctuation is a blank, "&" a word and what nobody can see is gone.

    What looks alike to people is alike in it (finding V2): "DOE, John", "Smith&Sons", "Jean-Pierre". It may be empty.
    """
    return _SPACES.sub(" ", fold(text).translate(_WITHOUT_SIGNS)).strip()


# How "and" is written between two words, in the languages of the product.
ANDS = ("&", "and", "et", "i", "oraz", "si", "und")


def spellings(text: str) -> tuple[str, ...]:
    """The plain text, first as it was typed, then with each other way to write an "and" inside: "Smith and Sons"."""
    words = plain(text).split(" ")
    inside = [place for place in range(1, len(words) - 1) if words[place] in ANDS]
    found = [" ".join(words)]
    for one in ANDS if inside else ():
        found.append(" ".join(one if place in inside else word for place, word in enumerate(words)))
    return tuple(dict.fromkeys(found))
