"""Groups and tags in the history of a customer: what came and went, and putting it back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from backoffice.records.errors import NotThere
from backoffice.records.history_reading import Entry, FieldChange, authors_of, entry_of, gone_meanwhile
from backoffice.records.past_names import PastNames

from ..models import Customer, Membership, Tagging
from ..services import BY_RULE

# By the field of the form: the model of the pairs, and its relation to what the customer is paired with.
_PAIRS: dict[str, tuple[type[Model], str]] = {"groups": (Membership, "group"), "tags": (Tagging, "tag")}


def group_changes(customer: Customer, limit: int) -> list[Entry]:
    """Groups and tags the customer got or lost, as entries of their history, newest first."""
    return [entry for field in _PAIRS for entry in _changes(customer, field, limit)]


def _changes(customer: Customer, field: str, limit: int) -> list[Entry]:
    pairs, name = _PAIRS[field]
    label = str(customer._meta.get_field(field).verbose_name)
    history = pairs.history.filter(customer_id=customer.pk).exclude(history_type="~")
    rows = list(history.order_by("-history_date", "-history_id")[:limit])
    keys = [getattr(row, f"{name}_id") for row in rows]
    names, authors = PastNames(pairs._meta.get_field(name).related_model, keys), authors_of(rows)
    # The latest row of each says how it is now.
    has = {key: row.history_type == "+" for row, key in zip(rows[::-1], keys[::-1], strict=True)}
    stays = customer.default_group_id if name == "group" else None
    entries = []
    for row, key in zip(rows, keys, strict=True):
        shown, came = names.told(key, row.history_date), row.history_type == "+"
        if row.history_change_reason == BY_RULE:
            shown = _("%(group)s (by the rule)") % {"group": shown}
        change = FieldChange(
            name=field,
            label=label,
            old="" if came else shown,
            new=shown if came else "",
            entry=row.history_id if key in names.today and key != stays and came is has[key] else None,
            in_list=True,
        )
        entries.append(entry_of(row, changes=[change], authors=authors))
    return entries


def _before(field: str, customer: Customer, entry: int) -> list[Any]:
    """The groups or tags of today without the one that came with that entry, or with the one that went."""
    pairs, name = _PAIRS[field]
    row = pairs.history.filter(history_id=entry, customer_id=customer.pk).first()
    if row is None:
        raise NotThere(field)
    key = getattr(row, f"{name}_id")
    others = [one for one in getattr(customer, field).all() if one.pk != key]
    if row.history_type == "+":
        return others
    gone = pairs._meta.get_field(name).related_model.objects.filter(pk=key).first()
    if gone is None:
        raise gone_meanwhile()
    return [*others, gone]


LISTS_BEFORE: dict[str, Callable[..., list]] = {field: partial(_before, field) for field in _PAIRS}
