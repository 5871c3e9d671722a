"""Reading history: what changed from one row to the next, in words people know (deliverable 4, D-92)."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..sections import Section
from .actors import Door
from .conflicts import shown
from .errors import NotAllowed


@dataclass(frozen=True)
class FieldChange:
    """One field's old and new value as people read them.

    `entry` is set where the old value can be put back: not where it is what stands there now.
    """

    name: str
    label: str
    old: str
    new: str
    entry: int | None = None


@dataclass(frozen=True)
class Entry:
    """One change of a record: who, when, by which door and from where, and what."""

    at: Any
    who: str
    door: str
    ip: str | None
    title: str
    reason: str = ""
    changes: list[FieldChange] = field(default_factory=list)


def changes_of(section: Section, record: Model, *, offset: int, limit: int) -> list[Entry]:
    """The record's changes, newest first; rows of related histories (groups, tags) stand among them."""
    rows = list(
        record.history.select_related("history_user").order_by("-history_date", "-history_id")[
            : offset + limit + 1
        ]
    )
    entries = []
    for place, row in enumerate(rows):
        before = rows[place + 1] if place + 1 < len(rows) else None
        entries.append(_entry(section, row, before, record))
    if section.page.history_of:
        entries += section.page.history_of(record, offset + limit)
    entries.sort(key=lambda one: one.at, reverse=True)
    return entries[offset : offset + limit]


def entry_of(row: Any, *, title: str, changes: list[FieldChange]) -> Entry:
    """An entry with the author, door and address of a history row."""
    return Entry(
        at=row.history_date,
        who=str(row.history_user.name) if row.history_user else "",
        door=Door(row.door).label,
        ip=row.ip,
        title=title,
        reason=row.history_change_reason or "",
        changes=changes,
    )


KINDS = {"+": gettext_lazy("Added"), "~": gettext_lazy("Changed"), "-": gettext_lazy("Deleted")}


def _entry(section: Section, row: Any, before: Any, record: Model) -> Entry:
    changes = []
    if row.history_type == "~" and before is not None:
        for one in row.tracked_fields:
            old, new = getattr(before, one.attname), getattr(row, one.attname)
            form_field = section.form_fields.get(one.name) if section.form else None
            if old == new or not (form_field or _has_words(one)):
                continue
            changes.append(
                FieldChange(
                    name=one.name,
                    label=str(form_field.label if form_field else one.verbose_name),
                    old=_shown(one, form_field, old),
                    new=_shown(one, form_field, new),
                    entry=before.history_id
                    if form_field is not None and old != getattr(record, one.attname)
                    else None,
                )
            )
    return entry_of(row, title=str(KINDS[row.history_type]), changes=changes)


def _has_words(one: Any) -> bool:
    """Whether the field has a name for people; those that only go with another one have none."""
    return one.name != "id" and str(one.verbose_name) != one.name.replace("_", " ")


def _shown(one: Any, form_field: Any, value: Any) -> str:
    if one.is_relation and value is not None:
        found = one.remote_field.model._base_manager.filter(pk=value).first()
        return str(found) if found else _("number %(id)s, deleted") % {"id": value}
    if one.choices:
        return str(dict(one.flatchoices).get(value, value)) or "--"
    return shown(form_field or one, value)


def old_value(section: Section, record: Model, *, entry: int, field: str) -> Any:
    """The value a field of the form had in that history row, as a service takes it; 404 for anything else.

    NotAllowed where the record it pointed at is gone.
    """
    row = record.history.filter(history_id=entry).first()
    known = {one.name: one for one in row.tracked_fields} if row is not None else {}
    if field not in known or field not in section.form_fields:
        raise Http404
    one = known[field]
    value = getattr(row, one.attname)
    if not one.is_relation or value is None:
        return value
    found = one.remote_field.model._base_manager.filter(pk=value).first()
    if found is None:
        raise NotAllowed(_("What stood there was deleted meanwhile: it cannot be put back."))
    return found
