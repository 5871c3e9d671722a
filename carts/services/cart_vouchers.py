"""Vouchers in a cart: taken by their code where they may be used, and taken out (S0.51, S3.25, S4.74)."""

from backoffice.records.actors import Actor
from backoffice.rules import Broken
from customers.models import Customer

from ..models import Cart, Voucher
from ..rules.voucher_codes import key_of
from ..rules.vouchers import Buyer, Conditions, refusal
from .changing import Change, changing
from .voucher_uses import uses_of


def use_voucher(key: str, code: str, *, by: Actor) -> Cart:
    """Take the voucher of this code; nothing happens where it is in the cart. Broken where it may not be used."""
    with changing(key) as change:
        voucher = voucher_of(change, code)
        if voucher not in change.vouchers:
            change.take(voucher)
    return change.cart


def withdraw_voucher(key: str, code: str, *, by: Actor) -> Cart:
    """Take the voucher of this code out again; nothing happens where it is not in the cart."""
    with changing(key) as change:
        for voucher in [one for one in change.vouchers if one.code_key == key_of(code)]:
            change.withdraw(voucher)
    return change.cart


def voucher_of(change: Change, code: str) -> Voucher:
    """The voucher of this code, if the cart's customer may use it now; Broken otherwise."""
    voucher = Voucher.objects.filter(code_key=key_of(code)).first()
    reason = refusal_of(voucher, change.cart.customer, change.now) if voucher else "voucher_unknown"
    if reason:
        raise Broken(reason)
    return voucher


def withdraw_what_does_not_apply(change: Change) -> None:
    """Take out what the cart's customer may not use."""
    for voucher in list(change.vouchers):
        if refusal_of(voucher, change.cart.customer, change.now):
            change.withdraw(voucher)


def refusal_of(voucher: Voucher, customer: Customer | None, now) -> str:
    """The code of the reason why this customer may not use it now, "" where they may."""
    conditions = Conditions(
        active=voucher.active,
        starts_at=voucher.starts_at,
        ends_at=voucher.ends_at,
        left=voucher.quantity,
        per_customer=voucher.per_customer,
        customer=voucher.customer_id,
        group=voucher.group_id,
        tag=voucher.tag_id,
    )
    return refusal(conditions, _buyer(voucher, customer), now=now)


def _buyer(voucher: Voucher, customer: Customer | None) -> Buyer:
    if customer is None:
        return Buyer()
    groups = customer.memberships.values_list("group", flat=True) if voucher.group_id else ()
    tags = customer.taggings.values_list("tag", flat=True) if voucher.tag_id else ()
    uses = uses_of(voucher).filter(order__customer=customer.pk).count()
    return Buyer(customer=customer.pk, groups=frozenset(groups), tags=frozenset(tags), uses=uses)
