"""The fields that staff declared in the history of a customer: what stood there, and putting it back (decision 52)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from backoffice.custom import custom_name, key_of
from backoffice.forms.numbers import AmountField, WholeField
from backoffice.records.conflicts import shown
from backoffice.records.errors import NotThere
from backoffice.records.history_reading import Entry, FieldChange, authors_of, entry_of

from ..models import Customer, CustomField, CustomKind, CustomValue, value_of

_WORDS = {CustomKind.AMOUNT: AmountField(decimal_places=2), CustomKind.NUMBER: WholeField()}


def custom_changes(customer: Customer, limit: int) -> list[Entry]:
    """The changes of their values, as entries of their history, newest first; those of retired fields too."""
    history = CustomValue.history.filter(customer_id=customer.pk).order_by("-history_date", "-history_id")
    rows = list(history[:limit])
    if not rows:
        return []
    fields = CustomField.objects.in_bulk({row.field_id for row in rows})
    authors, before = authors_of(rows), _before(customer, rows)
    entries = []
    for row in rows:
        field = fields.get(row.field_id)
        if field is None:
            continue
        old, new = before[row.history_id], None if row.history_type == "-" else value_of(row)
        there = customer.custom.get(custom_name(field.pk))
        change = FieldChange(
            name=custom_name(field.pk),
            label=field.local_name,
            old=_in_words(field, old),
            new=_in_words(field, new),
            entry=row.history_id if field.active and old != there else None,
        )
        entries.append(entry_of(row, changes=[change], authors=authors))
    return entries


def _in_words(field: CustomField, value: Any) -> str:
    if field.kind == CustomKind.YES_NO:
        value = bool(value)
    return shown(_WORDS.get(CustomKind(field.kind)) or CustomValue._meta.get_field("text"), value)


def _before(customer: Customer, rows: list[Any]) -> dict[int, Any]:
    """What stood in the field before each of these rows of history, newest first."""
    found: dict[int, Any] = {}
    waiting: dict[int, int] = {}
    for row in rows:
        _met(row, waiting, found)
    if waiting:
        older = CustomValue.history.filter(customer_id=customer.pk, field_id__in=waiting)
        for row in older.filter(history_id__lt=max(waiting.values())).order_by("-history_id"):
            if row.history_id < waiting.get(row.field_id, 0):
                found[waiting.pop(row.field_id)] = _left_by(row)
    return found | dict.fromkeys(waiting.values())


def _met(row: Any, waiting: dict[int, int], found: dict[int, Any]) -> None:
    """A row is what the newer one of its field, which waits for it, came after."""
    if newer := waiting.get(row.field_id):
        found[newer] = _left_by(row)
    waiting[row.field_id] = row.history_id


def _left_by(row: Any) -> Any:
    return None if row.history_type == "-" else value_of(row)


def latest_rows(customer: Customer, names: Iterable[str]) -> dict[str, int]:
    """The newest row of history of each of these fields, by the field's name; none where it never had a value."""
    rows = CustomValue.history.filter(customer_id=customer.pk, field_id__in=list(map(key_of, names)))
    latest = rows.order_by().values_list("field_id").annotate(row=Max("history_id"))
    return {custom_name(field): row for field, row in latest}


def value_before(customer: Customer, entry: int, *, name: str) -> Any:
    """What stood in the field before that row of history, None for nothing. NotThere for any other row."""
    rows = CustomValue.history.filter(customer_id=customer.pk, field_id=key_of(name))
    if not rows.filter(history_id=entry).exists():
        raise NotThere(name)
    before = rows.filter(history_id__lt=entry).order_by("-history_id").first()
    return None if before is None else _left_by(before)
