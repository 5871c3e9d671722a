"""What a member of staff may be called: the rule of names of things (S6); and how people sort them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..database.folding import fold
from ..rules import thing_name

if TYPE_CHECKING:
    from .models import StaffMember

NAME_MAX = 100


def staff_name(text: str) -> str:
    """The name to store. Raises Broken as every rule does."""
    return thing_name(text, limit=NAME_MAX)


def as_read(person: StaffMember) -> tuple[str, int]:
    """The place of a person among others: neither case nor marks count, on any database (decision 49)."""
    return fold(person.name), person.pk
