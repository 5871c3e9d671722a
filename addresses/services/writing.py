"""Adding and changing an address: rules, defaults and the customer's country, in one transaction (decision 29)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from customers.models import Customer

from ..models import Address
from ..rules.phones import dialled
from .customers import follow
from .judging import judged

DEFAULTS = ("default_billing", "default_shipping")
PHONES = ("phone", "phone_mobile")


@one_change()
def save_address(
    address: Address | None,
    values: dict[str, Any],
    *,
    by: Actor,
    version: int | None = None,
    followed: bool = True,
) -> Address:
    """Add an address to a customer, or change one; `was_default` of it are those that were the default until now.

    The customer's country follows, but where the caller has those of many addresses `follow` at once.

    ValidationError by field for what its country refuses; errors.NotAllowed where it or its customer is hidden,
    errors.Conflict when `version` is not the stored one.
    """
    owner = address.customer if address else values.get("customer")
    if owner is None:
        raise ValidationError({"customer": _("Choose a customer.")})
    if address and values.get("customer", owner) != owner:
        raise ValidationError({"customer": _("An address stays with its customer.")})
    changes.lock(owner)
    current = Address(customer=owner) if address is None else changes.lock(address, version=version)
    values = judged(current, {name: value for name, value in values.items() if name != "customer"})
    values |= _dialled(current, values)
    current.was_default = _give_up_defaults(current, values, owner, by=by)
    if address is None:
        values["customer"] = owner
    if changes.save(current, values, by=by) and followed:
        follow([owner.pk], by=by)
    return current


def _dialled(current: Address, values: dict[str, Any]) -> dict[str, str]:
    """The phones as they are dialled from anywhere, where a phone or the country changes."""
    if not {"country", *PHONES} & values.keys():
        return {}
    country = values["country"].code if "country" in values else current.country_id
    return {f"{name}_e164": dialled(values.get(name, getattr(current, name)), country) for name in PHONES}


def _give_up_defaults(
    current: Address, values: dict[str, Any], owner: Customer, *, by: Actor
) -> dict[str, Address]:
    """The other addresses of the customer that are the default no more: there is one of each at most."""
    taken = [
        name
        for name in DEFAULTS
        if values.get(name) and (current._state.adding or not getattr(current, name))
    ]
    if not taken:
        return {}
    given_up = {}
    others = list(Address.objects.here().filter(customer=owner.pk).exclude(pk=current.pk))
    for name in taken:
        for other in others:
            if not getattr(other, name):
                continue
            given_up[name] = other
            changes.change_set(
                Address.objects.filter(pk=other.pk), {name: False}, where=Q(**{name: True}), by=by
            )
    return given_up
