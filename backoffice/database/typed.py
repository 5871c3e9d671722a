"""What somebody typed or pasted into the search box, taken apart (findings V1, V2). Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .folding import ANDS, plain

_ID = re.compile(r"(?:#|\bID\b[\s.:#]*)\s*([0-9]{1,18})(?![0-9])", re.ASCII | re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<mailto>mailto:)?(?P<address>[^\s<>()\[\],;:\"“”«»]+@[^\s<>()\[\],;:\"“”«»]+)", re.IGNORECASE
)
_GROUPS = r"[0-9]+(?:[ \u00a0.()/-]+[0-9]+)"
_TELEPHONE = re.compile(
    rf"(?<!\S)(?=(?:[^0-9]*[0-9]){{5}})\(?(?:\+\s?\(?(?:{_GROUPS}*)|{_GROUPS}+|0[0-9]{{6,}})\)?(?![^\s,;)])"
)
# How people are addressed before their names, in the languages of the product.
_TITLES = frozenset(
    "mr mrs ms miss mister m mme mlle monsieur madame mademoiselle pan pani dl dna domnul doamna".split()
)


@dataclass(frozen=True)
class Typed:
    """Ids, e-mail addresses, telephone numbers and words, all of which have to be found.

    A word is plain text, and may be several that stand together ("jean pierre"); `ands` are those that may only say
    "and". `address` is the whole text where it is one e-mail address. Nothing to look for is false.
    """

    ids: tuple[int, ...] = ()
    addresses: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ands: tuple[str, ...] = ()
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.ids or self.addresses or self.telephones or self.words)


def address_in(text: str) -> str:
    """The one e-mail address in a text, without "mailto:" and brackets; the text itself where there is none."""
    found = _ADDRESS.search(text)
    return _address(found) if found else text.strip()


def _address(found: re.Match) -> str:
    address = found["address"].rstrip(".,!?…")
    return address.partition("?")[0] if found["mailto"] else address


def read(text: str) -> Typed:
    """What is looked for by this text."""
    alone = _ADDRESS.fullmatch(text.strip().strip("<>"))
    addresses, rest = _taken(_ADDRESS, text, _is_address)
    ids, rest = _taken(_ID, rest)
    telephones, rest = _taken(_TELEPHONE, rest)
    words = [word for part in rest.split() if (word := plain(part))]
    if words and words[0] in _TITLES and (words[1:] or addresses or ids or telephones):
        del words[0]
    ands = {place for place in range(1, len(words) - 1) if words[place] in ANDS}
    return Typed(
        tuple(int(found[1]) for found in ids),
        tuple(_address(found) for found in addresses),
        tuple(found[0] for found in telephones),
        tuple(word for place, word in enumerate(words) if place not in ands),
        tuple(words[place] for place in sorted(ands)),
        _address(alone) if alone and _is_address(alone) else "",
    )


def _is_address(found: re.Match) -> bool:
    """Whether there is anything to look for on both sides of the @."""
    name, _at, domain = _address(found).partition("@")
    return bool(plain(name) and plain(domain))


def _taken(
    pattern: re.Pattern, text: str, counts: Callable[[re.Match], bool] = bool
) -> tuple[list[re.Match], str]:
    """What the pattern finds that counts, and the text without it."""
    found = [one for one in pattern.finditer(text) if counts(one)]
    return found, pattern.sub(lambda one: " " if counts(one) else one[0], text)
