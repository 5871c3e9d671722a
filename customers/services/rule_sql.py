"""The rule of a group as SQL: who meets it, and so who would join the group, leave it, or get a tag.

The same as `groups.rules.filling.includes` says of one person; a test holds the one against the other.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from backoffice.rules import Broken
from backoffice.screen.days import start_of
from groups.models import Group
from groups.rules.filling import Condition, Fact, Match, Op, Rule, read

from .. import rules
from ..models import HERE, Customer, KeptOut, Membership, MembershipOrigin, Tag, Tagging

_DAY = dt.timedelta(days=1)
_COLUMNS = {
    Fact.TOTAL_SPENT: "figures__total_spent",
    Fact.ORDERS: "figures__orders_count",
    Fact.REGISTERED: "registered_at",
    Fact.LAST_VISIT: "figures__last_visit_at",
    Fact.COUNTRY: "country",
    Fact.NEWSLETTER: "newsletter",
}


def rule_of(group: Group) -> Rule | None:
    """The rule of a group as it can be run, None without one.

    `Broken` where what is stored is none, or a tag of it is gone: it moves nobody then.
    """
    return None if group.rule is None else with_its_tags(read(group.rule))


def with_its_tags(rule: Rule) -> Rule:
    """The rule, if all its tags are there."""
    named = rule.tags_named
    if named and Tag.objects.filter(pk__in=named).count() < len(named):
        raise Broken("rule_tag_gone")
    return rule


def matching(rule: Rule, *, today: dt.date | None = None) -> QuerySet[Customer]:
    """The customers who meet the rule today, hidden ones left out."""
    day = today or timezone.localdate()
    combine = and_ if rule.match is Match.ALL else or_
    return Customer.objects.filter(HERE).filter(
        reduce(combine, [_condition(one, day) for one in rule.conditions])
    )


def _condition(one: Condition, today: dt.date) -> Q:
    if one.fact is Fact.TAG:
        carries = Q(Exists(Tagging.objects.filter(customer=OuterRef("pk"), tag__in=one.value)))
        return carries if one.op is Op.ANY_OF else ~carries
    if one.fact is Fact.AGE:
        return _age(one, today)
    column, value = _COLUMNS[one.fact], one.value
    match one.op:
        case Op.AT_LEAST:
            return Q(**{f"{column}__gte": value})
        case Op.AT_MOST:
            return Q(**{f"{column}__lte": value})
        case Op.FROM:
            return Q(**{f"{column}__gte": start_of(value)})
        case Op.UNTIL:
            return Q(**{f"{column}__lt": start_of(value + _DAY)})
        case Op.LAST_DAYS:
            return Q(**{f"{column}__gte": start_of(today - (value - 1) * _DAY)})
        case Op.NOT_LAST_DAYS:
            return Q(**{f"{column}__lt": start_of(today - (value - 1) * _DAY)})
        case Op.ANY_OF:
            return Q(**{f"{column}__in": value})
        case Op.NONE_OF:
            return ~Q(**{f"{column}__in": value})
    return Q(**{column: value})


def _age(one: Condition, today: dt.date) -> Q:
    if one.op is Op.AT_LEAST:
        return Q(birthday__lte=rules.years_before(today, one.value))
    return Q(birthday__gt=rules.years_before(today, one.value + 1))


@dataclass(frozen=True)
class Movement:
    """Whom a rule would move, as questions not asked yet: who joins, who leaves, and who gets each of its tags."""

    joining: QuerySet[Customer]
    leaving: QuerySet[Customer]
    tagging: dict[int, QuerySet[Customer]] = field(default_factory=dict)

    def among(self, ids: list[int]) -> "Movement":
        """The same of these customers only."""
        return Movement(
            self.joining.filter(pk__among=ids),
            self.leaving.filter(pk__among=ids),
            {key: rows.filter(pk__among=ids) for key, rows in self.tagging.items()},
        )


def movement(group: Group, rule: Rule | None, *, today: dt.date | None = None) -> Movement:
    """Whom this rule would move in the group; without one, all whom the group's rule has put in leave.

    By hand wins: who is in it otherwise stays, whom staff took out stays out. Who is in no other group stays in it.
    """
    in_it = Membership.objects.filter(customer=OuterRef("pk"), group=group.pk)
    elsewhere = Membership.objects.filter(customer=OuterRef("pk")).exclude(group=group.pk)
    put_in = Customer.objects.filter(
        HERE, Exists(in_it.filter(origin=MembershipOrigin.RULE)), Exists(elsewhere)
    )
    if rule is None:
        return Movement(Customer.objects.none(), put_in)
    meet = matching(rule, today=today)
    tagging = {
        key: meet.filter(~Exists(Tagging.objects.filter(customer=OuterRef("pk"), tag=key)))
        for key in rule.tags
    }
    if not rule.fills:
        return Movement(Customer.objects.none(), put_in, tagging)
    kept_out = KeptOut.objects.filter(customer=OuterRef("pk"), group=group.pk)
    return Movement(
        meet.filter(~Exists(in_it), ~Exists(kept_out)),
        put_in.filter(~Exists(meet.filter(pk=OuterRef("pk")))),
        tagging,
    )
