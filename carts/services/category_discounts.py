"""The discounts of a group by category: written as one list, each change with its history (facts 7.4)."""

from collections.abc import Mapping
from decimal import Decimal

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import Conflict
from backoffice.records.history import signed_by
from groups.models import Group

from ..models import CategoryDiscount


def discounts_of(group: Group) -> dict[int, Decimal]:
    """The discounts that a group gives, in per cent by the category's number."""
    return dict(CategoryDiscount.objects.filter(group=group.pk).values_list("category", "discount"))


def as_seen(discounts: Mapping[int, Decimal]) -> str:
    """All discounts of a group in one text, by which a page says which ones it showed."""
    return " ".join(f"{key}:{discounts[key]:.2f}" for key in sorted(discounts))


@verb("groups.change_group")
@one_change()
def set_category_discounts(
    group: Group, discounts: Mapping[int, Decimal], *, by: Actor, seen: str | None = None
) -> bool:
    """Have the group give these discounts, in per cent by the category's number, and no others; whether any changed.

    A category's discount replaces the group's general one there. Conflict where they are neither so already nor as they
    were `seen`.
    """
    changes.lock(group)
    before = discounts_of(group)
    if before == discounts:
        return False
    if seen is not None and seen != as_seen(before):
        raise Conflict(group)
    stored = {one.category_id: one for one in CategoryDiscount.objects.filter(group=group.pk)}
    gone = [one for key, one in stored.items() if key not in discounts]
    written = [
        one
        for key, percent in discounts.items()
        if (one := stored.get(key) or CategoryDiscount(group=group, category_id=key)).discount != percent
    ]
    for one in gone:
        signed_by(one, by)
        one.delete()
    for one in written:
        one.discount = discounts[one.category_id]
        signed_by(one, by)
        one.save()
    return True
