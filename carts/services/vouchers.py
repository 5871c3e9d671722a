"""Vouchers as verbs: saving, switching and deleting them (S0.51, S1.62, S3.25, S4.74; facts 1.10, 4.8)."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed, NotThere
from backoffice.screen import formats
from customers.models import Customer, Tag
from groups.models import Group

from ..models import Cart, OrderVoucher, Voucher
from ..rules.voucher_codes import key_of
from .changing import changing

_CHANGE = "carts.change_voucher"
# Letters and digits that nobody takes for each other: no 0 and O, no 1, I and L.
CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
NAMED = 5
# What the column holds.
MOST_USES = 2_147_483_647


def new_code() -> str:
    """A code that nobody guesses, and that can be read out on the phone."""
    return get_random_string(CODE_LENGTH, CODE_SIGNS)


@one_change()
def save_voucher(
    voucher: Voucher | None,
    values: dict[str, Any],
    *,
    by: Actor,
    version: int | None = None,
    more_uses: int | None = None,
) -> Voucher:
    """Add a voucher, or change one; without a code it gets one. ValidationError by field for what does not fit.

    Orders go on using it while somebody types: `more_uses` says of a `quantity` by how many it was changed.
    """
    current = Voucher() if voucher is None else changes.lock(voucher, version=version)
    if more_uses is not None and "quantity" in values:
        values = {**values, "quantity": uses_after(current.quantity, more_uses, typed=values["quantity"])}
    if not values.get("code", current.code):
        values = {**values, "code": new_code()}
    refuse_misfits(values, current)
    for model, name in ((Customer, "customer"), (Group, "group"), (Tag, "tag")):
        changes.hold(model, [values[name].pk] if values.get(name) else [])
    try:
        with transaction.atomic():
            changes.save(current, values, by=by)
    except IntegrityError:
        # Somebody else took the code a moment ago.
        _refuse_taken(values.get("code", ""), besides=current.pk)
        raise
    return current


def uses_after(left: int | None, more: int, *, typed: int | None) -> int | None:
    """So many more uses (or fewer) than are left; just those that were `typed` where there was no limit."""
    return typed if left is None else max(0, min(left + more, MOST_USES))


def refuse_misfits(values: dict[str, Any], stored: Voucher, *, unread: Collection[str] = frozenset()) -> None:
    """ValidationError, by field, with all that is wrong with a voucher of these values; others are as stored.

    Of what is `unread`, at fault already, nothing is said, nor of what depends on it.
    """
    said = {name: values.get(name, getattr(stored, name)) for name in _JUDGED}
    gives_is_known = unread.isdisjoint(("percent", "amount"))
    faults: dict[str, str] = {}
    if taken := _taken(said["code"], besides=stored.pk):
        faults["code"] = taken
    percent, amount = said["percent"], said["amount"]
    if percent is not None and not 0 < percent <= 100:
        faults["percent"] = _("A percentage above 0 and up to 100, please.")
    if amount is not None and amount <= 0:
        faults["amount"] = _("More than 0, please.")
    elif gives_is_known and percent is not None and amount is not None:
        faults["amount"] = _("A percentage or an amount, not both.")
    if gives_is_known and percent is None and amount is None and not said["free_shipping"]:
        faults["percent"] = _("Give a percentage, an amount or free shipping.")
    if said["minimum_amount"] < 0:
        faults["minimum_amount"] = _("At least 0, please.")
    ends_at = None if "starts_at" in unread else said["ends_at"]
    if ends_at is not None and ends_at <= said["starts_at"]:
        faults["ends_at"] = _("“%(later)s” has to be later than “%(earlier)s”.") % {
            "later": Voucher._meta.get_field("ends_at").verbose_name,
            "earlier": Voucher._meta.get_field("starts_at").verbose_name,
        }
    if said["per_customer"] == 0:
        faults["per_customer"] = _("At least 1, or empty for any number.")
    if faults:
        raise ValidationError(faults)


_JUDGED = (
    *("code", "percent", "amount", "free_shipping", "minimum_amount", "starts_at", "ends_at"),
    "per_customer",
)


def _taken(code: str, *, besides: int | None) -> str:
    """Who has this code already, in whatever capitals; "" for nobody."""
    other = Voucher.objects.filter(code_key=key_of(code)).exclude(pk=besides).first() if code else None
    if other is None:
        return ""
    return _("“%(code)s” (ID %(id)s) already has this code.") % {"code": other.code, "id": other.pk}


def _refuse_taken(code: str, *, besides: int | None) -> None:
    if taken := _taken(code, besides=besides):
        raise ValidationError({"code": taken})


@verb(_CHANGE)
@one_change()
def switch_voucher(voucher: Voucher, field: str, value: bool | None, *, by: Actor) -> Voucher:
    """Enable or disable a voucher; without a value, the other of the two."""
    current = changes.lock(voucher)
    changes.save(current, {field: not getattr(current, field) if value is None else value}, by=by)
    return current


@verb(_CHANGE)
def enable_vouchers(rows: QuerySet[Voucher], *, by: Actor) -> list[int]:
    """Let these be used again; returns which were disabled."""
    return changes.change_set(rows, {"active": True}, where=Q(active=False), by=by)


@verb(_CHANGE)
def disable_vouchers(rows: QuerySet[Voucher], *, by: Actor) -> list[int]:
    """Let these be used no more; returns which were enabled."""
    return changes.change_set(rows, {"active": False}, where=Q(active=True), by=by)


@one_change()
def delete_voucher(voucher: Voucher, *, by: Actor) -> None:
    """Delete a voucher that nobody has used; NotAllowed for any other."""
    current = changes.lock(voucher)
    if refusal := refusal_to_delete([current.pk]):
        raise NotAllowed(refusal)
    changes.delete(current, by=by)


def refusal_to_delete(ids: list[int]) -> str:
    """Why none of these vouchers can be deleted, "" where some can: orders tell it, or it lies in a cart."""
    known = Voucher.objects.filter(pk__in=ids)
    used = _used(ids)
    if len(used) < len(set(ids)):
        return ""
    first = known.filter(pk__in=used).first()
    if first is None:
        return ""
    orders = OrderVoucher.objects.filter(voucher=first.pk).count()
    if not orders:
        return _("%(code)s lies in a cart: disable it instead.") % {"code": first.code}
    said = ngettext(
        "%(code)s was used in %(n)s order: disable it instead.",
        "%(code)s was used in %(n)s orders: disable it instead.",
        orders,
    )
    return said % {"code": first.code, "n": formats.number(orders)}


def _used(ids: list[int]) -> set[int]:
    """Those of these that orders tell, or that lie in carts."""
    in_orders = OrderVoucher.objects.filter(voucher__in=ids).values_list("voucher", flat=True)
    in_carts = Voucher.carts.through.objects.filter(voucher__in=ids).values_list("voucher", flat=True)
    return set(in_orders) | set(in_carts)


def foretell(ids: list[int]) -> list[str]:
    """How many of these go, and how many stay since they were used."""
    stay = len(_used(ids))
    said = [_("The history stays.")]
    if stay:
        words = ngettext(
            "%(n)s voucher was used, and stays: disable it instead.",
            "%(n)s vouchers were used, and stay: disable them instead.",
            stay,
        )
        said.insert(0, words % {"n": formats.number(stay)})
    return said


def number_and_codes(vouchers: QuerySet[Voucher]) -> dict[str, str]:
    """How many these are (`n`), and the `codes` of the first few, as the sentence of a deletion names them."""
    number = vouchers.count()
    codes = ", ".join(vouchers.order_by("code").values_list("code", flat=True)[:NAMED])
    return {"n": formats.number(number), "codes": codes + (", …" if number > NAMED else "")}


@one_change()
def delete_exclusive_vouchers(vouchers: QuerySet[Voucher], *, by: Actor) -> None:
    """Delete those only for a group or a tag that goes, used or not, with history; the length of the list follows.

    They take nothing more off the carts that are being filled.
    """
    if keys := set(vouchers.values_list("pk", flat=True)):
        take_out_of_carts(keys)
        changes.delete_set(vouchers, by=by)
        Counter.move(Voucher._meta.label_lower, -len(keys))


def take_out_of_carts(keys: set[int], *, besides: Collection[int] = ()) -> None:
    """Have these vouchers take nothing more off the carts that are being filled, `besides` those of some customers."""
    carts = Cart.objects.filter(vouchers__in=keys, ordered=False).order_by("pk").distinct()
    for key in [key for key, whose in carts.values_list("key", "customer") if whose not in besides]:
        # One that was ordered or deleted a moment ago stays as it is.
        with suppress(NotAllowed, NotThere), changing(key, hidden_too=True) as change:
            for voucher in [one for one in change.vouchers if one.pk in keys]:
                change.withdraw(voucher)
