"""What the steps of the demo shop hand on to each other."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Model

from .loading import Table

THREE_YEARS = dt.timedelta(days=3 * 365)


@dataclass
class Shop:
    """One demo shop while it is made. `now` is naive UTC; the same seed and now give the same shop.

    `facts` is where an app leaves what later steps need (its groups, its products), under a name of its own.
    """

    seed: int
    now: dt.datetime
    customers: int
    currency: str
    time_zone: dt.tzinfo
    staff_ids: Sequence[int] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    _next: dict[type[Model], int] = field(default_factory=dict)

    @property
    def opened(self) -> dt.datetime:
        """When the shop opened: three years ago; nobody but John DOE came before."""
        return self.now - THREE_YEARS

    @staticmethod
    def aware(moment: dt.datetime) -> dt.datetime:
        """A moment of the demo as the models want it."""
        return moment.replace(tzinfo=dt.UTC)

    def chance(self, name: str) -> random.Random:
        """The dice of one step; what others throw does not change them."""
        return random.Random(f"{self.seed} {name}")

    def take_id(self, model: type[Model]) -> int:
        """The next free id of a table."""
        number = self._next.get(model)
        if number is None:
            number = (model._base_manager.aggregate(top=Max("pk"))["top"] or 0) + 1
        self._next[model] = number + 1
        return number

    @property
    def models(self) -> list[type[Model]]:
        """The tables into which rows with ids of their own were put."""
        return list(self._next)


@dataclass
class Batch:
    """Some thousands of people, and the rows that become of them; loaded together, tables in order of first use."""

    shop: Shop
    number: int
    first: int
    size: int
    people: list[Any] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    rows: dict[Table, list[Iterable]] = field(default_factory=lambda: defaultdict(list))

    def chance(self, name: str) -> random.Random:
        """The dice of one step in this batch."""
        return self.shop.chance(f"{name} {self.number}")

    def load(self) -> None:
        """Write all rows and forget them."""
        for table, rows in self.rows.items():
            table.load(rows)
        self.rows.clear()
