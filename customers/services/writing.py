"""The one corridor behind page, import, API and command: customers added and changed, one or thousands, set-wise.

Rules and the transaction (`one_change`) are the callers'; here are the rows of customers and figures, groups and tags,
the consent ledger, history and stored counts, in a number of statements that does not depend on the number of people.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any

from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.database.fields import FoldedField, SearchField
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.records.history import record_set
from groups.rules.filling import Fact

from ..models import NOT_STATED, Customer, CustomerFigures
from ..registries import name_followers
from ..search_index import CUSTOMERS_SEARCH
from . import private_notes
from .consents import CONSENTS, note_consents
from .custom_values import write_values
from .figures import FIGURES, Opening, figures_of_new, open_figures_set
from .group_filling import settle
from .leaving import keep_out, let_in
from .pairs import MEMBERSHIPS, TAGGINGS, Pairs, pair, part
from .sessions import ends_sessions

_FIELDS = {field.attname: field for field in Customer._meta.concrete_fields}
_DERIVED = [field for field in _FIELDS.values() if isinstance(field, FoldedField | SearchField)]
_in_order = itemgetter(*_FIELDS)
_FACTS = {
    "registered_at": Fact.REGISTERED,
    "country": Fact.COUNTRY,
    "newsletter": Fact.NEWSLETTER,
    "birthday": Fact.AGE,
}
_OPENING_FACTS = (Fact.TOTAL_SPENT, Fact.ORDERS, Fact.LAST_VISIT)
_PAIRS = ((MEMBERSHIPS, attrgetter("groups")), (TAGGINGS, attrgetter("tags")))


@dataclass(frozen=True, slots=True)
class Draft:
    """What to write for one customer: `record` is who it is, locked, None for a new one.

    `values` go by attribute ("title_id"); what is stored so already is not written. Groups and tags are ids, None
    leaves them as they are. `custom` are values by the number of the field that staff declared. `opening` are opening
    figures (decision 23); `figures` are the stored ones then, locked. `grounds` say by kind on what a consent rests
    that is given or taken back by this.
    """

    record: Customer | None
    values: dict[str, Any]
    groups: Collection[int] | None = None
    tags: Collection[int] | None = None
    custom: Mapping[int, Any] = field(default_factory=dict)
    opening: Opening = field(default_factory=Opening)
    figures: CustomerFigures | None = None
    grounds: Mapping[str, str] = field(default_factory=dict)


class _Person:
    """The values of a customer to be, as the folded columns are worked out of a model; that would take much longer."""

    def __init__(self, values: dict[str, Any]):
        self.__dict__ = values


def add(drafts: Sequence[Draft], *, by: Actor, reason: str = "") -> list[int]:
    """Add new customers; returns their ids, in that order. The default group is one of the groups of each."""
    if not drafts:
        return []
    now = timezone.now()
    defaults = {name: field.get_default() for name, field in _FIELDS.items()}
    defaults |= {"version": 1, "updated_at": now}
    keys = bulk_sql.take_keys(Customer, len(drafts))
    rows = [
        _row(defaults | draft.values | {"id": key}, now, by) for key, draft in zip(keys, drafts, strict=True)
    ]
    with CUSTOMERS_SEARCH.entered_at_once(keys[0], keys[-1]):
        bulk_sql.insert(Customer, list(_FIELDS), rows)
    record_set(Customer.objects.filter(pk__among=keys), by=by, kind="+", reason=reason)
    figures = [figures_of_new(key, draft.opening) for key, draft in zip(keys, drafts, strict=True)]
    bulk_sql.insert(CustomerFigures, FIGURES, figures)
    for pairs, wanted in _PAIRS:
        new = [(key, one) for key, draft in zip(keys, drafts, strict=True) for one in wanted(draft) or ()]
        pair(pairs, new, by=by)
    custom = {key: draft.custom for key, draft in zip(keys, drafts, strict=True) if draft.custom}
    write_values(custom, by=by, reason=reason, new=True)
    for kind in CONSENTS:
        given = {
            key: draft.grounds.get(kind, NOT_STATED)
            for key, draft in zip(keys, drafts, strict=True)
            if draft.values.get(kind)
        }
        note_consents(given, kind, True, by=by)
    if notes := {
        key: note for key, draft in zip(keys, drafts, strict=True) if (note := draft.values.get("note"))
    }:
        private_notes.follow(notes, by=by)
    Counter.move(Customer._meta.label_lower, len(keys))
    settle(keys, set(Fact), by=by)
    return keys


def _row(values: dict[str, Any], now: dt.datetime, by: Actor) -> tuple:
    values["created_email"] = values["email"]
    if values["newsletter"]:
        values |= _since(now, by)
    person = _Person(values)
    for one in _DERIVED:
        one.pre_save(person, True)
    return _in_order(values)


def _since(now: dt.datetime, by: Actor) -> dict[str, Any]:
    """From when on, and from where, somebody reads the newsletter; kept when it is switched on again."""
    return {"newsletter_at": now, "newsletter_ip": by.ip}


def change(drafts: Sequence[Draft], *, by: Actor, reason: str = "") -> None:
    """Write what differs from what is stored, and nothing where nothing does; the records are as stored afterwards."""
    moved: set[int] = set()
    parting: list[tuple[Pairs, list[tuple[int, int]]]] = []
    # New memberships first, the default group then, old memberships last: the database insists on it.
    for pairs, wanted in _PAIRS:
        after = {draft.record.pk: set(ids) for draft in drafts if (ids := wanted(draft)) is not None}
        before = pairs.of(after)
        more = [(key, one) for key, ids in after.items() for one in sorted(ids - before.get(key, set()))]
        less = [(key, one) for key, ids in after.items() for one in sorted(before.get(key, set()) - ids)]
        pair(pairs, more, by=by)
        parting.append((pairs, less))
        if pairs is MEMBERSHIPS:
            let_in(more)
        moved.update(key for key, _one in more + less)
    custom = {draft.record.pk: draft.custom for draft in drafts if draft.custom}
    moved |= write_values(custom, by=by, reason=reason)
    _update(drafts, moved, by=by, reason=reason)
    for pairs, less in parting:
        part(pairs, less, by=by)
        if pairs is MEMBERSHIPS:
            keep_out(less, by=by)
    if openings := [(draft.figures, draft.opening) for draft in drafts if draft.opening]:
        open_figures_set(openings)
        Counter.move(Customer._meta.label_lower)
    _settle(drafts, by=by)


def _settle(drafts: Sequence[Draft], *, by: Actor) -> None:
    """Have the groups that fill themselves follow; the records are as stored afterwards."""
    facts: set[Fact] = set()
    for draft in drafts:
        facts.update(fact for name, fact in _FACTS.items() if name in draft.values)
        facts.update([Fact.TAG] if draft.tags is not None else ())
        facts.update(_OPENING_FACTS if draft.opening else ())
    records = {draft.record.pk: draft.record for draft in drafts}
    moved = settle(list(records), facts, by=by) if facts else ()
    names = ("default_group_id", "version", "updated_at")
    for key, *values in Customer.objects.filter(pk__among=moved).values_list("pk", *names) if moved else ():
        for name, value in zip(names, values, strict=True):
            setattr(records[key], name, value)


def _update(drafts: Sequence[Draft], moved: set[int], *, by: Actor, reason: str) -> None:
    """The columns that change; who was `moved` between groups or tags alone, or in fields that staff declared, has a
    new version, and no history here."""
    now = timezone.now()
    written: list[tuple[Customer, dict[str, Any]]] = []
    grounds: dict[int, Mapping[str, str]] = {}
    renamed: list[int] = []
    for draft in drafts:
        values = _differing(draft, now, by)
        if values or draft.record.pk in moved:
            found_by = draft.record.search_text
            _assign(draft.record, values, now)
            if draft.record.search_text != found_by:
                renamed.append(draft.record.pk)
            written.append((draft.record, values))
            grounds[draft.record.pk] = draft.grounds
    if not written:
        return
    names = set().union(*(values for _record, values in written))
    columns = [*sorted(names), "version", "updated_at", *(one.attname for one in _DERIVED)]
    rows = [[record.pk, *(getattr(record, name) for name in columns)] for record, _values in written]
    bulk_sql.update(Customer, columns, rows)
    for follow in name_followers if renamed else ():
        follow(renamed)
    if changed := [record.pk for record, values in written if values]:
        record_set(Customer.objects.filter(pk__among=changed), by=by, reason=reason)
    for kind in CONSENTS:
        for given in (True, False):
            switched = {
                record.pk: grounds[record.pk].get(kind, NOT_STATED)
                for record, values in written
                if values.get(kind) is given
            }
            note_consents(switched, kind, given, by=by)
    if notes := {record.pk: record.note for record, values in written if "note" in values}:
        private_notes.follow(notes, by=by)
    Counter.move(Customer._meta.label_lower)


def _differing(draft: Draft, now: dt.datetime, by: Actor) -> dict[str, Any]:
    record = draft.record
    values = {name: value for name, value in draft.values.items() if getattr(record, name) != value}
    if values.get("newsletter") and not record.newsletter_at:
        values |= _since(now, by)
    if ends_sessions(values):
        values["session_round"] = record.session_round + 1
    return values


def _assign(record: Customer, values: dict[str, Any], now: dt.datetime) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.version += 1
    record.updated_at = now
    for one in _DERIVED:
        one.pre_save(record, False)
