"""What a rule would do if it were saved: who would join the group, who would leave it, who would get its tags.

Saving it moves exactly those; a form carries the fingerprint of what was shown, and asks again where that has changed
(decision 41). Names are read up to 10,000 (decision 13); number and checksum are of all.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from backoffice.lists.paging import CAP
from groups.models import Group
from groups.rules.filling import Person, Rule, stored

from .. import rules
from ..models import CustomerFigures, Tagging
from .rule_sql import Movement, movement

_PRIME = 2_147_483_647


@dataclass(frozen=True)
class Some:
    """Those who would be moved in one way: the ids of `CAP` of them, in order; how many all are, and their checksum."""

    ids: tuple[int, ...] = ()
    number: int = 0
    checksum: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Whom a rule would move, by way; `kept_out` are how many staff keep out of the group."""

    joining: Some
    leaving: Some
    tagging: dict[int, Some]
    value: dict | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody would be moved."""
        return not (self.joining.ids or self.leaving.ids or any(one.ids for one in self.tagging.values()))

    @cached_property
    def fingerprint(self) -> str:
        """A short text by which two previews are told apart."""
        ways = [self.joining, self.leaving, *self.tagging.values()]
        said = [self.value, *((one.number, *one.checksum) for one in ways)]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def preview(group: Group, rule: Rule | None) -> Preview:
    """What saving this rule of the group would do; None for taking its rule away."""
    asked = movement(group, rule)
    return Preview(
        joining=_some(asked.joining if asked.bare_joining is None else asked.bare_joining),
        leaving=_some(asked.leaving),
        tagging={key: _some(asked.bare_tagging.get(key, rows)) for key, rows in asked.tagging.items()},
        value=stored(rule) if rule else None,
    )


def _some(rows: QuerySet) -> Some:
    """Read once: each row says, too, how many there are in all, the sum of their ids, and of those stirred twice.

    Of customers, or of their bare ids: sets taken from each other, which Django can wrap into nothing itself.
    """
    ids = rows.query if rows.query.combinator else rows.order_by().values_list("pk").query
    try:
        inner, values = ids.sql_with_params()
    except EmptyResultSet:
        return Some()
    once = _stirred("id")
    sums = f"SUM(id) OVER (), SUM({once}) OVER (), SUM({_stirred(once)}) OVER ()"
    asked = f"WITH moved(id) AS ({inner}) SELECT id, COUNT(*) OVER (), {sums} FROM moved LIMIT {CAP}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        found = cursor.fetchall()
    if not found:
        return Some()
    number, *checksum = map(int, found[0][1:])
    return Some(tuple(sorted(row[0] for row in found)), number, tuple(checksum))


def _stirred(value: str) -> str:
    """A number below the prime, from an id or another one of them: nothing here outgrows 64 bits."""
    below = f"({value} %% {_PRIME})"
    return f"(({below} * {below} + 1013904223) %% {_PRIME})"


def moved_by(asked: Movement) -> list[int]:
    """All whom it moves."""
    ways = (asked.joining, asked.leaving, *asked.tagging.values())
    return sorted({key for rows in ways for key in rows.order_by().values_list("pk", flat=True)})


def people(ids: Sequence[int]) -> dict[int, Person]:
    """What is known of these customers, as rules ask it."""
    today = timezone.localdate()
    tags: dict[int, set[int]] = {}
    for customer, tag in Tagging.objects.filter(customer_id__in=ids).values_list("customer_id", "tag_id"):
        tags.setdefault(customer, set()).add(tag)
    figures = CustomerFigures.objects.select_related("customer").filter(pk__in=ids)
    return {
        one.pk: Person(
            total_spent=one.total_spent,
            orders_count=one.orders_count,
            registered_at=timezone.localdate(one.customer.registered_at),
            last_visit=timezone.localdate(one.last_visit_at) if one.last_visit_at else None,
            country=one.customer.country,
            tags=frozenset(tags.get(one.pk, ())),
            newsletter=one.customer.newsletter,
            age=rules.age_on(today, one.customer.birthday) if one.customer.birthday else None,
        )
        for one in figures
    }
