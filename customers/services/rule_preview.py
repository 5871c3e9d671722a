"""What a rule would do if it were saved: who would join the group, who would leave it, who would get its tags.

Saving it moves exactly those; a form carries the fingerprint of what was shown, and asks again where that has changed
(decision 41). Counted as lists count: exactly up to 10,000, more beyond (decision 13).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from backoffice.lists.paging import CAP
from groups.models import Group
from groups.rules.filling import Person, Rule, stored

from .. import rules
from ..models import Customer, CustomerFigures, Tagging
from .rule_sql import Movement, movement


@dataclass(frozen=True)
class Some:
    """Those who would be moved in one way: their ids in order, one more than `CAP` where there are more."""

    ids: tuple[int, ...]

    @property
    def is_more(self) -> bool:
        """Whether there are more than could be counted."""
        return len(self.ids) > CAP

    @property
    def number(self) -> int:
        """How many, `CAP` at most."""
        return min(len(self.ids), CAP)


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
        said = [self.value, *("more" if one.is_more else one.ids for one in ways)]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def preview(group: Group, rule: Rule | None) -> Preview:
    """What saving this rule of the group would do; None for taking its rule away."""
    asked = movement(group, rule)
    return Preview(
        joining=_some(asked.joining),
        leaving=_some(asked.leaving),
        tagging={key: _some(rows) for key, rows in asked.tagging.items()},
        value=stored(rule) if rule else None,
    )


def _some(rows: QuerySet[Customer]) -> Some:
    return Some(tuple(sorted(rows.order_by().values_list("pk", flat=True)[: CAP + 1])))


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
