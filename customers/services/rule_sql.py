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
from ..models import HERE, Customer, CustomerFigures, KeptOut, Membership, MembershipOrigin, Tag, Tagging

_DAY = dt.timedelta(days=1)
_FIGURES = {
    Fact.TOTAL_SPENT: "total_spent",
    Fact.ORDERS: "orders_count",
    Fact.LAST_VISIT: "last_visit_at",
}
_COLUMNS = {Fact.REGISTERED: "registered_at", Fact.COUNTRY: "country", Fact.NEWSLETTER: "newsletter"}


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


def matching(rule: Rule, *, today: dt.date | None = None, ids: list[int] | None = None) -> QuerySet[Customer]:
    """The customers who meet the rule today, hidden ones left out; of these alone where `ids` are given."""
    day, here = today or timezone.localdate(), Customer.objects.filter(HERE)
    if ids is None and rule.match is Match.ANY and len(rule.conditions) > 1:
        return here.filter(pk__in=_meeting(rule, day))
    conditions = [_condition(one, day) for one in rule.conditions]
    met = here.filter(reduce(and_ if rule.match is Match.ALL else or_, conditions))
    if ids is None:
        return met
    if any(one.fact in _FIGURES for one in rule.conditions):
        # Said of both tables: else PostgreSQL reads the whole of the second one for each few thousand of the first.
        met = met.filter(figures__pk__among=ids)
    return met.filter(pk__among=ids)


def _is_of_sets(rule: Rule) -> bool:
    """Whether those who meet it are read from indexes alone, without their customers."""
    several = rule.match is Match.ANY and len(rule.conditions) > 1
    return several or all(one.fact in _FIGURES for one in rule.conditions)


def _meeting(rule: Rule, today: dt.date, *, among: QuerySet | None = None) -> QuerySet:
    """The ids of those who meet a rule of sets, some hidden or twice; with `among` only of those ids."""
    if rule.match is Match.ALL:
        return _ids(rule.conditions, today, among)
    first, *others = (_ids((one,), today, among) for one in rule.conditions)
    return first.union(*others, all=True)


def _ids(conditions: tuple[Condition, ...], today: dt.date, among: QuerySet | None) -> QuerySet:
    """The ids of those for whom these conditions on figures, or this one of any kind, hold; read where it is stored."""
    first, key = conditions[0], "customer"
    if first.fact in _FIGURES:
        compared = [_compared(_FIGURES[one.fact], one, today) for one in conditions]
        rows: QuerySet = CustomerFigures.objects.filter(*compared)
    elif first.fact is Fact.TAG and first.op is Op.ANY_OF:
        rows = Tagging.objects.filter(tag__in=first.value)
    else:
        rows, key = Customer.objects.filter(HERE, _condition(first, today)), "pk"
    return (rows if among is None else rows.filter(**{f"{key}__in": among})).values_list(key)


def _meeting_none(rows: QuerySet[Customer], rule: Rule, today: dt.date) -> QuerySet[Customer]:
    """Those of these customers who do not meet the rule, whatever is not known of them."""
    conditions = [_condition(one, today) for one in rule.conditions]
    met = [reduce(and_, conditions)] if rule.match is Match.ALL else conditions
    return rows.filter(*(~Exists(Customer.objects.filter(one, pk=OuterRef("pk"))) for one in met))


def _condition(one: Condition, today: dt.date) -> Q:
    if one.fact is Fact.TAG:
        carries = Q(Exists(Tagging.objects.filter(customer=OuterRef("pk"), tag__in=one.value)))
        return carries if one.op is Op.ANY_OF else ~carries
    if one.fact is Fact.AGE:
        return _age(one, today)
    column = f"figures__{_FIGURES[one.fact]}" if one.fact in _FIGURES else _COLUMNS[one.fact]
    return _compared(column, one, today)


