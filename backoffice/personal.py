"""What a stored field says about a person (decision 53), and how a model says it of its fields."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Personal(StrEnum):
    """The marks: privacy work asks by them what to hand out and what to erase."""

    NONE = "none"
    IDENTITY = "identity"
    CONTACT = "contact"
    BEHAVIOUR = "behaviour"
    MONEY = "money"
    WORDS = "words"
    SECRET = "secret"  # noqa: S105  a mark, not a password
    TECHNICAL = "technical"
    COPY = "copy"  # made of other fields of its record, and written anew with them


@dataclass(frozen=True)
class Mark:
    """The mark of one field; `why` says of a text why it is nobody's."""

    personal: Personal
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The marks of a model's fields, as its attribute `personal`: beside each mark the fields that bear it.

    Names are parted by spaces; `why` says why the texts among `none` are nobody's. Fields of a section bear their
    marks there; what is inherited is marked where it is declared. Two marks of one field are a mistake (ValueError).
    """

    none: str = ""
    identity: str = ""
    contact: str = ""
    behaviour: str = ""
    money: str = ""
    words: str = ""
    secret: str = ""
    technical: str = ""
    why: str = ""

    def __post_init__(self):
        names = " ".join(getattr(self, one, "") for one in Personal).split()
        if again := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"Marked twice: {', '.join(sorted(again))}")

    @cached_property
    def by_name(self) -> dict[str, Mark]:
        """The mark of each field."""
        return {name: Mark(one, self.why) for one in Personal for name in getattr(self, one, "").split()}
