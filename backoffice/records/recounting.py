"""Stored figures held against what counting gives, and mended (architecture.md 1.7, performance.md P13)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import models, transaction

from ..models import Counter
from ..registries import recounts
from ..sections import all_sections

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored figure that is not what counting gives; `stored` is None where the whole record is missing."""

    record: str
    figure: str
    stored: Any
    counted: Any

    def __str__(self) -> str:
        return f"{self.record}: {self.figure} is {self.stored}, counted {self.counted}"


@dataclass(frozen=True)
class StoredFigures:
    """Some stored figures of a model.

    `count(keys)` yields (primary key, {name: value}) in the order of the keys, of those keys or of all (None); a
    record it leaves out has `nothing`. `combine(row, counted)` says what ought to be stored; `row` holds `beside`,
    further columns of the record.
    """

    model: type[models.Model]
    figures: tuple[str, ...]
    count: Callable[[list | None], Iterable[tuple[Any, dict]]]
    nothing: dict[str, Any]
    combine: Callable[[dict, dict], dict] = field(default=lambda row, counted: counted)
    beside: tuple[str, ...] = ()

    def differences(self, *, mend: bool) -> Iterator[Difference]:
        """What is stored wrongly, in the order of the records; with `mend` it is right afterwards.

        Services may go on meanwhile: a record is counted once more under its lock before it is written.
        """
        wrong: list[Any] = []
        for key, differences in self._compare(None):
            yield from differences
            wrong.append(key)
            if mend and len(wrong) == BATCH:
                self.mend(wrong)
                wrong = []
        if mend and wrong:
            self.mend(wrong)

    @transaction.atomic
    def mend(self, keys: list[Any]) -> None:
        """Write the counted figures of these records, under their lock."""
        locked = self.model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        records = {record.pk: record for record in locked}
        wrong = []
        for key, differences in self._compare(list(records)):
            for difference in differences:
                setattr(records[key], difference.figure, difference.counted)
            wrong.append(records[key])
        if wrong:
            self.model._base_manager.bulk_update(wrong, self.figures, batch_size=BATCH)

    def _compare(self, keys: list | None) -> Iterator[tuple[Any, list[Difference]]]:
        rows = self.model._base_manager.order_by("pk").values("pk", *self.figures, *self.beside)
        if keys is not None:
            rows = rows.filter(pk__in=keys)
        counts = chain(self.count(keys), [(None, {})])
        counted_key, counted = next(counts)
        for row in rows.iterator(chunk_size=2_000):
            while counted_key is not None and counted_key < row["pk"]:
                counted_key, counted = next(counts)
            found = counted if counted_key == row["pk"] else self.nothing
            right = self.combine(row, found)
            differences = [
                Difference(f"{self.model._meta.label} {row['pk']}", name, row[name], right[name])
                for name in self.figures
                if row[name] != right[name]
            ]
            if differences:
                yield row["pk"], differences


def recount_list(
    model: type[models.Model], *, mend: bool, here: models.Q | None = None
) -> Iterator[Difference]:
    """The counter of a model's list against its rows; `here` says which of them the list shows, all by default."""
    name = model._meta.label_lower
    stored, counted = Counter.of(name).value, model._base_manager.filter(here or models.Q()).count()
    if stored != counted:
        yield Difference(f"{Counter._meta.label} {name}", "value", stored, counted)
        if mend:
            Counter.move(name, counted - stored)


def recount_all(*, mend: bool) -> Iterator[Difference]:
    """What is stored wrongly: the length of each section's list, and what every app's own recount finds.

    With `mend` it is put right.
    """
    for section in all_sections():
        hidden = section.hidden
        yield from recount_list(
            section.model, mend=mend, here=models.Q(**{hidden.field: False}) if hidden else None
        )
    for entry in recounts:
        yield from entry.function(mend=mend)
