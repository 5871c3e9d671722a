"""A pasted list of e-mail addresses, read line by line before anything is done: who is meant, and what is wrong."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from backoffice import rules
from backoffice.rules import Broken
from groups.models import Group

from ..models import Customer, Membership

MOST_LINES = 2_000
_PARTED = re.compile(r"[,;]")
_IN_BRACKETS = re.compile(r".*<([^<>]+)>\s*")


class Said(StrEnum):
    """What is told of a line."""

    FOUND = "found"
    SEVERAL = "several"
    ALREADY = "already"  # in the group, or not in it, as is asked
    AGAIN = "again"
    NOBODY = "nobody"
    NO_ADDRESS = "no_address"


@dataclass
class Line:
    """A pasted line: what was typed, what is told of it, who is meant; `first` is the line that said the same before.

    An account comes before guests of the same address; `chosen` are those who are meant unless somebody says otherwise.
    """

    number: int
    text: str
    said: Said
    people: list[Customer] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)
    first: int = 0


def entries_of(text: str) -> list[tuple[int, str]]:
    """The entries of a pasted text with the number of their line, also where commas part them; empty ones are none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        (number, one.strip())
        for number, line in enumerate(lines, start=1)
        for one in _PARTED.split(line)
        if one.strip()
    ]


def read_pasted(entries: list[tuple[int, str]], group: Group, *, adding: bool) -> list[Line]:
    """What is meant by each entry, for adding to the group or taking out of it; hidden people are not found."""
    addresses = [_address(one) for _number, one in entries]
    people: dict[str, list[Customer]] = {}
    wanted = sorted({one.lower() for one in addresses if one})
    for person in Customer.objects.here().filter(email_key__among=wanted).order_by("guest", "pk"):
        people.setdefault(person.email_key, []).append(person)
    found = [person.pk for several in people.values() for person in several]
    members = set(
        Membership.objects.filter(group=group.pk, customer_id__among=found).values_list("customer", flat=True)
    )
    seen: dict[str, int] = {}
    lines = []
    for (number, text), address in zip(entries, addresses, strict=True):
        key = address.lower()
        if address and key in seen:
            lines.append(Line(number, text, Said.AGAIN, first=seen[key]))
            continue
        seen[key] = number
        lines.append(_line(number, text, address, people.get(key, []), members, adding))
    return lines


def _line(
    number: int, text: str, address: str, people: list[Customer], members: set[int], adding: bool
) -> Line:
    if not address:
        return Line(number, text, Said.NO_ADDRESS)
    if not people:
        return Line(number, text, Said.NOBODY)
    concerned = [one for one in people if (one.pk in members) is not adding]
    if not concerned:
        return Line(number, text, Said.ALREADY, people)
    # Several guests of one address may be as many people: meant without asking is an account, or the only one left
    # where no account of that address is done with already.
    accounts = [one.pk for one in concerned if not one.guest]
    is_clear = len(concerned) == 1 and all(one.guest for one in people)
    meant = accounts or ([concerned[0].pk] if is_clear else [])
    return Line(number, text, Said.SEVERAL if len(concerned) > 1 else Said.FOUND, concerned, meant)


def _address(text: str) -> str:
    """The address in an entry, "" where it is none; a name before it, as mail programs write it, does not matter."""
    named = _IN_BRACKETS.fullmatch(text)
    try:
        return rules.email(named.group(1) if named else text)
    except Broken:
        return ""
