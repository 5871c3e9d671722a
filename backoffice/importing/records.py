"""Which records of ours the rows of a file are about: by the key, and where a number is not here, by what no second
record has: so the same file twice changes nothing (D21)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, Q

from ..database.folding import fold
from ..sections import Section
from .cells import Checked


class Records:
    """The records that rows of one file may be about. `unique` are the fields without a second of their kind.

    `look_up` reads those of a block. What came in by the file is known on, in a dry run too, whose blocks are undone.
    """

    def __init__(self, section: Section, key: str, unique: tuple[str, ...]):
        self.section = section
        self.by_number = key == "id"
        self.texts = unique if self.by_number else (key,)
        self._here: dict[Any, Model] = {}
        self._named: dict[tuple[str, Any], Model] = {}
        self._came: dict[tuple[str, Any], Model] = {}
        self._made: set[Any] = set()
        self._lines: dict[Any, int] = {}

    def look_up(self, numbers: set[int], texts: dict[str, set[str]]) -> None:
        """Read the records of these numbers and texts; a short list is known whole."""
        rows = self.section.rows().order_by("-pk")
        if not self.section.listing.small:
            asked = Q(pk__in=numbers)
            for name in self.texts:
                asked |= Q(**{f"{name}__in": texts.get(name, set())})
            rows = rows.filter(asked)
        self._here = {one.pk: one for one in rows}
        folded = {mark: one for one in self._here.values() for mark in self._marks(one, fold)}
        self._named = folded | {mark: one for one in self._here.values() for mark in self._marks(one)}
        self._named |= self._came

    def of(self, row: Checked) -> Model | None:
        """The record a row is about, None for a new one; no number means what came in by the same file."""
        number = row.values.get("id") if self.by_number else None
        if number in self._here and number not in self._made:
            return self._here[number]
        return next(filter(None, (self._of_text(name, row.values.get(name)) for name in self.texts)), None)

    def _of_text(self, name: str, value: Any) -> Model | None:
        if value is None:
            return None
        return self._named.get((name, value)) or self._named.get((name, _folded(value)))

    def line_of(self, record: Model) -> int:
        """The earlier line that is about this record, 0 for none."""
        marks = [*self._marks(record), record.pk if record.pk in self._here else None]
        return max((self._lines.get(mark, 0) for mark in marks), default=0)

    def note(self, record: Model, line: int) -> None:
        """This line is about that record; one that was not here came in by it."""
        marks = [*self._marks(record, fold), *self._marks(record)]
        came = dict.fromkeys(marks, record)
        self._came |= came
        self._named |= came
        if record.pk in self._here:
            marks.append(record.pk)
        else:
            self._made.add(record.pk)
        self._lines |= dict.fromkeys(marks, line)

    def came(self, keys: Iterable[Any]) -> None:
        """These came in by the file: no number of it means them."""
        self._made.update(keys)

    def _marks(self, record: Model, form=lambda text: text) -> Iterator[tuple[str, Any]]:
        for name in self.texts:
            value = getattr(record, name)
            yield name, form(value) if isinstance(value, str) else value


def _folded(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
