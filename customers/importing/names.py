"""A whole name split into first and last name, where that is certain or somebody said how (decision 46). Pure."""

from django.utils.translation import gettext_lazy as _

from backoffice.database.folding import fold
from backoffice.rules import Broken, tidy
from backoffice.sections import ImportOption

FIRST_LAST, LAST_FIRST = "first-last", "last-first"
OPTION = ImportOption(
    name="names",
    label=_("Order of whole names"),
    help=_(
        "how a column of whole names is read where a name does not show it: “Smith, John” and “John SMITH” do"
    ),
    choices=((FIRST_LAST, _("first name, last name")), (LAST_FIRST, _("last name, first name"))),
)

# What stands before a name and is none; some may be names where nothing else would be left.
_TITLES = frozenset(
    "dr prof mr mrs ms mme mlle monsieur madame mademoiselle mgr inz doc ing dna d-na domnul doamna rev herr"
    " frau".split()
)
_PERHAPS_TITLES = frozenset("m mm me pan pani panstwo sir miss hab lek dl maitre".split())
_BETWEEN_TITLES = frozenset("et and & i si und".split())
_DEGREES = frozenset("phd md dds dvm esq mba msc bsc ma ba rn cpa llm".split())
_GENERATIONS = frozenset("jr sr ii iii iv".split())
_PARTICLES = frozenset(
    "van von de da di du des del della der den dos das la le ten ter zu af av el al bin ibn".split()
)


def parted_name(text: str, order: str = "") -> tuple[str, str]:
    """First and last name, "" for what there is none of. Raises Broken where it is not certain which is which.

    A comma tells the order, and so does one part in capitals; a title or a degree is left out.
    """
    parts, generation = _parts(text)
    if len(parts) > 2:
        raise Broken("which_name")
    if len(parts) == 2:
        last, first = (" ".join(_without_titles(part.split())) for part in parts)
        return first, " ".join([last, *generation])
    given = parts[0].split() if parts else []
    words = _without_titles(given)
    while len(words) > 1 and _plain(words[-1]) in _GENERATIONS | _DEGREES:
        mark = words.pop()
        generation += [mark] if _plain(mark) in _GENERATIONS else []
    if len(words) < 2:
        name = " ".join(words)
        is_last = len(words) < len(given) or text.rstrip().endswith(",")
        return ("", name) if is_last else (name, "")
    first, last = _in_capitals(words) or _in_order(words, order)
    if {first[0], first[-1], last[0], last[-1]} & _BETWEEN_TITLES:
        raise Broken("which_name")
    return " ".join(first), " ".join([*last, *generation])


def _parts(text: str) -> tuple[list[str], list[str]]:
    """What the commas part, without degrees; what tells generations apart by itself."""
    parts: list[str] = []
    generation: list[str] = []
    for part in filter(None, (one.strip() for one in tidy(text).split(","))):
        words = list(map(_plain, part.split()))
        if parts and set(words) <= _GENERATIONS:
            generation.append(part)
        elif not (parts and set(words) <= _DEGREES):
            parts.append(part)
    return parts, generation


def _plain(word: str) -> str:
    return fold(word).replace(".", "")


def _without_titles(words: list[str]) -> list[str]:
    rest = list(words)
    while len(rest) > 1:
        word = _plain(rest[0])
        is_title = word in _TITLES or (word in _PERHAPS_TITLES and (len(rest) > 2 or rest[0].endswith(".")))
        joins = len(rest) < len(words) and word in _BETWEEN_TITLES
        if not is_title and not (joins and _plain(rest[1]) in _TITLES | _PERHAPS_TITLES):
            break
        del rest[0]
    return rest


def _in_capitals(words: list[str]) -> tuple[list[str], list[str]] | None:
    """First and last name where one end of the name, and nothing else of it, is in capitals."""
    loud = [sum(map(str.isalpha, word)) > 1 and word.isupper() and not word.endswith(".") for word in words]
    for place in range(len(words) - 2, -1, -1):
        loud[place] = loud[place] or (words[place] in _PARTICLES and loud[place + 1])
    if all(one or not any(map(str.islower, word)) for one, word in zip(loud, words, strict=True)):
        return None
    number = sum(loud)
    if not number:
        return None
    if all(loud[:number]):
        return words[number:], words[:number]
    return (words[:-number], words[-number:]) if all(loud[-number:]) else None


def _in_order(words: list[str], order: str) -> tuple[list[str], list[str]]:
    if not order:
        raise Broken("which_name")
    if order == FIRST_LAST:
        start = len(words) - 1
        while start > 1 and fold(words[start - 1]) in _PARTICLES:
            start -= 1
        return words[:start], words[start:]
    end = 1
    while end < len(words) - 1 and fold(words[end - 1]) in _PARTICLES:
        end += 1
    return words[end:], words[:end]
