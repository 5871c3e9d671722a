"""Leaving a group without being left groupless, and staying out of one that fills itself (facts 7.7)."""

from collections.abc import Iterable

from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.rules import Broken
from groups.models import Group

from ..models import Customer, KeptOut
from .pairs import MEMBERSHIPS, hidden_among, part
from .rule_sql import matching, rule_of


def leave_group(ids: list[int], group: Group, *, by: Actor, reason: str = "") -> list[int]:
    """Take these locked customers out of a group, but for those who have no other one; returns who left.

    Whose default group it is gets the smallest of their other groups as default.
    """
    smallest_other = {
        key: min(groups - {group.pk})
        for key, groups in MEMBERSHIPS.of(ids).items()
        if group.pk in groups and len(groups) > 1
    }
    leaving = Customer.objects.filter(pk__among=list(smallest_other))
    ids_by_default: dict[int, list[int]] = {}
    for key in leaving.filter(default_group=group).values_list("pk", flat=True):
        ids_by_default.setdefault(smallest_other[key], []).append(key)
    # The new default group first, the old membership last: the database insists on it.
    changes.touch_set(leaving.exclude(default_group=group))
    for group_id, keys in ids_by_default.items():
        changes.save_set(
            Customer.objects.filter(pk__among=keys), {"default_group": group_id}, by=by, reason=reason
        )
    gone = [(key, group.pk) for key in smallest_other]
    part(MEMBERSHIPS, gone, by=by, hidden=hidden_among(ids), reason=reason)
    return list(smallest_other)


def keep_out(gone: Iterable[tuple[int, int]], *, by: Actor) -> None:
    """Remember whom staff took out of which group, of those whom its rule would put in again: by hand wins."""
    ids_by_group: dict[int, list[int]] = {}
    for customer, group in gone:
        ids_by_group.setdefault(group, []).append(customer)
    filled = Group.objects.filter(pk__in=ids_by_group).exclude(rule=None) if ids_by_group else ()
    for group in filled:
        try:
            rule = rule_of(group)
        except Broken:
            continue
        if rule is None:
            continue
        wanted = matching(rule, ids=ids_by_group[group.pk]).order_by("pk")
        staff = by.staff.pk if by.staff else None
        rows = [(key, group.pk, timezone.now(), staff) for key in wanted.values_list("pk", flat=True)]
        bulk_sql.insert(KeptOut, ("customer_id", "group_id", "at", "staff_id"), rows)


def let_in(come: Iterable[tuple[int, int]]) -> None:
    """Forget that these were kept out of these groups: somebody has put them in."""
    ids_by_group: dict[int, list[int]] = {}
    for customer, group in come:
        ids_by_group.setdefault(group, []).append(customer)
    for group, ids in ids_by_group.items():
        KeptOut.objects.filter(group=group, customer_id__among=ids).delete()
