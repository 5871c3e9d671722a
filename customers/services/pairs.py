"""Who is in which group and carries which tag: pairs made and parted, with their history and the stored counts."""

from collections import Counter as Tally
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef

from backoffice.database import bulk_sql
from backoffice.database.counting import move
from backoffice.records.actors import Actor
from backoffice.records.changes import hold
from backoffice.records.history import record_set
from groups.models import Group

from ..models import HERE, Customer, Membership, Tag, Tagging


@dataclass(frozen=True)
class Pairs:
    """A table of pairs of a customer and a `target`, the column of the latter, and where it stores their number."""

    model: type[Model]
    column: str
    target: type[Model]
    figure: str

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


MEMBERSHIPS = Pairs(Membership, "group_id", Group, "members_count")
TAGGINGS = Pairs(Tagging, "tag_id", Tag, "customers_count")


def hidden_among(customers: Collection[int]) -> set[int]:
    """Those of these customers who are hidden: no count has them."""
    return set(Customer.objects.filter(~HERE, pk__among=customers).values_list("pk", flat=True))


def pair(
    pairs: Pairs, new: list[tuple[int, int]], *, by: Actor, hidden: Collection[int] = frozenset()
) -> None:
    """Make these pairs of customer and target, none of which is there yet; `hidden` are customers in no count.

    The customers are locked, or new. Gone where a target was deleted meanwhile.
    """
    if not new:
        return
    hold(pairs.target, {target for _customer, target in new})
    keys = bulk_sql.take_keys(pairs.model, len(new))
    rows = [(key, *one) for key, one in zip(keys, new, strict=True)]
    bulk_sql.insert(pairs.model, ["id", "customer_id", pairs.column], rows)
    record_set(pairs.model.objects.filter(pk__among=keys), by=by, kind="+")
    pairs.count(Tally(target for customer, target in new if customer not in hidden), 1)


def part(
    pairs: Pairs, old: list[tuple[int, int]], *, by: Actor, hidden: Collection[int] = frozenset()
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
    record_set(rows, by=by, kind="-")
    rows._raw_delete(rows.db)
    pairs.count(Tally(target for customer, target in old if customer not in hidden), -1)
