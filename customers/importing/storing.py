"""A block of plans written set-wise: customers, figures, memberships, tags, ledger, history, counts."""

from collections import Counter as Tally
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.db.models import Max, Model
from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.database.counting import move
from backoffice.database.fields import FoldedField, SearchField
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.records.history import record_set
from groups.models import Group

from ..models import Customer, CustomerFigures, Membership, Tag, Tagging, Visit
from ..search_index import CUSTOMERS_SEARCH
from ..services.consents import CONSENTS, note_consents
from .known import Known
from .plans import Plan
from .segments import Named

_FIELDS = {field.attname: field for field in Customer._meta.concrete_fields}
_DERIVED = [field for field in _FIELDS.values() if isinstance(field, FoldedField | SearchField)]
_in_order = itemgetter(*_FIELDS)
_FIGURES = {field.attname: field for field in CustomerFigures._meta.concrete_fields}


class _Person:
    """The values of a customer to be, as the folded columns are worked out of a model; that would take much longer."""

    def __init__(self, values: dict[str, Any]):
        self.__dict__ = values


def store(
    plans: list[Plan], known: Known, *, groups: Named, tags: Named, by: Actor, reason: str
) -> dict[int, int]:
    """Write all these plans; returns {customer id: line}, of the new ones too. One transaction is the caller's."""
    for plan in plans:
        plan.default_group = groups.made(plan.default_group, by=by)
        if plan.groups is not None:
            plan.groups = list(dict.fromkeys(groups.made(one, by=by) for one in plan.groups))
        if plan.tags is not None:
            plan.tags = list(dict.fromkeys(tags.made(one, by=by) for one in plan.tags))
        if "default_group_id" in plan.values:
            plan.values["default_group_id"] = plan.default_group
    new = [plan for plan in plans if plan.customer is None]
    stored = [plan for plan in plans if plan.customer is not None and plan.changes_anything]
    lines = _add(new, by=by, reason=reason)
    _change(stored, known, by=by, reason=reason)
    if new or stored:
        Counter.move(Customer._meta.label_lower, len(new))
    return lines | {plan.customer.pk: plan.line for plan in plans if plan.customer is not None}


def _add(plans: list[Plan], *, by: Actor, reason: str) -> dict[int, int]:
    if not plans:
        return {}
    now = timezone.now()
    defaults = {name: field.get_default() for name, field in _FIELDS.items()} | {
        "version": 1,
        "updated_at": now,
    }
    keys = bulk_sql.take_keys(Customer, len(plans))
    rows = []
    for key, plan in zip(keys, plans, strict=True):
        values = defaults | plan.values
        values.update(id=key, default_group_id=plan.default_group, created_email=plan.values["email"])
        if values["newsletter"]:
            values.update(newsletter_at=now, newsletter_ip=by.ip)
        person = _Person(values)
        for field in _DERIVED:
            field.pre_save(person, True)
        rows.append(_in_order(values))
    with CUSTOMERS_SEARCH.entered_at_once(keys[0], keys[-1]):
        bulk_sql.insert(Customer, list(_FIELDS), rows)
    record_set(Customer.objects.filter(pk__among=keys), by=by, kind="+", reason=reason)
    blank = {name: field.get_default() for name, field in _FIGURES.items()}
    figures = [
        blank | {"customer_id": key} | _opened(plan.figures) for key, plan in zip(keys, plans, strict=True)
    ]
    bulk_sql.insert(CustomerFigures, list(_FIGURES), [list(one.values()) for one in figures])
    members = [(key, group) for key, plan in zip(keys, plans, strict=True) for group in plan.groups]
    _pair(Membership, "group_id", members, Group, "members_count", by)
    tagged = [(key, tag) for key, plan in zip(keys, plans, strict=True) for tag in plan.tags or ()]
    _pair(Tagging, "tag_id", tagged, Tag, "customers_count", by)
    for kind in CONSENTS:
        note_consents(
            [key for key, plan in zip(keys, plans, strict=True) if plan.values[kind]], kind, True, by=by
        )
    return {key: plan.line for key, plan in zip(keys, plans, strict=True)}


