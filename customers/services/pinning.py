"""By hand wins over a rule: memberships made staff's own, for good or until a day, and given back to the rule."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.history import record_set
from groups.models import Group

from ..models import HERE, Customer, Membership, MembershipOrigin
from .leaving import leave_group

_RULE = Q(origin=MembershipOrigin.RULE)


@one_change()
def pin(rows: QuerySet, group: Group, *, until: dt.date | None, by: Actor) -> list[int]:
    """Have these members of a group stay in it by hand, whatever its rule says; returns for whom that was news.

    Whoever was in it otherwise than by the rule keeps their origin; only the day until which they stay is set.
    """
    pinned: list[int] = []
    for theirs in _memberships(rows, group):
        of_rule = list(theirs.filter(_RULE).values_list("customer", flat=True))
        of_hand = theirs.filter(~_RULE)
        ends = of_hand.exclude(until=until) if until else of_hand.exclude(until=None)
        others = list(ends.values_list("customer", flat=True))
        staff = by.staff.pk if by.staff else None
        mine = theirs.filter(customer__among=of_rule)
        mine.update(origin=MembershipOrigin.HAND, until=until, added_at=timezone.now(), added_by_id=staff)
        theirs.filter(customer__among=others).update(until=until)
        _written(group, [*of_rule, *others], by)
        pinned += [*of_rule, *others]
    return pinned


@one_change()
def release(rows: QuerySet, group: Group, *, by: Actor) -> list[int]:
    """Leave these members of a group to its rule again; returns who was not the rule's already. Nobody without one."""
    released: list[int] = []
    if group.rule is None:
        return released
    for theirs in _memberships(rows, group):
        keys = list(theirs.filter(~_RULE).values_list("customer", flat=True))
        theirs.filter(customer__among=keys).update(origin=MembershipOrigin.RULE, until=None)
        _written(group, keys, by)
        released += keys
    return released


def _memberships(rows: QuerySet, group: Group) -> Iterator[QuerySet]:
    for batch in changes.lock_set(rows, HERE):
        yield Membership.objects.filter(group=group.pk, customer__among=batch)


def _written(group: Group, keys: list[int], by: Actor) -> None:
    if keys:
        record_set(Membership.objects.filter(group=group.pk, customer__among=keys), by=by)
        changes.touch_set(Customer.objects.filter(pk__among=keys))


def of_the_rule_at_last(ids: list[int], group: Group) -> list[int]:
    """Those of these customers whom the group's rule had put in when they last left it."""
    left = Membership.history.filter(group_id=group.pk, customer_id__in=ids, history_type="-")
    latest = dict(left.order_by("history_date", "history_id").values_list("customer_id", "origin"))
    return [key for key, origin in latest.items() if origin == MembershipOrigin.RULE]


def until_as_they_left(ids: list[int], group: Group, *, by: Actor) -> None:
    """Have these members stay until the day that they were to stay when they last left, where it is not over."""
    left = Membership.history.filter(group_id=group.pk, customer_id__in=ids, history_type="-")
    latest = dict(left.order_by("history_date", "history_id").values_list("customer_id", "until"))
    today = timezone.localdate()
    for day in sorted({one for one in latest.values() if one and one >= today}):
        theirs = [key for key, one in latest.items() if one == day]
        pin(Customer.objects.filter(pk__among=theirs), group, until=day, by=by)


@one_change()
def end_pins(*, by: Actor, today: dt.date | None = None) -> int:
    """End the memberships whose last day is over: who is in a group with a rule is the rule's then, the others leave.

    Who is in no other group stays. Returns how many ended.
    """
    over = Membership.objects.filter(until__lt=today or timezone.localdate())
    ended = 0
    for group in Group.objects.filter(pk__in=over.values("group")).order_by("pk"):
        people = Customer.objects.filter(pk__in=over.filter(group=group.pk).values("customer"))
        if group.rule is not None:
            ended += len(release(people, group, by=by))
            continue
        for batch in changes.lock_set(people, HERE):
            ended += len(leave_group(batch, group, by=by, reason="over"))
    return ended
