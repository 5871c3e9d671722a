"""Filling in what an address lacks from what its customer gave elsewhere, and taking that back (S2.20)."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.sections import Choice

from ..models import Address
from .customers import hold_owners
from .writing import PHONES, save_address

# The fields that a customer has as well, under the same name.
FILLABLE = ("company", "phone")
_CHANGE = "addresses.change_address"


@verb(_CHANGE)
@one_change()
def fill_in(rows: QuerySet, *, choice: Choice, by: Actor) -> list[int]:
    """Give these addresses the customer's company or phone (`choice`) where they have none. Returns which got one.

    An address that its country's rules refuse to change is left as it is.
    """
    field, filled = _fillable(choice), []
    lacking = rows.filter(**{field: ""}).exclude(**{f"customer__{field}": ""})
    for address in _locked(lacking):
        try:
            save_address(address, {field: getattr(address.customer, field)}, by=by)
        except ValidationError:
            continue
        filled.append(address.pk)
    return filled


@verb(_CHANGE)
@one_change()
def take_back_filled(rows: QuerySet, *, choice: Choice, by: Actor) -> list[int]:
    """Empty the field that was filled in again, required as it may be by now. Returns which were emptied."""
    field = _fillable(choice)
    empty = {field: "", f"{field}_e164": ""} if field in PHONES else {field: ""}
    return [address.pk for address in _locked(rows) if changes.save(address, empty, by=by)]


def _fillable(choice: Choice) -> str:
    if choice.value not in FILLABLE:
        raise ValueError(f"{choice.value!r} is nothing that a customer has too")
    return choice.value


def _locked(rows: QuerySet) -> Iterator[Address]:
    owners = list(hold_owners(rows))
    for batch in changes.lock_set(rows.filter(customer__among=owners)):
        yield from Address.objects.filter(pk__among=batch).select_related("customer", "country", "state")