def _compared(column: str, one: Condition, today: dt.date) -> Q:
    value = one.value
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
    """Whom a rule would move, as questions not asked yet: who joins, who leaves, and who gets each of its tags.

    `bare_joining` and `bare_tagging` ask for the same by ids alone, hidden ones taken out, where that is read sooner.
    """

    joining: QuerySet[Customer]
    leaving: QuerySet[Customer]
    tagging: dict[int, QuerySet[Customer]] = field(default_factory=dict)
    bare_joining: QuerySet | None = None
    bare_tagging: dict[int, QuerySet] = field(default_factory=dict)


def movement(group: Group, rule: Rule | None, *, ids: list[int] | None = None) -> Movement:
    """Whom this rule would move in the group, of all or of these; without one, all whom one has put in leave.

    By hand wins: who is in it otherwise stays, whom staff took out stays out. Who is in no other group stays in it.
    """
    today = timezone.localdate()
    if ids is None and rule is not None and _is_of_sets(rule):
        return _by_sets(group, rule, today)
    put_in = _put_in(group) if ids is None else _put_in_of(ids, group)
    if rule is None:
        return Movement(Customer.objects.none(), put_in)
    meet = matching(rule, today=today, ids=ids)
    tagging = {
        key: meet.filter(~Exists(Tagging.objects.filter(customer=OuterRef("pk"), tag=key)))
        for key in rule.tags
    }
    if not rule.fills:
        return Movement(Customer.objects.none(), put_in, tagging)
    in_it = Membership.objects.filter(customer=OuterRef("pk"), group=group.pk)
    kept_out = KeptOut.objects.filter(customer=OuterRef("pk"), group=group.pk)
    return Movement(
        meet.filter(~Exists(in_it), ~Exists(kept_out)), _meeting_none(put_in, rule, today), tagging
    )


def _by_sets(group: Group, rule: Rule, today: dt.date) -> Movement:
    """By sets of ids taken from each other: each is read once, which PostgreSQL is not sure of where it joins them.

    All that is taken away is one set: each step of its own would put half a million ids in order again.
    """
    meet, members = _meeting(rule, today), Membership.objects.filter(group=group.pk)
    hidden = Customer.objects.filter(deleted=True).values_list("pk")
    tagging = {
        key: meet.difference(
            Tagging.objects.filter(tag=key).values_list("customer_id").union(hidden, all=True)
        )
        for key in rule.tags
    }
    tagged = {key: _here(ids) for key, ids in tagging.items()}
    if not rule.fills:
        return Movement(Customer.objects.none(), _put_in(group), tagged, bare_tagging=tagging)
    kept_out = KeptOut.objects.filter(group=group.pk).values_list("customer_id")
    put_in = members.filter(origin=MembershipOrigin.RULE).values_list("customer_id")
    leaving = _here(put_in.difference(_meeting(rule, today, among=put_in)))
    joining = meet.difference(members.values_list("customer_id").union(kept_out, hidden, all=True))
    return Movement(
        _here(joining),
        leaving.filter(_is_elsewhere(group)),
        tagged,
        bare_joining=joining,
        bare_tagging=tagging,
    )


def _here(ids: QuerySet) -> QuerySet[Customer]:
    return Customer.objects.filter(HERE, pk__in=ids)


def _is_elsewhere(group: Group) -> Exists:
    return Exists(Membership.objects.filter(customer=OuterRef("pk")).exclude(group=group.pk))


def _put_in(group: Group) -> QuerySet[Customer]:
    """Those whom the rule has put in and who are in another group, too."""
    by_rule = Membership.objects.filter(customer=OuterRef("pk"), group=group.pk, origin=MembershipOrigin.RULE)
    return Customer.objects.filter(HERE, Exists(by_rule), _is_elsewhere(group))


def _put_in_of(ids: list[int], group: Group) -> QuerySet[Customer]:
    """Of these alone.

    Their groups are read first: while a rule is carried out PostgreSQL does not know yet how many it put in.
    """
    put_in, elsewhere = set(), set()
    rows = Membership.objects.filter(customer_id__among=ids)
    for customer, place, origin in rows.values_list("customer", "group", "origin"):
        if place != group.pk:
            elsewhere.add(customer)
        elif origin == MembershipOrigin.RULE:
            put_in.add(customer)
    return Customer.objects.filter(HERE, pk__among=sorted(put_in & elsewhere))
