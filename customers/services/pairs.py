"""Who is in which group and carries which tag: pairs made and parted, with their history and the stored counts."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.database.counting import move
from backoffice.numbers import whole
from backoffice.records.actors import Actor, Door
from backoffice.records.changes import hold
from backoffice.records.history import record_set
from backoffice.sections import Choice
from groups.models import Group

from ..models import HERE, Customer, Membership, MembershipOrigin, Tag, Tagging
from .member_acts import note_members


@dataclass(frozen=True)
class Pairs:
    """A table of pairs of a customer and a `target`, the column of the latter, and where it stores their number.

    `beside(by)` is what is written down with a new pair besides, by attribute; `told` hears of every change.
    """

    model: type[Model]
    column: str
    target: type[Model]
    figure: str
    beside: Callable[[Actor], dict[str, Any]] = lambda by: {}
    told: Callable[..., None] = lambda moved, **facts: None

    def holds(self, key: int) -> Exists:
        """The condition of a customer to be paired with this target."""
        return Exists(self.model.objects.filter(customer=OuterRef("pk"), **{self.column: key}))

    def of(self, customers: Collection[int]) -> dict[int, set[int]]:
        """What each of these customers is paired with; who is with nothing is not in it."""
        found: dict[int, set[int]] = {}
        if customers:
            rows = self.model.objects.filter(customer_id__among=customers)
            for customer, key in rows.values_list("customer_id", self.column):
                found.setdefault(customer, set()).add(key)
        return found

    def count(self, numbers: Mapping[int, int], sign: int) -> None:
        """Move the stored number of each target: up (1) or down (-1)."""
        for key, number in numbers.items():
            move(self.target, key, self.figure, sign * number)


_ORIGINS = {
    Door.IMPORT: MembershipOrigin.IMPORT,
    Door.API: MembershipOrigin.API,
    Door.SHOP: MembershipOrigin.SHOP,
}


def _put_in_by(by: Actor) -> dict[str, Any]:
    """Who put somebody into a group, by which door, and when."""
    origin = _ORIGINS.get(by.door, MembershipOrigin.HAND)
    return {"origin": origin, "added_at": timezone.now(), "added_by_id": by.staff.pk if by.staff else None}


def key_of(choice: Choice) -> int | None:
    """The number of the group or tag that was chosen: "7", or "7@2026-12-31" for a group until a day."""
    return whole(choice.value.partition("@")[0])


def last_day_of(choice: Choice) -> dt.date | None:
    """The day until which they were to be in the chosen group, None for good."""
    day = choice.value.partition("@")[2]
    return dt.date.fromisoformat(day) if day else None


MEMBERSHIPS = Pairs(Membership, "group_id", Group, "members_count", _put_in_by, note_members)
TAGGINGS = Pairs(Tagging, "tag_id", Tag, "customers_count")


def hidden_among(customers: Collection[int]) -> set[int]:
    """Those of these customers who are hidden: no count has them."""
    return set(Customer.objects.filter(~HERE, pk__among=customers).values_list("pk", flat=True))


def pair(
    pairs: Pairs,
    new: list[tuple[int, int]],
    *,
    by: Actor,
    hidden: Collection[int] = frozenset(),
    reason: str = "",
    **beside: Any,
) -> None:
    """Make these pairs of customer and target, none of which is there yet; `hidden` are customers in no count.

    `beside` are attributes of the pairs that are not as the door would have them. The customers are locked, or new.
    Gone where a target was deleted meanwhile.
    """
    if not new:
        return
    hold(pairs.target, {target for _customer, target in new})
    keys = bulk_sql.take_keys(pairs.model, len(new))
    more = {**pairs.beside(by), **beside}
    rows = [(key, *one, *more.values()) for key, one in zip(keys, new, strict=True)]
    bulk_sql.insert(pairs.model, ["id", "customer_id", pairs.column, *more], rows)
    since = timezone.now()
    record_set(pairs.model.objects.filter(pk__among=keys), by=by, kind="+", reason=reason)
    pairs.told(new, joined=True, since=since, by=by, reason=reason)
    pairs.count(Tally(target for customer, target in new if customer not in hidden), 1)


def part(
    pairs: Pairs,
    old: list[tuple[int, int]],
    *,
    by: Actor,
    hidden: Collection[int] = frozenset(),
    reason: str = "",
) -> None:
    """Remove these pairs of customer and target; `hidden` are customers in no count. The customers are locked."""
    if not old:
        return
    unwanted = set(old)
    theirs = pairs.model.objects.filter(customer_id__among={customer for customer, _target in old})
    stored = theirs.values_list("pk", "customer_id", pairs.column)
    rows = pairs.model.objects.filter(
        pk__among=[key for key, customer, target in stored if (customer, target) in unwanted]
    )
    since = timezone.now()
    record_set(rows, by=by, kind="-", reason=reason)
    pairs.told(old, joined=False, since=since, by=by, reason=reason)
    rows._raw_delete(rows.db)
    pairs.count(Tally(target for customer, target in old if customer not in hidden), -1)
