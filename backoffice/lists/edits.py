"""What a form changed in one record, kept so that it can be taken back as bulk changes are (U11, decision 42).

Kept are the rows of history before and after, and the ids of what stood in lists of records: no value of anybody's.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, partial
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ..access.verbs import verb
from ..custom import is_custom
from ..database.counting import one_change
from ..jobs import running
from ..models import Job, JobBlock
from ..models.kept import Kept
from ..records import changes
from ..records.actors import Actor
from ..records.errors import NotAllowed, NotThere
from ..records.history_reading import old_value
from ..sections import BulkAction, Choice, Section, Undo, Words, section_named

# The kind of such a job.
EDIT = "edit"
# What it did, and what takes it back.
SAVED, PUT_BACK = ACTIONS = ("form_saved", "form_put_back")


@one_change()
def save(
    section: Section,
    record: Kept,
    values: dict[str, Any],
    *,
    by: Actor,
    version: int | None = None,
    query: str = "",
    service: Callable[..., Any] | None = None,
) -> tuple[Any, Job | None]:
    """Save a record as its section does: the record as it is now, and the job by which that can be taken back.

    No job where nothing was changed, or something that no history keeps, such as a password. `query` is the list that
    somebody came from; `service` saves it in place of the section's. The errors are the service's.
    """
    before = changes.lock(record, version=version)
    lists = {name: _ids(before, name) for name in values if _is_list(section, name)}
    custom = _custom_rows(section, before, values)
    row = _latest_row(before)
    assert section.editing is not None
    saved: Any = (service or section.editing.save)(before, values, by=by, version=version)
    if saved.version == before.version:
        return saved, None
    kept = _kept(section, before, saved, values, lists, row)
    if kept and (moved := _moved(custom, _custom_rows(section, saved, values))):
        kept["custom"] = moved
    return saved, _job(section, saved, kept, query, by) if kept else None


def _kept(
    section: Section,
    before: Kept,
    saved: Kept,
    values: dict[str, Any],
    lists: dict[str, Any],
    row: int | None,
) -> dict[str, Any]:
    """What taking it back has to know, {} where that cannot be."""
    fields = []
    for name in values.keys() - lists.keys():
        if is_custom(name):
            continue
        attribute = _field(section, name).attname
        if getattr(before, attribute) != getattr(saved, attribute):
            fields.append(name)
    tracked = {one.name for one in section.model.history.model.tracked_fields}
    if fields and (row is None or not tracked.issuperset(fields)):
        return {}
    moved = {name: [was, now] for name, was in lists.items() if was != (now := _ids(saved, name))}
    return {"rows": [row, _latest_row(saved)], "fields": sorted(fields), "lists": moved}


def _custom_rows(section: Section, record: Kept, names: Iterable[str]) -> dict[str, int]:
    """The newest row of history of each of these fields that staff declared, by name."""
    asked = [name for name in names if is_custom(name)]
    return section.custom.latest(record, asked) if section.custom and asked else {}


def _moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """The rows of history that were written meanwhile."""
    return {name: row for name, row in after.items() if row != before.get(name)}


def _job(section: Section, saved: Model, kept: dict[str, Any], query: str, by: Actor) -> Job:
    """A job that is done already."""
    now = timezone.now()
    times = {"created_at": now, "started_at": now, "finished_at": now}
    facts = {"section": section.slug, "action": SAVED, "query": query, "state": Job.State.DONE}
    job = running.asked_by(by, kind=EDIT, total=1, done=1, changed=1, **facts, **times)
    job.save()
    whom = [saved.pk]
    JobBlock.objects.create(job=job, place=0, ids=whom, changed=whom, remembered=[kept], done_at=now)
    return job


@cache
def form_actions(section: Section) -> tuple[BulkAction, ...]:
    """What is done by the section's form, and what takes it back, as actions on one record."""
    may = verb(section.right("change"))
    back = may(partial(_put_back, section))
    return (
        BulkAction(
            name=SAVED,
            title=gettext_lazy("Changes"),
            run=back,
            words=Words(done=ngettext_lazy("%(label)s saved.", "%(label)s saved.", "count")),
            undo=Undo(action=PUT_BACK, since=partial(_changed_since, section)),
        ),
        BulkAction(
            name=PUT_BACK,
            title=gettext_lazy("Undo"),
            run=back,
            words=Words(done=ngettext_lazy("changes to %(label)s.", "changes to %(label)s.", "count")),
        ),
    )


def named(job: Job) -> str:
    """Whose form it was."""
    section, block = section_named(job.section), job.blocks.first()
    key = block.ids[0] if block else None
    record = section.rows().filter(pk=key).first() if section else None
    return str(record) if record else _("number %(id)s, deleted") % {"id": key}


def _put_back(section: Section, rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Write what stood there before; who was changed since has been left out already."""
    (kept,) = choice.remembered
    changed = []
    for record in rows:
        try:
            values = _values_before(section, record, kept)
            assert section.editing is not None
            (section.editing.put_back or section.editing.save)(record, values, by=by)
        except NotThere:
            raise NotAllowed(_("What stood there was deleted meanwhile: it cannot be put back.")) from None
        except ValidationError as faults:
            raise NotAllowed(unescape(strip_tags(" ".join(faults.messages)))) from None
        changed.append(record.pk)
    return changed


def _values_before(section: Section, record: Kept, kept: dict[str, Any]) -> dict[str, Any]:
    values = {name: old_value(section, record, entry=kept["rows"][0], field=name) for name in kept["fields"]}
    for name, (was, _now) in kept["lists"].items():
        there = _field(section, name).related_model._base_manager.filter(pk__in=was)
        values[name] = list(there)
        if len(values[name]) < len(was):
            raise NotThere(name)
    if custom := kept.get("custom"):
        declared = section.now()
        values |= {name: old_value(declared, record, entry=row, field=name) for name, row in custom.items()}
    return values


def _changed_since(section: Section, ids: list[int], choice: Choice, at: datetime) -> set[int]:
    """Those of one record who are not as the form left them, in any field that it changed."""
    (kept,) = choice.remembered
    record = section.rows().filter(pk__in=ids).first()
    return set() if record is not None and _is_as_left(section, record, kept) else set(ids)


def _is_as_left(section: Section, record: Kept, kept: dict[str, Any]) -> bool:
    row = record.history.filter(history_id=kept["rows"][1]).first() if kept["fields"] else None
    attributes = [_field(section, name).attname for name in kept["fields"]]
    custom = kept.get("custom", {})
    if custom != _custom_rows(section, record, custom):
        return False
    return all(row is not None and getattr(row, one) == getattr(record, one) for one in attributes) and all(
        _ids(record, name) == now for name, (_was, now) in kept["lists"].items()
    )


def _field(section: Section, name: str) -> Any:
    return section.model._meta.get_field(name)


def _is_list(section: Section, name: str) -> bool:
    return not is_custom(name) and bool(_field(section, name).many_to_many)


def _ids(record: Model, name: str) -> list[int]:
    return sorted(getattr(record, name).values_list("pk", flat=True))


def _latest_row(record: Kept) -> int | None:
    rows = record.history.order_by("-history_date", "-history_id")
    return rows.values_list("history_id", flat=True).first()
