"""The private note of a file and the pinned one of its notes are one thing, said in both places (B17, S1.52)."""

from collections.abc import Mapping

from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.history import record_set

from ..models import Note

_COLUMNS = ("customer_id", "text", "pinned", "author_id", "version", "created_at", "updated_at")


def follow(texts: Mapping[int, str], *, by: Actor) -> None:
    """Have the pinned notes of these customers say what was written on their files; an empty text takes them away.

    One that is new is `by`'s own. Of many people as of one: a few statements.
    """
    now = timezone.now()
    pinned = {
        one.customer_id: one for one in Note.objects.filter(pinned=True, customer_id__among=list(texts))
    }
    gone = [one.pk for key, one in pinned.items() if not texts[key]]
    other = [one for key, one in pinned.items() if texts[key] and texts[key] != one.text]
    new = [key for key, text in texts.items() if text and key not in pinned]
    if gone:
        changes.delete_set(Note.objects.filter(pk__among=gone), by=by)
    if other:
        rows = [(one.pk, texts[one.customer_id], one.version + 1, now) for one in other]
        bulk_sql.update(Note, ("text", "version", "updated_at"), rows)
        record_set(Note.objects.filter(pk__among=[one.pk for one in other]), by=by)
    if new:
        author = by.staff.pk if by.staff else None
        bulk_sql.insert(Note, _COLUMNS, [(key, texts[key], True, author, 1, now, now) for key in new])
        record_set(Note.objects.filter(pinned=True, customer_id__among=new), by=by, kind="+")
    Counter.move(Note._meta.label_lower, len(new) - len(gone))
