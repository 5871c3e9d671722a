"""What staff noted about a customer, on their file: the private note, and all others (S0.45, S1.52, S3.20, B17)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.access.verbs import right_of
from backoffice.records import once
from backoffice.records.history_reading import Entry, FieldChange, authors_of, entry_of
from backoffice.screen import formats
from backoffice.screen.folds import beginning_of
from backoffice.staff.models import StaffMember

from .. import services
from ..models import Customer, Note

SHOWN = 10


def notes_panel(customer: Customer, staff) -> dict:
    """The latest ten notes beside the pinned one, with the form for a new one."""
    may_add = staff.has_perm(right_of(services.add_note)) and not customer.deleted
    found = list(notes_of(customer)[: SHOWN + 1])
    number = len(found) if len(found) <= SHOWN else notes_of(customer).count()
    return {
        "count": number,
        "notes": notes_shown(found[:SHOWN], customer, staff),
        "write_url": reverse("customers_note_add", args=[customer.pk]) if may_add else "",
        "once": once.new_key() if may_add else "",
        "url": reverse("customers_notes", args=[customer.pk]) if number > SHOWN else "",
        "empty": "" if number else _("No other notes about %(name)s.") % {"name": customer},
    }


def notes_of(customer: Customer) -> QuerySet:
    """The notes beside the pinned one, the latest first."""
    notes = customer.notes.filter(pinned=False).select_related("author")
    return notes.order_by("-created_at", "-id")


def pinned_note(customer: Customer, staff) -> dict:
    """Who wrote the private note and when, and how it becomes a note like the others."""
    if not customer.note:
        return {"pinned": None}
    note = customer.notes.filter(pinned=True).select_related("author").first()
    return {"pinned": notes_shown([note], customer, staff)[0] if note else None}


def notes_shown(notes, customer: Customer, staff: StaffMember) -> list[dict]:
    """Notes as they are drawn, with what this person may do to each."""
    may = staff.has_perm(right_of(services.edit_note)) and not customer.deleted
    return [_shown(note, customer, may=may, own=may and services.may_write(note, staff)) for note in notes]


def _shown(note: Note, customer: Customer, *, may: bool, own: bool) -> dict:
    def address(what: str) -> str:
        return reverse(f"customers_note_{what}", args=[customer.pk, note.pk])

    return {
        "pk": note.pk,
        "who": note.author.name if note.author else _("Staff"),
        "when": formats.moment(note.created_at),
        "when_iso": note.created_at.isoformat(),
        "text": note.text,
        "beginning": beginning_of(note.text),
        "edit_url": address("edit") if own else "",
        "delete_url": address("delete") if own else "",
        "pin_url": address("pin") if may else "",
    }


def note_changes(customer: Customer, limit: int) -> list[Entry]:
    """Notes written, changed, pinned and deleted, as entries of the customer's history, newest first."""
    newest = Note.history.filter(customer_id=customer.pk).order_by("-history_date", "-history_id")
    rows = list(newest[:limit])
    if not rows:
        return []
    authors = authors_of(rows)
    older = Note.history.filter(id__in={row.id for row in rows}).order_by("history_date", "history_id")
    before = {row.history_id: last for last, row in _pairs(older)}
    return [
        entry_of(row, changes=changes, authors=authors)
        for row in rows
        if (changes := list(_changes(row, before.get(row.history_id))))
    ]


def _pairs(rows: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each row with the one before it of the same note, the oldest first."""
    last: dict[int, Any] = {}
    for row in rows:
        if row.id in last:
            yield last[row.id], row
        last[row.id] = row


def _changes(row: Any, before: Any) -> Iterator[FieldChange]:
    """What happened to a note; the words of the pinned one stand in the history of the file itself."""
    was = before.text if before is not None and row.history_type == "~" else ""
    old, new = (row.text, "") if row.history_type == "-" else (was, row.text)
    if old != new and not row.pinned:
        yield FieldChange(name="text", label=pgettext("one of many", "Note"), old=old, new=new)
    if before is not None and row.history_type == "~" and before.pinned != row.pinned:
        old, new = (_("Yes") if one.pinned else _("No") for one in (before, row))
        yield FieldChange(name="pinned", label=_("Pinned"), old=old, new=new)
