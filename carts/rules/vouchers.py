"""Why a voucher may not be used now. Pure; the words stand in `carts/faults.py`."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What a voucher asks for: whom it is for, by numbers, and how many uses are left."""

    active: bool
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    left: int | None = None
    per_customer: int | None = None
    customer: int | None = None
    group: int | None = None
    tag: int | None = None


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """Who wants to use it: nobody in particular has no number, and no uses yet."""

    customer: int | None = None
    groups: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    uses: int = 0


def refusal(voucher: Conditions, buyer: Buyer, *, now: dt.datetime) -> str:
    """The code of the reason, "" where it may be used. One that is somebody else's is told as unknown (G13)."""
    if voucher.customer is not None and voucher.customer != buyer.customer:
        return "voucher_unknown"
    if not voucher.active:
        return "voucher_unknown"
    if now < voucher.starts_at:
        return "voucher_too_early"
    if voucher.ends_at is not None and now >= voucher.ends_at:
        return "voucher_over"
    if voucher.left == 0:
        return "voucher_used_up"
    if voucher.per_customer is not None and buyer.uses >= voucher.per_customer:
        return "voucher_used"
    if voucher.group is not None and voucher.group not in buyer.groups:
        return "voucher_not_for_them"
    if voucher.tag is not None and voucher.tag not in buyer.tags:
        return "voucher_not_for_them"
    return ""
