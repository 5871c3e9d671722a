"""Stored figures held against what counting gives, and mended (architecture.md 1.7, performance.md P13)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from ..models import Counter
from ..registries import recounts
from ..sections import all_sections

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored figure that is not what counting gives; `stored` is None where the whole record is missing.

    What is `personal`, names of people, is told to no terminal and no log.
    """

    record: str
    figure: str
    stored: Any
    counted: Any
    personal: bool = False

    def __str__(self) -> str:
        if self.personal:
            return f"{self.record}: {self.figure} is out of date"
        return f"{self.record}: {self.figure} is {self.stored}, counted {self.counted}"


@dataclass(frozen=True)
class StoredFigures:
    """Some stored figures of a model.

    `count(keys)` gives (primary key, {name: value}) of these records, in their order, and perhaps of others between
    them (a range is found quicker than a set); one it leaves out has `nothing`.
    `combine(row, counted)` says what ought to be stored; `row` holds `beside`, further columns of the record.
    """

    model: type[models.Model]
    figures: tuple[str, ...]
    count: Callable[[list], Iterable[tuple[Any, dict]]]
    nothing: dict[str, Any]
    combine: Callable[[dict, dict], dict] = field(default=lambda row, counted: counted)
    beside: tuple[str, ...] = ()
    personal: bool = False

    def differences(self, *, mend: bool) -> Iterator[Difference]:
        """What is stored wrongly, in the order of the records; with `mend` it is right afterwards.

        Services may go on meanwhile: a record is counted once more under its lock before it is told, or written.
        """
        for keys in blocks_of(self.model):
            doubted = [key for key, _differences in self._compare(keys)]
            if doubted:
                yield from self.settle(doubted, mend=mend)

    @transaction.atomic
    def settle(self, keys: list[Any], *, mend: bool) -> list[Difference]:
        """What is stored wrongly of these records, counted and perhaps written under their lock."""
        locked = self.model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        records = {record.pk: record for record in locked}
        wrong = dict(self._compare(list(records)))
        found = [one for differences in wrong.values() for one in differences]
        if mend and wrong:
            for key, differences in wrong.items():
                for one in differences:
                    setattr(records[key], one.figure, one.counted)
            written = [records[key] for key in wrong]
            self.model._base_manager.bulk_update(written, self.figures, batch_size=BATCH)
        return found

    def _compare(self, keys: list) -> Iterator[tuple[Any, list[Difference]]]:
        if not keys:
            return
        rows = self.model._base_manager.filter(pk__among=keys).order_by("pk")
        counted = dict(self.count(keys))
        for row in rows.values("pk", *self.figures, *self.beside):
            right = self.combine(row, counted.get(row["pk"], self.nothing))
            differences = [
                Difference(
                    f"{self.model._meta.label} {row['pk']}",
                    name,
                    row[name],
                    right[name],
                    personal=self.personal,
                )
                for name in self.figures
                if row[name] != right[name]
            ]
            if differences:
                yield row["pk"], differences


def blocks_of(model: type[models.Model]) -> Iterator[list]:
    """All primary keys of a model in their order, so many at once.

    Each block is a statement of its own: nothing is held in between, and no database session is needed (decision 54).
    """
    keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
    block = list(keys[:BATCH])
    while block:
        yield block
        block = list(keys.filter(pk__gt=block[-1])[:BATCH])


def between(column: str, keys: list) -> models.Q:
    """From the first to the last of these keys."""
    return models.Q(**{f"{column}__gte": keys[0], f"{column}__lte": keys[-1]})


def recount_list(
    model: type[models.Model], *, mend: bool, here: models.Q | None = None
) -> Iterator[Difference]:
    """The counter of a model's list against its rows; `here` says which of them the list shows, all by default."""
    yield from recount_rows(model._base_manager.filter(here or models.Q()), mend=mend)


def recount_rows(rows: models.QuerySet, *, mend: bool) -> Iterator[Difference]:
    """The counter of a model's list against the rows that the list shows."""
    name = rows.model._meta.label_lower
    stored, counted = Counter.of(name).value, rows.count()
    if stored != counted:
        yield Difference(f"{Counter._meta.label} {name}", "value", stored, counted)
        if mend:
            Counter.move(name, counted - stored)


def recount_all(*, mend: bool) -> Iterator[Difference]:
    """What is stored wrongly: the length of each section's list, and what every app's own recount finds.

    With `mend` it is put right.
    """
    for section in all_sections():
        shown = models.Q(**{section.hidden.field: False}) if section.hidden else models.Q()
        yield from recount_rows(section.rows().filter(shown), mend=mend)
    for entry in recounts:
        yield from entry.function(mend=mend)
