"""Letting people in, and what they may. Nobody is ever deleted: history names them; they are disabled."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ..access.roles import Role
from ..records import events
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..records.events import Kind
from .models import StaffMember


def invite(email: str, name: str, role: Role, *, by: Actor, language: str = "") -> StaffMember:
    """A new account that waits for its password to be chosen.

    Raises NotAllowed when somebody signs in with this address already, in any case of letters.
    """
    try:
        with transaction.atomic():
            person = StaffMember.objects.create_user(email, name=name, role=role, language=language)
            events.record(Kind.STAFF_INVITED, by=by, target=person.name, role=person.role)
    except IntegrityError:
        raise NotAllowed(_("Somebody already signs in with this e-mail address.")) from None
    return person


def choose_password(person: StaffMember, password: str, *, by: Actor) -> None:
    """Raises ValidationError with every rule of AUTH_PASSWORD_VALIDATORS that the password breaks."""
    validate_password(password, person)
    person.set_password(password)
    with transaction.atomic():
        person.save(update_fields=["password"])
        events.record(Kind.PASSWORD_CHANGED, by=by, target=person.name)


@transaction.atomic
def change(person: StaffMember, *, name: str, role: Role, by: Actor) -> None:
    """The role counts from the person's next request. The last enabled owner keeps theirs (NotAllowed)."""
    stored = _locked(person)
    if stored.role != role:
        if role != Role.OWNER:
            stored.leave_an_owner()
        events.record(Kind.ROLE_CHANGED, by=by, target=stored.name, before=stored.role, after=str(role))
    if stored.name != name:
        events.record(Kind.STAFF_RENAMED, by=by, target=name, before=stored.name)
    _write(person, name=name, role=role)


@transaction.atomic
def disable(person: StaffMember, *, by: Actor) -> None:
    """Ends every session of theirs at the next request (G34). The last enabled owner stays (NotAllowed)."""
    stored = _locked(person)
    if not stored.is_active:
        return
    stored.leave_an_owner()
    events.record(Kind.STAFF_DISABLED, by=by, target=stored.name)
    _write(person, is_active=False, session_round=F("session_round") + 1)


@transaction.atomic
def enable(person: StaffMember, *, by: Actor) -> None:
    """They may sign in again; sessions from before stay closed."""
    if _locked(person).is_active:
        return
    events.record(Kind.STAFF_ENABLED, by=by, target=person.name)
    _write(person, is_active=True)


@transaction.atomic
def reset_second_factor(person: StaffMember, *, by: Actor) -> None:
    """For who lost phone and recovery codes: the next sign-in asks for the password only; sessions end."""
    _locked(person)
    Authenticator.objects.filter(user=person).delete()
    events.record(Kind.SECOND_FACTOR_RESET, by=by, target=person.name)
    _write(person, session_round=F("session_round") + 1)


def _locked(person: StaffMember) -> StaffMember:
    """The stored person, locked together with the owners and always in the same order: no two can block each other."""
    owners = Q(role=Role.OWNER, is_active=True)
    rows = StaffMember.objects.select_for_update().filter(owners | Q(pk=person.pk)).order_by("pk")
    return next(row for row in rows if row.pk == person.pk)


def _write(person: StaffMember, **values) -> None:
    StaffMember.objects.filter(pk=person.pk).update(**values)
    person.refresh_from_db()
