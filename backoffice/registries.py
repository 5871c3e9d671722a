"""What every app adds its own part to, from its `ready()` (decision 29)."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Entry:
    """One part: `function` does it.

    A seed takes the app registry, a recount `mend=` and yields differences; scheduled work returns what it did, in
    words for the log.
    """

    name: str
    function: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Scheduled(Entry):
    """A part that the worker repeats, `every` so many seconds."""

    every: float


@dataclass(frozen=True, slots=True)
class Ageing(Entry):
    """Rows that go by age: `function` deletes those older than `setting` says, in days; `old` are they, by a moment."""

    setting: str
    old: Callable[[dt.datetime], QuerySet]


class Phase(Enum):
    """When a step of the demo shop has its turn."""

    EXACT = "the shop of the documents, row by row"
    FIXED = "what there is once, however large the shop: groups, tags, products"
    BATCH = "some thousands of people and all that is theirs; again and again"
    CLOSING = "when everybody is there: history"


@dataclass(frozen=True, slots=True)
class DemoStep(Entry):
    """A part of the demo shop: `function(shop)`, or `function(batch)` in the phase BATCH (see backoffice.demo)."""

    phase: Phase


E = TypeVar("E", bound=Entry)


class Registry(Generic[E]):
    """Parts by name, in the order in which the apps registered them (that of INSTALLED_APPS)."""

    def __init__(self, kind: type[E]):
        self._kind = kind
        self._entries: dict[str, E] = {}

    def register(self, name: str, function: Callable[..., str | None], **facts) -> None:
        """Adds a part; `facts` are the further fields of this registry's entries.

        Raises ValueError where another function has that name, TypeError for an unknown or missing fact.
        """
        entry = self._kind(name=name, function=function, **facts)
        if self._entries.setdefault(name, entry) != entry:
            raise ValueError(f"There is another {name!r} in this registry")

    def __iter__(self) -> Iterator[E]:
        return iter(self._entries.values())

    def __getitem__(self, name: str) -> E:
        return self._entries[name]


# The modules with addresses of an app beside those every section has; they come first.
url_modules: list[str] = []
# The models whose rows say that there is a shop already: the demo shop is not put into one.
signs_of_a_shop: list[type[Model]] = []
seeds: Registry[Entry] = Registry(Entry)
demo_steps: Registry[DemoStep] = Registry(DemoStep)
recounts: Registry[Entry] = Registry(Entry)
schedule: Registry[Scheduled] = Registry(Scheduled)
ageing: Registry[Ageing] = Registry(Ageing)
