"""The pages that are measured: addresses of the product's list, and of the same question to its peers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .names import ORIGINS

FLOOR = "/bench/floor/"
PRODUCT = "/customers/"
PEERS = {"admin": "/bench/admin/customers/customer/", "tables": "/bench/tables/"}
# Sorts that the peers are asked for too, since each takes seconds: the place in the admin's list, the tables' name.
THEIR_SORTS = {"last_name": ("3", "last_name"), "-total_spent": ("-7", "-spent")}


@dataclass(frozen=True)
class Page:
    """One page. `ours` and `theirs` make query strings of what a shop said about itself; `cold` asks for another
    name each time, so that no count is remembered; `allowed` is how often its cost at the smallest size it may cost."""

    name: str
    ours: Callable[[dict, str], dict]
    theirs: Callable[[dict], dict[str, dict]] = field(default=lambda facts: {})
    cold: bool = False
    allowed: float = 1.2

    def path(self, facts: dict, name: str = "") -> str:
        """The address of the product's page."""
        return _address(PRODUCT, self.ours(facts, name or "john"))

    def peers(self, facts: dict) -> dict[str, str]:
        """The addresses of the peers' pages, by peer."""
        return {peer: _address(PEERS[peer], query) for peer, query in self.theirs(facts).items()}


def _address(path: str, query: dict) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def deep_page(facts: dict) -> int:
    """A quarter of the way in: page 5,000 of a million."""
    return facts["customers"] // 50 // 4


def _search(text: Callable[[dict], str]) -> Callable[[dict], dict[str, dict]]:
    return lambda facts: {"admin": {"q": text(facts)}, "tables": {"search": text(facts)}}


def pages_of(facts: dict) -> list[Page]:
    """All pages; the sorts are those that the list offers."""
    pages = [
        Page("first page", lambda facts, name: {}, lambda facts: {"admin": {}, "tables": {}}),
        Page(
            "page a quarter in",
            lambda facts, name: {"page": deep_page(facts)},
            lambda facts: {"admin": {"p": deep_page(facts)}, "tables": {"page": deep_page(facts)}},
        ),
        Page("last page", lambda facts, name: {"page": "last"}),
    ]
    pages += [_sorted(f"{down}{name}") for name in facts["sorts"] for down in ("", "-")]
    pages += [
        Page(
            "active and newsletter",
            lambda facts, name: {"active": "true", "newsletter": "true"},
            lambda facts: {
                "admin": {"active__exact": 1, "newsletter__exact": 1},
                "tables": {"active": "true", "newsletter": "true"},
            },
        ),
        Page(
            "search john",
            lambda facts, name: {"q": "john"},
            _search(lambda facts: "john"),
            allowed=1.8,
        ),
        Page("search a name, nothing remembered", lambda facts, name: {"q": name}, cold=True, allowed=1.8),
        Page(
            "search john, by last name", lambda facts, name: {"q": "john", "sort": "last_name"}, allowed=1.8
        ),
        Page(
            "last name contains smith",
            lambda facts, name: {"last_name": "smith"},
            lambda facts: {"tables": {"last_name": "smith"}},
            allowed=1.8,
        ),
        Page(
            "last name, nothing remembered", lambda facts, name: {"last_name": name}, cold=True, allowed=1.8
        ),
        Page(
            "search an e-mail address",
            lambda facts, name: {"q": facts["email"]},
            _search(lambda facts: facts["email"]),
        ),
        Page("search what nobody has", lambda facts, name: {"q": "zzyzx"}),
    ]
    return pages


def _sorted(sort: str) -> Page:
    peers = {}
    if sort in THEIR_SORTS:
        place, column = THEIR_SORTS[sort]
        peers = {"admin": {"o": place}, "tables": {"sort": column}}
    return Page(f"sort {sort}", lambda facts, name: {"sort": sort}, lambda facts: peers)


def cold_names(number: int) -> list[str]:
    """Different names to search for, the most frequent ones of all countries first."""
    shares: dict[str, float] = {}
    for origin in ORIGINS:
        for pool in (origin.male, origin.female, origin.last[0]):
            whole = sum(pool.weights)
            for name, weight in zip(pool.names, pool.weights, strict=True):
                shares[name.mail] = shares.get(name.mail, 0) + origin.share * weight / whole
    frequent = sorted((name for name in shares if len(name) >= 4), key=shares.get, reverse=True)
    return [frequent[n % len(frequent)] for n in range(number)]
