"""Letting people in, and what they may. Nobody is ever deleted: history names them; they are disabled."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ..access.roles import Role
from ..faults import as_validation_error
from ..models import Counter
from ..records import events
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..records.events import Kind
from ..records.history import record_set, signed_by
from ..rules import Broken
from .models import StaffMember
from .names import staff_name
from .notices import Notice, tell


def invite(email: str, name: str, role: Role, *, by: Actor, language: str = "") -> StaffMember:
    """A new account that waits for its password to be chosen.

    Raises NotAllowed when somebody signs in with this address already, in any case of letters, ValidationError at
    `name` for one that breaks the rule.
    """
    person = StaffMember.objects.new(email, name=_ruled(name), role=role, language=language)
    signed_by(person, by)
    try:
        with transaction.atomic():
            person.save()
            events.record(Kind.STAFF_INVITED, by=by, target=person.name, role=person.role)
    except IntegrityError:
        raise NotAllowed(_("Somebody already signs in with this e-mail address.")) from None
    return person


def choose_password(person: StaffMember, password: str, *, by: Actor) -> None:
    """Raises ValidationError with every rule of AUTH_PASSWORD_VALIDATORS that the password breaks."""
    validate_password(password, person)
    set_password(person, password, by=by)


@transaction.atomic
def set_password(person: StaffMember, password: str, *, by: Actor) -> None:
    """Store a password that was judged before; the person is told by mail, but for the first one (S20)."""
    changed = not person.awaits_password
    person.set_password(password)
    person.save(update_fields=["password"])
    events.record(Kind.PASSWORD_CHANGED, by=by, target=person.name)
    if changed:
        transaction.on_commit(partial(tell, person, Notice.PASSWORD, by=by))


@transaction.atomic
def change(person: StaffMember, *, name: str, role: Role, by: Actor) -> None:
    """The role counts from the person's next request. The last owner who can sign in keeps theirs (NotAllowed).

    ValidationError at `name` for one that breaks the rule; one that is unchanged never does (decision 5).
    """
    stored = _locked(person)
    if stored.role != role:
        if role != Role.OWNER:
            stored.leave_an_owner()
        events.record(Kind.ROLE_CHANGED, by=by, target=stored.name, before=stored.role, after=str(role))
    _write(person, by=by, role=role, **_renamed(stored, name, by=by))


@transaction.atomic
def change_profile(person: StaffMember, *, name: str, by: Actor, **choices: str) -> None:
    """One's own name and how one reads (language, theme, density); a new name is an event (S6)."""
    stored = _locked(person)
    _write(person, by=by, **choices, **_renamed(stored, name, by=by))


def _renamed(stored: StaffMember, name: str, *, by: Actor) -> dict[str, str]:
    """The new name, written down; nothing where it is the old one."""
    if name == stored.name or (name := _ruled(name)) == stored.name:
        return {}
    events.record(Kind.STAFF_RENAMED, by=by, target=name, before=stored.name)
    return {"name": name}


def _ruled(name: str) -> str:
    try:
        return staff_name(name)
    except Broken as fault:
        raise ValidationError({"name": as_validation_error(fault)}) from None


@transaction.atomic
def disable(person: StaffMember, *, by: Actor) -> None:
    """Ends every session at the next request (G34), and every link given out. The last owner stays (NotAllowed)."""
    stored = _locked(person)
    if not stored.is_active:
        return
    stored.leave_an_owner()
    events.record(Kind.STAFF_DISABLED, by=by, target=stored.name)
    _write(person, by=by, is_active=False, session_round=F("session_round") + 1)


@transaction.atomic
def enable(person: StaffMember, *, by: Actor) -> None:
    """They may sign in again; sessions and links from before stay closed."""
    if _locked(person).is_active:
        return
    events.record(Kind.STAFF_ENABLED, by=by, target=person.name)
    _write(person, by=by, is_active=True)


@transaction.atomic
def reset_second_factor(person: StaffMember, *, by: Actor) -> None:
    """For who lost phone and recovery codes: the next sign-in asks for the password only; sessions end.

    The person is told by mail (S20).
    """
    _locked(person)
    Authenticator.objects.filter(user=person).delete()
    events.record(Kind.SECOND_FACTOR_RESET, by=by, target=person.name)
    _write(person, by=by, session_round=F("session_round") + 1)
    transaction.on_commit(partial(tell, person, Notice.SECOND_FACTOR_RESET, by=by))


def _locked(person: StaffMember) -> StaffMember:
    """The stored person, locked together with the owners and always in the same order: no two can block each other."""
    owners = Q(role=Role.OWNER, is_active=True)
    rows = StaffMember.objects.select_for_update().filter(owners | Q(pk=person.pk)).order_by("pk")
    return next(row for row in rows if row.pk == person.pk)


def _write(person: StaffMember, *, by: Actor, **values: Any) -> None:
    """Write what differs, and a row of history where that is something history keeps."""
    rows = StaffMember.objects.filter(pk=person.pk)
    before = rows.values().get()
    rows.update(**values)
    person.refresh_from_db()
    kept = {one.attname for one in StaffMember.history.model.tracked_fields}
    if any(getattr(person, name) != before[name] for name in values.keys() & kept):
        record_set(rows, by=by)
        Counter.move(StaffMember._meta.label_lower)
