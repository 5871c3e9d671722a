"""Who came into a group and who left it, act by act: what a group's history tells without counting anybody."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Max, Min, Model
from django.db.models.functions import TruncDate
from django.utils import timezone

from backoffice.records.actors import Actor, Door

from ..models import MemberAct, Membership

# What goes on within this time by the same hand, door and reason is the same act: the blocks of a job, of a file.
GOES_ON = dt.timedelta(minutes=10)


def note_members(
    moved: Iterable[tuple[int, int]], *, joined: bool, since: dt.datetime, by: Actor, reason: str
) -> None:
    """These pairs of customer and group were made (`joined`), or parted, since then: in one act for each group."""
    people: dict[int, list[int]] = {}
    for customer, group in moved:
        people.setdefault(group, []).append(customer)
    facts = {
        "joined": joined,
        "reason": reason or by.act,
        "staff_id": by.staff.pk if by.staff else None,
        "door": str(by.door),
        "ip": by.ip,
    }
    new = []
    for group, ids in sorted(people.items()):
        is_mass = len(ids) > 1 or by.door == Door.IMPORT
        if not (is_mass and _went_on(group, facts, len(ids))):
            alone = ids[0] if len(ids) == 1 else None
            at = timezone.now()
            new.append(
                MemberAct(group_id=group, number=len(ids), customer=alone, begun_at=since, at=at, **facts)
            )
    MemberAct.objects.bulk_create(new)


def _went_on(group: int, facts: dict[str, Any], number: int) -> bool:
    """Whether the latest act of that group was the same one, to which so many were added now."""
    latest = MemberAct.objects.filter(group=group).order_by("-at", "-pk")
    last = latest.select_for_update(skip_locked=True).first()
    now = timezone.now()
    if last is None or last.at < now - GOES_ON or any(getattr(last, one) != facts[one] for one in facts):
        return False
    MemberAct.objects.filter(pk=last.pk).update(number=F("number") + number, customer=None, at=now)
    return True


def acts_of_the_past(history: type[Model] = Membership.history.model, acts: type[Model] = MemberAct) -> None:
    """Work the acts out from the history that is there: what one hand did for one reason on one day is one."""
    parts = ("group_id", "history_type", "history_change_reason", "history_user_id", "door", "ip")
    days = history.objects.exclude(history_type="~").annotate(day=TruncDate("history_date"))
    found = (
        days.order_by()
        .values(*parts, "day")
        .annotate(
            number=Count("pk"), one=Min("customer_id"), begun_at=Min("history_date"), at=Max("history_date")
        )
    )
    rows = (
        acts(
            group_id=row["group_id"],
            joined=row["history_type"] == "+",
            number=row["number"],
            customer=row["one"] if row["number"] == 1 else None,
            begun_at=row["begun_at"],
            at=row["at"],
            reason=row["history_change_reason"] or "",
            staff_id=row["history_user_id"],
            door=row["door"],
            ip=row["ip"],
        )
        for row in found.iterator()
    )
    acts.objects.bulk_create(rows, batch_size=1_000)
