"""The one way records are written: lock, compare, write, history, all in one transaction (habits 1 and 7).

One record is locked, saved and deleted; many of them, with the same values, are lock_set, save_set and delete_set.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import CASCADE, DO_NOTHING, SET_NULL, F, ProtectedError, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..database.counting import one_change
from ..database.sharing import shared_keys
from ..models import Counter
from ..models.kept import Kept
from .actors import Actor
from .errors import Conflict, Gone, NotAllowed
from .history import record_set, signed_by

Record = TypeVar("Record", bound=Kept)

BATCH = 2_000


def refusal_to_change(record: Kept) -> str:
    """Why this record cannot be changed: it is hidden, and read-only until it is brought back; "" where it can."""
    if not getattr(record, "is_hidden", False):
        return ""
    return _("%(name)s is deleted: bring them back before changing anything.") % {"name": record}


def lock(record: Record, *, version: int | None = None) -> Record:
    """The record as it is stored now, locked until the transaction ends.

    Raises NotAllowed when it is hidden, Conflict when `version` is given and somebody has saved since, and Gone when
    it was deleted meanwhile.
    """
    current = type(record)._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if current is None:
        raise Gone(_("%(name)s was deleted meanwhile.") % {"name": record})
    if refusal := refusal_to_change(current):
        raise NotAllowed(refusal)
    if version is not None and current.version != version:
        raise Conflict(current)
    return current


def lock_set(rows: QuerySet, where: Q | None = None) -> Iterator[list[int]]:
    """The ids of these records, batch by batch, locked in one order until the transaction ends.

    `where` is a condition on the records' own columns. Whoever changes the same records at the same time waits, and
    then sees what has become of them: those that are gone, or do not meet the condition any more, are left out.
    """
    condition = where or Q()
    ids = sorted(set(rows.filter(condition).order_by().values_list("pk", flat=True)))
    lockable = rows.model._base_manager.select_for_update(of=("self",)).filter(condition).order_by("pk")
    for start in range(0, len(ids), BATCH):
        batch = lockable.filter(pk__among=ids[start : start + BATCH])
        if found := list(batch.values_list("pk", flat=True)):
            yield found


def hold(model: type[Kept], keys: Iterable[int | None]) -> None:
    """Keep these records from being deleted until the transaction ends. Gone, by the name it had, for one that is.

    Call it when the records that will point at them are locked, so that nobody waits in a circle. Counts in them move
    on: two who put people into a group do not wait for each other here.
    """
    asked = {key for key in keys if key is not None}
    if not asked:
        return
    if missing := asked - shared_keys(model._base_manager.filter(pk__in=asked).order_by("pk")):
        last = model.history.filter(id=min(missing)).order_by("-history_date", "-history_id").first()
        raise Gone(_("“%(name)s” was deleted meanwhile.") % {"name": last.instance if last else min(missing)})


@one_change()
def save(record: Kept, values: dict[str, Any], *, by: Actor, reason: str = "") -> list[str]:
    """Write `values` (field name to value) on a locked or new record, with its history row.

    Returns the names of the fields that changed; nothing is written when there are none and the record exists.
    """
    new = record._state.adding
    changed = [name for name, value in values.items() if new or getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    if not new and not changed:
        return []
    touch(record, by=by, reason=reason)
    Counter.move(record._meta.label_lower, 1 if new else 0)
    return changed


def touch(record: Kept, *, by: Actor, reason: str = "") -> None:
    """Save a record as changed now: its version and last update move, and a history row is written."""
    record.version += 1
    record.updated_at = timezone.now()
    signed_by(record, by, reason)
    record.save()


def save_set(rows: QuerySet, values: dict[str, Any], *, by: Actor, reason: str = "") -> None:
    """Write the same `values` on locked records, each with its history row; they may be expressions.

    Folded columns are not filled: they are the caller's where their text is among the values.
    """
    touch_set(rows, **values)
    record_set(rows, by=by, reason=reason)


def touch_set(rows: QuerySet, **values) -> None:
    """Move version and last update of locked records, without a history row: what changed has one of its own."""
    if rows.update(**values, version=F("version") + 1, updated_at=timezone.now()):
        Counter.move(rows.model._meta.label_lower)


@one_change()
def change_set(rows: QuerySet, values: dict[str, Any], *, where: Q, by: Actor, reason: str = "") -> list[int]:
    """Lock these records and write the same `values` on those for which `where` holds; returns who was changed.

    `where` says who can be changed and is not so already: "not hidden, and newsletter off".
    """
    changed: list[int] = []
    for batch in lock_set(rows, where):
        save_set(rows.model._base_manager.filter(pk__among=batch), values, by=by, reason=reason)
        changed += batch
    return changed


@one_change()
def delete(record: Kept, *, by: Actor, reason: str = "") -> None:
    """Remove a record; its history stays (D-93)."""
    label = record._meta.label_lower
    signed_by(record, by, reason)
    record.delete()
    Counter.move(label, -1)


@one_change()
def delete_set(rows: QuerySet, *, by: Actor) -> None:
    """Remove records with all that cascades, a statement or two a table, each with its history row signed.

    Counters are the caller's. ProtectedError where something else needs one of them.
    """
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        theirs = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows})
        if relation.on_delete is CASCADE:
            delete_set(theirs, by=by)
        elif relation.on_delete is SET_NULL:
            theirs.update(**{relation.field.name: None})
        elif relation.on_delete is not DO_NOTHING and theirs.exists():
            raise ProtectedError(f"{theirs.model._meta.label} needs one of them", theirs)
    if hasattr(rows.model, "history"):
        record_set(rows, by=by, kind="-")
    rows._raw_delete(rows.db)
