"""Customers whom a set-wise change is about to touch, locked before it looks at them."""

from collections.abc import Iterable, Iterator

from ..models import Customer

BATCH = 2_000


def locked(ids: Iterable[int]) -> Iterator[list[int]]:
    """The customers who are still there, batch by batch, locked in one order until the transaction ends.

    Whoever changes the same people at the same time waits, and then sees what has become of them.
    """
    ids = sorted(ids)
    for start in range(0, len(ids), BATCH):
        rows = Customer.objects.select_for_update(of=("self",)).filter(pk__in=ids[start : start + BATCH])
        if batch := list(rows.order_by("pk").values_list("pk", flat=True)):
            yield batch
