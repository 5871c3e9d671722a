"""What may have got out of order, kept by one page with what mends it (S2.20): each app declares its own checks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from ..texts import Text


@dataclass(frozen=True, kw_only=True)
class MaintenanceCheck:
    """Records of a section that ask for a second look: those whom its list shows for `query`, or, of a section with few
    records, those that `records()` gives, each named.

    `found` says how many, a plural text over "count" with %(n)s in it, `well` that there is none, both about `of` where
    one check stands for several fields; `why` is what it means.
    `action` is the section's bulk action that mends them all at a click, with `value` where it asks; taking it back is
    that action's own. Without one they are for people to look at. `fix` is the word of its button.
    """

    name: str
    section: str
    query: str = ""
    records: Callable[[], Sequence[Model]] | None = None
    found: Any
    well: Text
    why: Text
    of: Text = ""
    action: str = ""
    value: str = ""
    fix: Text = ""


_sources: list[Callable[[], Iterable[MaintenanceCheck]]] = []


def add_checks(source: Callable[[], Iterable[MaintenanceCheck]]) -> None:
    """Add checks; `source()` gives those that apply today."""
    _sources.append(source)


def maintenance_checks() -> list[MaintenanceCheck]:
    """Every check that applies today, in the order of the apps."""
    return [check for source in _sources for check in source()]
