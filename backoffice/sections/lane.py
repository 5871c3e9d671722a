"""What is drawn in the picture of a record's time: declared by the section, or by an app above that has the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from ..texts import Text

if TYPE_CHECKING:
    from .section import Section


@dataclass(frozen=True, kw_only=True)
class Lane:
    """What one kind of thing adds to the picture of a record's time: `rows(record)`, each at the moment `at`.

    `panel` is the block of the record's page that shows those rows, `right` the permission to see them; `place` is
    where the lane stands among the others, `tone` its colour, 0 to 2.
    """

    name: str
    title: Text
    rows: Callable[[Any], QuerySet]
    at: str
    panel: str
    place: int
    tone: int = 0
    right: str = ""


_added: dict[str, list[Lane]] = {}


def add_lanes(slug: str, *lanes: Lane) -> None:
    """Add what an app above knows to the picture of a record's time."""
    _added.setdefault(slug, []).extend(lanes)


def lanes_of(section: Section) -> list[Lane]:
    """The lanes of a record's picture in their order."""
    return sorted((*section.page.lanes, *_added.get(section.slug, ())), key=lambda one: one.place)
