"""Filling in what an address lacks from what its customer gave elsewhere, and taking that back (S2.20)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.sections import Choice

from ..models import Address
from .customers import hold_owners
from .writing import save_address

# The fields that a customer has as well, under the same name.
FILLABLE = ("company", "phone")
_CHANGE = "addresses.change_address"


@verb(_CHANGE)
def fill_in(rows: QuerySet, *, choice: Choice, by: Actor) -> list[int]:
    """Give these addresses the customer's company or phone (`choice`) where they have none. Returns which got one.

    An address that its country's rules refuse to change is left as it is.
    """
    field = _fillable(choice)
    return _set(rows.filter(**{field: ""}).exclude(**{f"customer__{field}": ""}), field, by=by)


@verb(_CHANGE)
def take_back_filled(rows: QuerySet, *, choice: Choice, by: Actor) -> list[int]:
    """Empty the field that was filled in again. Returns which were emptied."""
    field = _fillable(choice)
    return _set(rows.exclude(**{field: ""}), field, value="", by=by)


def filled_changed_since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
    """Which of these addresses were changed again since that moment: they are left alone."""
    return set(
        Address.history.filter(id__in=ids, history_date__gt=at).values_list("id", flat=True).distinct()
    )


def _fillable(choice: Choice) -> str:
    if choice.value not in FILLABLE:
        raise ValueError(f"{choice.value!r} is nothing that a customer has too")
    return choice.value


@one_change()
def _set(rows: QuerySet, field: str, *, value: str | None = None, by: Actor) -> list[int]:
    owners = list(hold_owners(rows))
    changed = []
    for batch in changes.lock_set(rows.filter(customer__among=owners)):
        for address in Address.objects.filter(pk__among=batch).select_related("customer", "country", "state"):
            given = getattr(address.customer, field) if value is None else value
            try:
                save_address(address, {field: given}, by=by)
            except ValidationError:
                continue
            changed.append(address.pk)
    return changed
