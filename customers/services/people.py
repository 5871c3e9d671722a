"""Adding and changing a customer: the one corridor behind page, import and API."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import Conflict

from ..models import Customer, CustomerFigures
from .consents import CONSENTS, note_consent
from .segments import set_groups, set_tags

_SEPARATE = ("groups", "tags", "password")


def email_holder(email: str, *, besides: int | None = None) -> Customer | None:
    """The registered customer who has this address, deleted ones included (decision 4)."""
    return Customer.objects.filter(email_key=email.lower(), guest=False).exclude(pk=besides).first()


def refuse_taken(email: str, *, besides: int | None = None) -> None:
    """ValidationError at `email` when another account has the address; it says who (D-74)."""
    holder = email_holder(email, besides=besides)
    if holder:
        said = (
            _("%(name)s (ID %(id)s) was deleted and may not register again with this address.")
            if holder.deleted
            else _("%(name)s (ID %(id)s) has an account with this address already.")
        )
        raise ValidationError({"email": said % {"name": holder.name, "id": holder.pk}})


def refuse_unticked(default: Any, ticked: Iterable[Any]) -> None:
    """ValidationError at `default_group` when it is not one of the groups (facts 1.2)."""
    if default.pk not in {getattr(one, "pk", one) for one in ticked}:
        raise ValidationError(
            {
                "default_group": _("Tick the default group “%(group)s” among the groups too.")
                % {"group": default}
            }
        )


@one_change()
def add_customer(values: dict[str, Any], *, by: Actor, reason: str = "") -> Customer:
    """Create a customer of cleaned form values; `groups` and `default_group` are needed, `password` is plain text.

    Raises ValidationError by field: address taken, default group not among the groups.
    """
    values = dict(values)
    if not values.get("guest"):
        refuse_taken(values["email"])
    refuse_unticked(values["default_group"], values["groups"])
    # A guest never logs in.
    password = "" if values.get("guest") else values.get("password")
    plain = {name: value for name, value in values.items() if name not in _SEPARATE}
    plain["created_email"] = values["email"]
    plain["password"] = make_password(password) if password else ""
    for kind in CONSENTS:
        plain.setdefault(kind, False)
    if plain["newsletter"]:
        plain.update(newsletter_at=timezone.now(), newsletter_ip=by.ip)
    customer = Customer()
    _write(customer, plain, by=by, reason=reason)
    CustomerFigures.objects.create(customer=customer)
    set_groups(customer, values["groups"], by=by)
    set_tags(customer, values.get("tags", ()), by=by)
    for kind in CONSENTS:
        if plain[kind]:
            note_consent(customer, kind, True, by=by)
    return customer


@one_change()
def edit_customer(
    customer: Customer, values: dict[str, Any], *, by: Actor, version: int | None = None, reason: str = ""
) -> Customer:
    """Change a customer to these cleaned values; what is not named stays, an empty password keeps the old one.

    Raises errors.Conflict when `version` is not the stored one, ValidationError by field otherwise.
    """
    return _edit(changes.lock(customer, version=version), values, by=by, reason=reason)


def _edit(current: Customer, values: dict[str, Any], *, by: Actor, reason: str = "") -> Customer:
    values = dict(values)
    email = values.get("email", current.email)
    guest = values.get("guest", current.guest)
    if not guest and (email.lower() != current.email_key or current.guest):
        refuse_taken(email, besides=current.pk)
    groups = values.get("groups")
    ticked = {one.pk for one in groups} if groups is not None else _group_ids(current)
    default = values.get("default_group", current.default_group)
    if "groups" in values or "default_group" in values:
        refuse_unticked(default, ticked)
    plain = {name: value for name, value in values.items() if name not in _SEPARATE}
    if values.get("password"):
        plain["password"] = make_password(values["password"])
    consents = {
        kind: values[kind] for kind in CONSENTS if kind in values and values[kind] != getattr(current, kind)
    }
    if consents.get("newsletter") and not current.newsletter_at:
        plain.update(newsletter_at=timezone.now(), newsletter_ip=by.ip)
    # New memberships first, the default group then, old memberships last: the database insists on it.
    moved = False
    if groups is not None:
        moved |= set_groups(current, groups, by=by, only_add=True)
    changed = _write(current, plain, by=by, reason=reason)
    if groups is not None:
        moved |= set_groups(current, groups, by=by)
    if "tags" in values:
        moved |= set_tags(current, values["tags"], by=by)
    if moved and not changed:
        Customer.objects.filter(pk=current.pk).update(version=current.version + 1, updated_at=timezone.now())
        current.refresh_from_db()
    for kind, given in consents.items():
        note_consent(current, kind, given, by=by)
    return current


@one_change()
def write_note(customer: Customer, note: str, *, by: Actor, was: str = "") -> Customer:
    """Change the private note. errors.Conflict where `was`, the `fingerprint` of the note seen, is not today's."""
    current = changes.lock(customer)
    if was and was != fingerprint(current.note) and note != current.note:
        raise Conflict(current)
    return _edit(current, {"note": note}, by=by)


def fingerprint(note: str) -> str:
    """A short text by which two notes are told apart."""
    return sha256(note.encode()).hexdigest()[:16]


def save_customer(
    customer: Customer | None, values: dict[str, Any], *, by: Actor, version: int | None = None
) -> Customer:
    """Add or change, as the form asks."""
    if customer is None:
        return add_customer(values, by=by)
    return edit_customer(customer, values, by=by, version=version)


@one_change()
def switch(customer: Customer, field: str, value: bool | None, *, by: Actor) -> Customer:
    """Set one of active, newsletter, partner_offers; None turns it over. Required fields never block it (D-13)."""
    current = changes.lock(customer)
    value = not getattr(current, field) if value is None else value
    return _edit(current, {field: value}, by=by)


def _write(customer: Customer, values: dict[str, Any], *, by: Actor, reason: str) -> list[str]:
    try:
        with transaction.atomic():
            return changes.save(customer, values, by=by, reason=reason)
    except IntegrityError as error:
        if "one_account_per_email" in str(error) or "email_key" in str(error):
            refuse_taken(values.get("email", customer.email), besides=customer.pk)
        raise


def _group_ids(customer: Customer) -> set[int]:
    return set(customer.memberships.values_list("group_id", flat=True))
