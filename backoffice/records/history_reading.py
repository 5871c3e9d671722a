"""Reading history: what changed from one row to the next, in words people know (deliverable 4, D-92)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from ..models.kept import Kept
from ..screen import formats
from ..sections import Section, added_history
from ..sections.doors import label_in
from .actors import Door, import_in, token_in
from .conflicts import shown
from .errors import NotAllowed, NotThere
from .past_names import PastNames
from .required_fields import required_in


@dataclass(frozen=True)
class FieldChange:
    """One field's old and new value as people read them; of a list what was added (`new`) or removed (`old`), or in one
    sentence what happened (`said`), which may lead on (`url`).

    `entry` is set where the old value can be put back: not where it is what stands there now.
    """

    name: str
    label: str
    old: str
    new: str
    entry: int | None = None
    in_list: bool = False
    said: str = ""
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One change of a record: who, when, by which door and from where, and what; `kind` is "+", "~" or "-".

    `who` is the name of that day; two people may share it, or have it in turn: `email` says which one (S6). `imported`
    is the number of the import that did it, None where none did.
    """

    at: dt.datetime
    who: str
    email: str
    door: Door
    ip: str | None
    kind: str = "~"
    changes: list[FieldChange] = field(default_factory=list)
    imported: int | None = None


# A record is there before it is in groups, and its groups go before it: the clock may say otherwise by so much (U14).
SAME_MOMENT = dt.timedelta(seconds=1)
_EARLIER = {"+": SAME_MOMENT, "~": dt.timedelta(0), "-": -SAME_MOMENT}


def changes_of(section: Section, record: Kept, *, offset: int, limit: int, staff: HasRights) -> list[Entry]:
    """The record's changes, newest first, as this person may see them; rows of related histories (groups, tags) stand
    among them."""
    rows = list(record.history.order_by("-history_date", "-history_id")[: offset + limit + 1])
    pairs = list(zip_longest(rows, rows[1:]))
    authors, names = authors_of(rows), _names_in(pairs)
    entries = [
        entry_of(row, kind=row.history_type, changes=changes, authors=authors)
        for row, before in pairs
        for changes in [_changes(section, row, before, record, names) + _reason(section, row)]
    ]
    if section.page.history_of:
        entries += section.page.history_of(record, offset + limit)
    for read in added_history(section.slug):
        entries += read(record, offset + limit, staff)
    entries.sort(key=lambda one: one.at - _EARLIER[one.kind], reverse=True)
    return entries[offset : offset + limit]


def authors_of(rows: Iterable[Any]) -> PastNames:
    """Who made these history rows."""
    return PastNames(get_user_model(), {row.history_user_id for row in rows})


def entry_of(row: Any, *, changes: list[FieldChange], authors: PastNames, kind: str = "~") -> Entry:
    """An entry with the author, door and address of a history row."""
    author = authors.today.get(row.history_user_id)
    return Entry(
        at=row.history_date,
        who=authors.on(author.pk, row.history_date) if author else token_in(row.history_change_reason),
        email=author.email if author else "",
        door=Door(row.door),
        ip=row.ip,
        kind=kind,
        changes=changes,
        imported=import_in(row.history_change_reason),
    )


def _names_in(pairs: Iterable[tuple[Any, Any]]) -> dict[str, PastNames]:
    """The names of all records that fields pointed at before or after one of these changes, by field."""
    ids: dict[Any, set[Any]] = {}
    for row, before in pairs:
        for one in _changed(row, before):
            if one.is_relation:
                ids.setdefault(one, set()).update((getattr(before, one.attname), getattr(row, one.attname)))
    return {
        one.name: PastNames(one.remote_field.model, keys, by=one.target_field.attname)
        for one, keys in ids.items()
    }


def _changed(row: Any, before: Any) -> list[Any]:
    if row.history_type != "~" or before is None:
        return []
    return [one for one in row.tracked_fields if getattr(before, one.attname) != getattr(row, one.attname)]


def _changes(
    section: Section, row: Any, before: Any, record: Kept, names: dict[str, PastNames]
) -> list[FieldChange]:
    changes = []
    for one in _changed(row, before):
        form_field = section.form_fields.get(one.name) if section.form else None
        if not (form_field or _has_words(one)):
            continue
        old = getattr(before, one.attname)
        changes.append(
            FieldChange(
                name=one.name,
                label=label_in(section, one.name, record) if form_field else str(one.verbose_name),
                old=_shown(one, form_field, before, row, names),
                new=_shown(one, form_field, row, row, names),
                entry=before.history_id
                if can_be_put_back(section, one.name) and old != getattr(record, one.attname)
                else None,
            )
        )
    return changes


def _reason(section: Section, row: Any) -> list[FieldChange]:
    """The words that are kept with the change; the token or import that stands there instead is none."""
    said = row.history_change_reason or ""
    by_act = token_in(said) or import_in(said) is not None
    if not (section.page.reasons and said) or (by_act and row.door != Door.PAGE):
        return []
    return [FieldChange(name="", label=str(section.page.reasons), old="", new="", said=said)]


def can_be_put_back(section: Section, name: str) -> bool:
    """Whether the form of a stored record asks this field, so that an old value of it can be written again."""
    declared = section.field(name)
    return name in section.form_fields and not (declared and declared.once)


def _has_words(one: Any) -> bool:
    """Whether the field has a name for people; those that only go with another one have none."""
    return one.name != "id" and str(one.verbose_name) != one.name.replace("_", " ")


def _shown(one: Any, form_field: Any, holder: Any, row: Any, names: dict[str, PastNames]) -> str:
    """The value that `holder` has, in the words of the day of `row`."""
    value = getattr(holder, one.attname)
    if one.is_relation and value is not None:
        return names[one.name].told(value, row.history_date)
    if one.choices:
        return str(dict(one.flatchoices).get(value, value)) or formats.not_set()
    return shown(form_field or one, value)


def old_value(section: Section, record: Kept, *, entry: int, field: str) -> Any:
    """The value a field of the form had in that history row, as a service takes it.

    NotThere for any other row or field, NotAllowed where the record it pointed at is gone, or it
    was empty and is required now (decision 40).
    """
    if not can_be_put_back(section, field):
        raise NotThere(field)
    lists = section.page.lists_of_history
    value = lists[field](record, entry) if field in lists else _stored_in(record, entry, field)
    if field in required_in(section.slug) and value in (None, ""):
        raise NotAllowed(_("The settings of this shop require this field: it cannot be put back empty."))
    return value


def _stored_in(record: Kept, entry: int, field: str) -> Any:
    """The value of a stored field in that row of the record's own history."""
    row = record.history.filter(history_id=entry).first()
    known = {one.name: one for one in row.tracked_fields} if row is not None else {}
    if field not in known:
        raise NotThere(field)
    one = known[field]
    value = getattr(row, one.attname)
    if not one.is_relation or value is None:
        return value
    found = one.remote_field.model._base_manager.filter(**{one.target_field.attname: value}).first()
    if found is None:
        raise gone_meanwhile()
    return found


def gone_meanwhile() -> NotAllowed:
    """What is raised where the record that stood in a field is deleted."""
    return NotAllowed(_("What stood there was deleted meanwhile: it cannot be put back."))
