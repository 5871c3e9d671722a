"""Notes about a customer: many, each with its author; one may be pinned as the private note (S3.20, S3.21, B17)."""

from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import Gone, NotAllowed
from backoffice.staff.models import StaffMember

from ..models import Customer, Note
from . import writing

_ANY = "customers.delete_note"


@verb("customers.add_note")
@one_change()
def add_note(customer: Customer, text: str, *, by: Actor) -> Note:
    """Write a note down, below those there are. NotAllowed where the customer is hidden."""
    note = Note(customer=changes.lock(customer), author=by.staff)
    changes.save(note, {"text": text}, by=by)
    return note


def may_write(note: Note, staff: StaffMember | None) -> bool:
    """Whether a note is theirs to change and to delete: their own, nobody's, or any for who may delete notes."""
    return staff is None or note.author_id in (None, staff.pk) or staff.has_perm(_ANY)


@verb("customers.change_note")
@one_change()
def edit_note(note: Note, text: str, *, by: Actor, version: int | None = None) -> Note:
    """Write a note anew. Conflict where somebody did so since `version`, NotAllowed where it is somebody else's."""
    customer, current = _locked(note, version=version)
    _refuse_others(current, by)
    changes.save(current, {"text": text}, by=by)
    if current.pinned:
        _write_on_file(customer, text, by=by)
    return current


@verb("customers.change_note")
@one_change()
def pin_note(note: Note, pinned: bool, *, by: Actor) -> Note:
    """Make it the private note, in place of the one there was, which stays a note; or a note like the others."""
    customer, current = _locked(note)
    if current.pinned == pinned:
        return current
    for before in Note.objects.select_for_update(of=("self",)).filter(customer=customer, pinned=True):
        changes.save(before, {"pinned": False}, by=by)
    if pinned:
        changes.save(current, {"pinned": True}, by=by)
    else:
        current.refresh_from_db()
    _write_on_file(customer, current.text if pinned else "", by=by)
    return current


@verb("customers.change_note")
@one_change()
def delete_note(note: Note, *, by: Actor) -> None:
    """Take a note away; `restore_note` brings it back. NotAllowed where it is somebody else's."""
    customer, current = _locked(note)
    _refuse_others(current, by)
    was_pinned = current.pinned
    changes.delete(current, by=by)
    if was_pinned:
        _write_on_file(customer, "", by=by)


@verb("customers.change_note")
@one_change()
def restore_note(customer: Customer, key: int, *, by: Actor) -> Note:
    """Bring a deleted note back as it was, pinned again where nothing else is. Gone where there is no such one."""
    current = changes.lock(customer)
    rows = Note.history.filter(id=key, customer_id=customer.pk).order_by("-history_date", "-history_id")
    last = rows.first()
    if last is None or last.history_type != "-" or Note.objects.filter(pk=key).exists():
        raise Gone(_("There is nothing to bring back."))
    note = last.instance
    _refuse_others(note, by)
    pinned = note.pinned and not Note.objects.filter(customer=current, pinned=True).exists()
    note._state.adding = True
    changes.save(note, {"pinned": pinned}, by=by)
    if pinned:
        _write_on_file(current, note.text, by=by)
    return note


def _locked(note: Note, *, version: int | None = None) -> tuple[Customer, Note]:
    """The customer first, as everybody who writes on a file does."""
    return changes.lock(note.customer), changes.lock(note, version=version)


def _refuse_others(note: Note, by: Actor) -> None:
    if not may_write(note, by.staff):
        raise NotAllowed(_("Only who wrote this note may change it."))


def _write_on_file(customer: Customer, text: str, *, by: Actor) -> None:
    writing.change([writing.Draft(customer, {"note": text})], by=by)
