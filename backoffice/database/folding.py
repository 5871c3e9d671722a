"""Text as people search and sort it: without marks, case or kinds of quotes. Pure."""

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
