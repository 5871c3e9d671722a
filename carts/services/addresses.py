"""What carts and orders make of addresses: an order shows the one it went to, whoever deletes it (facts 6.6)."""

from addresses.registries import AddressUse

from ..models import Cart
from .locks import hold as hold_records

SIDES = ("shipping_address", "billing_address")


def used(ids: list[int]) -> set[int]:
    """Those of these addresses by which something was ordered."""
    ordered = Cart.objects.filter(order__isnull=False)
    return {
        key
        for side in SIDES
        for key in ordered.filter(**{f"{side}__among": ids}).values_list(f"{side}_id", flat=True)
    }


def hold(ids: list[int]) -> None:
    """Lock the carts without an order that have one of these addresses."""
    hold_records(Cart.objects.filter(pk__among=sorted(_with_one_of(ids))))


def _with_one_of(ids: list[int]) -> set[int]:
    free = Cart.objects.filter(order__isnull=True)
    return {
        key for side in SIDES for key in free.filter(**{f"{side}__among": ids}).values_list("pk", flat=True)
    }


def release(ids: list[int]) -> None:
    """Take these addresses out of the carts that have no order yet."""
    for side in SIDES:
        Cart.objects.filter(order__isnull=True, **{f"{side}__among": ids}).update(**{side: None})


USE = AddressUse(used=used, release=release, hold=hold)
