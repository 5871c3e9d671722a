"""What is to be written for a row of a file, or why it stays out."""

from dataclasses import dataclass, field
from typing import Any

from backoffice.rules import Broken

from ..models import Customer

# What a new customer needs.
NEEDED = ("email", "last_name", "first_name")


class Refused(Exception):
    """A row stays out; `faults` are pairs of field ("" for the whole row) and fault."""

    def __init__(self, faults: list[tuple[str, Broken]]):
        super().__init__(faults)
        self.faults = faults


@dataclass(slots=True)
class Plan:
    """What to write. `values` are attributes of the customer; groups and tags are ids, or names still to be made.

    None for groups or tags leaves them as they are. `figures` are opening figures (decision 23), `custom` values by the
    number of the field that staff declared. `renames` says whom a number gives another name, "" for nobody; `ground` is
    what the row's consents rest on; `leaves` and `loses` are groups and tags that are theirs and will not be.
    """

    line: int
    customer: Customer | None
    values: dict[str, Any]
    default_group: int | str
    groups: list[int | str] | None = None
    tags: list[int | str] | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    custom: dict[int, Any] = field(default_factory=dict)
    renames: str = ""
    ground: str = ""
    leaves: set[int] = field(default_factory=set)
    loses: set[int] = field(default_factory=set)

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to write."""
        pairs = self.groups is not None or self.tags is not None
        return bool(self.values or pairs or self.figures or self.custom)
