"""What customers have in the fields that staff declared: written set-wise, each with its history (decision 52)."""

from collections.abc import Collection, Mapping
from typing import Any

from backoffice.database import bulk_sql
from backoffice.database.fields import FoldedField, SearchField
from backoffice.records.actors import Actor
from backoffice.records.history import record_set

from ..models import COLUMN_OF, CustomField, CustomKind, CustomValue

_FIELDS = CustomValue._meta.concrete_fields
_DERIVED = [one for one in _FIELDS if isinstance(one, FoldedField | SearchField)]
_NAMES = [one.attname for one in _FIELDS]
_WRITTEN = [name for name in _NAMES if name not in ("id", "customer_id", "field_id")]

# By customer, then by the number of the field.
Values = Mapping[int, Mapping[int, Any]]


def values_of(customers: Collection[int], fields: Collection[int]) -> dict[int, dict[int, CustomValue]]:
    """The stored values of these customers in these fields."""
    found: dict[int, dict[int, CustomValue]] = {}
    if customers and fields:
        rows = CustomValue.objects.filter(customer_id__among=customers, field_id__in=sorted(fields))
        for row in rows:
            found.setdefault(row.customer_id, {})[row.field_id] = row
    return found


def is_nothing(value: Any) -> bool:
    """Whether this is no value: nothing typed, or a yes that was not said."""
    return value is None or value == "" or value is False


def write_values(wanted: Values, *, by: Actor, reason: str = "", new: bool = False) -> set[int]:
    """Store these values where they differ; returns whose did. The customers are locked, or `new`."""
    fields = {field for values in wanted.values() for field in values}
    if not fields:
        return set()
    kinds = CustomField.objects.filter(pk__in=fields).values_list("pk", "kind")
    columns = {key: COLUMN_OF[CustomKind(kind)] for key, kind in kinds}
    stored = {} if new else values_of(wanted, fields)
    added, changed, gone = [], [], []
    for customer, values in wanted.items():
        for field, value in values.items():
            row = stored.get(customer, {}).get(field)
            if is_nothing(value):
                gone += [row] if row else []
            elif row is None:
                added.append(
                    _filled(CustomValue(customer_id=customer, field_id=field), columns[field], value)
                )
            elif row.value != value:
                changed.append(_filled(row, columns[field], value))
    _add(added, by=by, reason=reason)
    _change(changed, by=by, reason=reason)
    _remove(gone, by=by, reason=reason)
    return {row.customer_id for row in (*added, *changed, *gone)}


def _filled(row: CustomValue, column: str, value: Any) -> CustomValue:
    setattr(row, column, value)
    for one in _DERIVED:
        one.pre_save(row, True)
    return row


def _add(rows: list[CustomValue], *, by: Actor, reason: str) -> None:
    if not rows:
        return
    keys = bulk_sql.take_keys(CustomValue, len(rows))
    for key, row in zip(keys, rows, strict=True):
        row.pk = key
    bulk_sql.insert(CustomValue, _NAMES, [[getattr(row, name) for name in _NAMES] for row in rows])
    record_set(CustomValue.objects.filter(pk__among=keys), by=by, kind="+", reason=reason)


def _change(rows: list[CustomValue], *, by: Actor, reason: str) -> None:
    if not rows:
        return
    bulk_sql.update(
        CustomValue, _WRITTEN, [[row.pk, *(getattr(row, name) for name in _WRITTEN)] for row in rows]
    )
    record_set(CustomValue.objects.filter(pk__among=[row.pk for row in rows]), by=by, reason=reason)


def _remove(rows: list[CustomValue], *, by: Actor, reason: str) -> None:
    if not rows:
        return
    unwanted = CustomValue.objects.filter(pk__among=[row.pk for row in rows])
    record_set(unwanted, by=by, kind="-", reason=reason)
    unwanted._raw_delete(unwanted.db)