def _opened(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures of a new customer with these opening ones; orders of the past count as valid."""
    opened = {}
    if "orders_count" in figures:
        opened |= dict.fromkeys(
            ("opening_orders", "orders_count", "valid_orders_count"), figures["orders_count"]
        )
    if "total_spent" in figures:
        opened |= dict.fromkeys(("opening_spent", "total_spent"), figures["total_spent"])
    if "last_visit_at" in figures:
        opened |= dict.fromkeys(("opening_visit_at", "last_visit_at"), figures["last_visit_at"])
    return opened


def _change(plans: list[Plan], known: Known, *, by: Actor, reason: str) -> None:
    now = timezone.now()
    gone: list[tuple[type[Model], str, list[tuple[int, int]], type[Model], str]] = []
    for pairs, column, target, count, wanted, had in (
        (Membership, "group_id", Group, "members_count", "groups", known.groups),
        (Tagging, "tag_id", Tag, "customers_count", "tags", known.tags),
    ):
        more, less = [], []
        for plan in plans:
            if (after := getattr(plan, wanted)) is not None:
                before = set(had.get(plan.customer.pk, ()))
                more += [(plan.customer.pk, one) for one in after if one not in before]
                less += [(plan.customer.pk, one) for one in sorted(before.difference(after))]
        _pair(pairs, column, more, target, count, by)
        gone.append((pairs, column, less, target, count))
    _write(plans, now=now, by=by, reason=reason)
    for pairs, column, less, target, count in gone:
        _part(pairs, column, less, target, count, by)
    _restate([plan for plan in plans if plan.figures], known)


def _write(plans: list[Plan], *, now, by: Actor, reason: str) -> None:
    """The changed columns; who changed in groups or tags alone counts as changed too, without a row of history."""
    touched = [plan for plan in plans if plan.values or plan.groups is not None or plan.tags is not None]
    if not touched:
        return
    switched: dict[tuple[str, bool], list[int]] = {}
    names = {name for plan in touched for name in plan.values}
    for plan in touched:
        person = plan.customer
        for kind in CONSENTS:
            if kind in plan.values:
                switched.setdefault((kind, plan.values[kind]), []).append(person.pk)
        if plan.values.get("newsletter") and not person.newsletter_at:
            plan.values.update(newsletter_at=now, newsletter_ip=by.ip)
            names |= {"newsletter_at", "newsletter_ip"}
        for name, value in plan.values.items():
            setattr(person, name, value)
        person.version += 1
        person.updated_at = now
        for field in _DERIVED:
            field.pre_save(person, False)
    columns = [*sorted(names), "version", "updated_at", *(field.attname for field in _DERIVED)]
    rows = [[plan.customer.pk, *(getattr(plan.customer, name) for name in columns)] for plan in touched]
    bulk_sql.update(Customer, columns, rows)
    changed = [plan.customer.pk for plan in touched if plan.values]
    if changed:
        record_set(Customer.objects.filter(pk__among=changed), by=by, reason=reason)
    for (kind, given), ids in switched.items():
        note_consents(ids, kind, given, by=by)


def _restate(plans: list[Plan], known: Known) -> None:
    """Opening figures stated again replace what was stated before (`services.figures.open_figures`, set-wise)."""
    if not plans:
        return
    ids = [plan.customer.pk for plan in plans if "last_visit_at" in plan.figures]
    latest = dict(
        Visit.objects.filter(customer__among=ids)
        .values("customer")
        .annotate(at=Max("started_at"))
        .values_list("customer", "at")
    )
    rows = []
    for plan in plans:
        one = known.figures[plan.customer.pk]
        if "orders_count" in plan.figures:
            more, one.opening_orders = (
                plan.figures["orders_count"] - one.opening_orders,
                plan.figures["orders_count"],
            )
            one.orders_count += more
            one.valid_orders_count += more
        if "total_spent" in plan.figures:
            more, one.opening_spent = (
                plan.figures["total_spent"] - one.opening_spent,
                plan.figures["total_spent"],
            )
            one.total_spent += more
        if "last_visit_at" in plan.figures:
            one.opening_visit_at = plan.figures["last_visit_at"]
            one.last_visit_at = max(filter(None, (one.opening_visit_at, latest.get(one.pk))))
        rows.append([getattr(one, name) for name in _FIGURES])
    bulk_sql.update(CustomerFigures, list(_FIGURES)[1:], rows)


def _pair(pairs, column: str, wanted: list[tuple[int, int]], target, count: str, by: Actor) -> None:
    if not wanted:
        return
    keys = bulk_sql.take_keys(pairs, len(wanted))
    rows = [(key, customer, other) for key, (customer, other) in zip(keys, wanted, strict=True)]
    bulk_sql.insert(pairs, ["id", "customer_id", column], rows)
    record_set(pairs.objects.filter(pk__among=keys), by=by, kind="+")
    _tally(target, count, (other for _customer, other in wanted), 1)


def _part(pairs, column: str, unwanted: list[tuple[int, int]], target, count: str, by: Actor) -> None:
    by_target: dict[int, list[int]] = {}
    for customer, other in unwanted:
        by_target.setdefault(other, []).append(customer)
    for other, customers in by_target.items():
        rows = pairs.objects.filter(customer_id__among=customers, **{column: other})
        record_set(rows, by=by, kind="-")
        rows._raw_delete(rows.db)
    _tally(target, count, (other for _customer, other in unwanted), -1)


def _tally(target: type[Model], count: str, keys: Iterable[int], sign: int) -> None:
    for key, number in Tally(keys).items():
        move(target, key, count, sign * number)
