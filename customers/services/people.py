"""Adding and changing one customer: the rules that need the database, and the one way of writing (`writing`)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.custom import is_custom, key_of
from backoffice.database.counting import one_change
from backoffice.faults import as_validation_error
from backoffice.records import changes
from backoffice.records.actors import Actor, Door
from backoffice.records.errors import Conflict
from backoffice.records.events import Kind, record
from backoffice.rules import Broken
from backoffice.screen.links import link
from backoffice.screen.markup import fill, filled
from backoffice.staff.models import StaffMember

from ..models import NOT_STATED, Customer, Title
from ..options import SECTION
from . import writing
from .hidden_people import discreet
from .pairs import MEMBERSHIPS
from .required import refuse_missing

NO_GROUNDS: Mapping[str, str] = {}


def email_holder(email: str, *, besides: int | None = None) -> Customer | None:
    """The registered customer who has this address, deleted ones included (decision 4)."""
    return Customer.objects.filter(email_key=email.lower(), guest=False).exclude(pk=besides).first()


def refuse_taken(email: str, *, besides: int | None = None, to: StaffMember | None) -> None:
    """ValidationError at `email` when another account has the address; it says who, with their page (D-74, V13).

    `to` is who is told, None at the server's terminal: of who is hidden, only who may see them learns the name (S11).
    """
    holder = email_holder(email, besides=besides)
    if holder is None:
        return
    fault = Broken("taken_by_deleted" if holder.deleted else "taken", name=holder.name, id=holder.pk)
    told = discreet(fault, to=to)
    if told is not fault:
        raise ValidationError({"email": as_validation_error(told)})
    said = (
        _("%(person)s was deleted and may not register again with the address %(email)s.")
        if holder.deleted
        else _("%(person)s already has an account with the address %(email)s.")
    )
    person = fill('<a href="{}">{} (ID {})</a>', link("customers_view", holder.pk), holder.name, holder.pk)
    raise ValidationError({"email": filled(said, person=person, email=holder.email)}, code="taken")


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
def add_customer(
    values: dict[str, Any], *, by: Actor, reason: str = "", grounds: Mapping[str, str] = NO_GROUNDS
) -> Customer:
    """Create a customer of cleaned form values; `groups` and `default_group` are needed, `password` is plain text.

    `grounds` say by kind on what each consent rests.
    Raises ValidationError by field: required here and missing, address taken, default group not among the groups.
    """
    guest = values.get("guest", False)
    refuse_missing(values, of=None)
    if not guest:
        refuse_taken(values["email"], to=by.staff)
    refuse_unticked(values["default_group"], values["groups"])
    # A guest never logs in.
    password = "" if guest else values.get("password")
    draft = _draft(None, {**values, **(_hashed(password) if password else {"password": ""})}, grounds)
    _hold_title(values)
    with _taken_is_told(values["email"], to=by.staff):
        (key,) = writing.add([draft], by=by, reason=reason)
    return Customer.objects.get(pk=key)


@one_change()
def edit_customer(
    customer: Customer,
    values: dict[str, Any],
    *,
    by: Actor,
    version: int | None = None,
    reason: str = "",
    grounds: Mapping[str, str] = NO_GROUNDS,
) -> Customer:
    """Change a customer to these cleaned values; what is not named stays, an empty password keeps the old one.
    `grounds` say by kind on what a consent rests that changes.

    Raises errors.NotAllowed when they are hidden, errors.Conflict when `version` is not the stored one,
    ValidationError by field otherwise.
    """
    return _edit(changes.lock(customer, version=version), values, by=by, reason=reason, grounds=grounds)


def _edit(
    current: Customer,
    values: dict[str, Any],
    *,
    by: Actor,
    reason: str = "",
    grounds: Mapping[str, str] = NO_GROUNDS,
) -> Customer:
    refuse_missing(values, of=current)
    email = values.get("email", current.email)
    guest = values.get("guest", current.guest)
    if not guest and (email.lower() != current.email_key or current.guest):
        refuse_taken(email, besides=current.pk, to=by.staff)
    if "groups" in values or "default_group" in values:
        ticked = values.get("groups")
        if ticked is None:
            ticked = MEMBERSHIPS.of([current.pk]).get(current.pk, ())
        refuse_unticked(values.get("default_group", current.default_group), ticked)
    values = {name: value for name, value in values.items() if name != "password" or value}
    password = values.pop("password", "")
    if password:
        values |= _hashed(password)
    _hold_title(values)
    with _taken_is_told(email, besides=current.pk, to=by.staff):
        writing.change([_draft(current, values, grounds)], by=by, reason=reason)
    if password and by.door != Door.SHOP:
        record(Kind.PASSWORD_SET, by=by, target=SECTION, id=current.pk)
    return current


def _hold_title(values: dict[str, Any]) -> None:
    """Groups and tags are held where they are paired; members of staff are never deleted."""
    if title := values.get("title"):
        changes.hold(Title, [title.pk])


def _hashed(password: str) -> dict[str, Any]:
    """A new password as it is stored: only its hash, and since when it holds (S7)."""
    return {"password": make_password(password), "password_changed_at": timezone.now()}


def _draft(record: Customer | None, values: dict[str, Any], grounds: Mapping[str, str]) -> writing.Draft:
    """These form values, records among them, as the writing takes them."""
    single, several, custom = {}, {}, {}
    for name, value in values.items():
        if is_custom(name):
            custom[key_of(name)] = value
            continue
        field = Customer._meta.get_field(name)
        if field.many_to_many:
            several[name] = None if value is None else sorted({one.pk for one in value})
        else:
            single[field.attname] = field.to_python(getattr(value, "pk", value))
    return writing.Draft(record, single, **several, custom=custom, grounds=grounds)


@contextmanager
def _taken_is_told(email: str, *, besides: int | None = None, to: StaffMember | None) -> Iterator[None]:
    """Says who has the address where somebody else took it a moment ago, and the database refuses it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_account_per_email" in str(error) or "email_key" in str(error):
            refuse_taken(email, besides=besides, to=to)
        raise


@one_change()
def write_note(customer: Customer, note: str, *, by: Actor, was: str = "") -> Customer:
    """Change the private note. errors.Conflict where `was`, the `fingerprint` of the note seen, is not today's;
    errors.NotAllowed when the customer is hidden.
    """
    current = changes.lock(customer)
    if was and was != fingerprint(current.note) and note != current.note:
        raise Conflict(current)
    return _edit(current, {"note": note}, by=by)


def fingerprint(note: str) -> str:
    """A short text by which two notes are told apart."""
    return sha256(note.encode()).hexdigest()[:16]


def save_customer(
    customer: Customer | None,
    values: dict[str, Any],
    *,
    by: Actor,
    version: int | None = None,
    grounds: Mapping[str, str] = NO_GROUNDS,
) -> Customer:
    """Add or change, as the form asks."""
    if customer is None:
        return add_customer(values, by=by, grounds=grounds)
    return edit_customer(customer, values, by=by, version=version, grounds=grounds)


@one_change()
def switch(
    customer: Customer, field: str, value: bool | None, *, by: Actor, ground: str = NOT_STATED
) -> Customer:
    """Set one of active, newsletter, partner_offers; None turns it over. Required fields never block it (D-13).

    `ground` is what a consent rests on.
    errors.NotAllowed when the customer is hidden.
    """
    current = changes.lock(customer)
    value = not getattr(current, field) if value is None else value
    return _edit(current, {field: value}, by=by, grounds={field: ground})
