"""Titles as files name them: by our own names in four languages, by words of other languages and shops, by number."""

import re

from backoffice.database.folding import fold
from backoffice.rules import Broken

from ..models import Title

_WORDS = {
    Title.Kind.MALE: "mr mister sir m male masculine man boy monsieur homme h masculin garcon pan mezczyzna mezczyzni"
    " meska meski chlopiec dl domnul domn barbat b baiat herr",
    Title.Kind.FEMALE: "mrs ms miss f female feminine woman girl mme madame mlle mademoiselle femme feminin fille pani"
    " kobieta k zenska zenski dziewczyna dna d-na doamna domnisoara femeie fata frau",
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_UNKNOWN = frozenset(
    "0 9 - -- ? u unknown inconnu nieznany nieznane necunoscut other not_specified".split()
) | {"not specified"}
_OF_TWO = re.compile(r"\s*(?:[&+/]|\bet\b|\band\b|\bi\b|\bsi\b|\bund\b)\s*")
_COUPLES = frozenset(("panstwo", "couple"))
_BY_NUMBER = {"1": Title.Kind.MALE, "2": Title.Kind.FEMALE}


class Titles:
    """The titles of this shop. With `own_ids` a number is ours, else 1 is Mr and 2 is Ms as in PrestaShop's files.

    `third_is_none`: Magento's genders are 1, 2 and 3 for "not specified".
    """

    def __init__(self, *, own_ids: bool, third_is_none: bool = False):
        titles = list(Title.objects.order_by("-id"))
        self.ids = {title.pk for title in titles}
        self.own_ids = own_ids
        self.unknown = _UNKNOWN | {"3"} if third_is_none else _UNKNOWN
        self.by_kind = {title.kind: title.pk for title in titles}
        self.by_name: dict[str, int] = {}
        for title in titles:
            for name in (title.name_ro, title.name_pl, title.name_fr, title.name):
                self.by_name[fold(name).rstrip(".")] = title.pk

    def __call__(self, text: str) -> int | None:
        """The id of the title meant, None for "unknown". A word that is no title here is a fault: nothing is lost."""
        word = fold(text).rstrip(".")
        if word in self.by_name:
            return self.by_name[word]
        if word in self.unknown:
            return None
        if word.isascii() and word.isdigit() and self.own_ids:
            number = int(word[:18])
            if number not in self.ids:
                raise Broken("no_such_title")
            return number
        if _is_of_two(word):
            raise Broken("title_of_two")
        kind = _BY_NUMBER.get(word) or _KIND_OF.get(word)
        if kind not in self.by_kind:
            raise Broken("no_such_title")
        return self.by_kind[kind]


def _is_of_two(word: str) -> bool:
    """Whether it is the title of a couple: M. et Mme, Mr & Mrs, Państwo."""
    parts = [part.rstrip(".") for part in _OF_TWO.split(word)]
    return word in _COUPLES or (len(parts) > 1 and all(part in _KIND_OF for part in parts))
