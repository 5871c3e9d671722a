"""Which customers of ours the rows of a block are about: looked up and locked, a handful of queries a block."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from backoffice.custom import custom_name, is_custom, key_of
from backoffice.importing.cells import Checked
from backoffice.rules import Broken

from ..models import Customer, CustomerFigures, Membership, Tagging
from ..services.custom_values import values_of
from .earlier import Earlier, Lines
from .identity import address_in, is_same_name, likeness, may_be


@dataclass
class Known:
    """What is stored about the people of one block, locked until the transaction ends."""

    by_id: dict[int, Customer] = field(default_factory=dict)
    by_reference: dict[str, list[Customer]] = field(default_factory=dict)
    registered: dict[str, Customer] = field(default_factory=dict)
    guests: dict[str, list[Customer]] = field(default_factory=dict)
    groups: dict[int, list[int]] = field(default_factory=dict)
    tags: dict[int, set[int]] = field(default_factory=dict)
    figures: dict[int, CustomerFigures] = field(default_factory=dict)
    custom: dict[int, dict[str, Any]] = field(default_factory=dict)


def look_up(rows: list[Checked], *, key: str, is_own: bool, fields: Collection[str], lock: bool) -> Known:
    """Everybody whom these rows may be about. `fields` are those the file has; a dry run locks nobody."""
    known = Known()
    customers = Customer.objects.order_by("pk")
    if lock:
        customers = customers.select_for_update(of=("self",))
    found: dict[int, Customer] = {}

    def each_once(asked: QuerySet) -> Iterator[Customer]:
        return (found.setdefault(one.pk, one) for one in asked)

    if key == "id":
        ids = {row.values["id"] for row in rows if "id" in row.values}
        known.by_id = {one.pk: one for one in each_once(customers.filter(pk__among=ids))}
        references = {reference_in(row) for row in rows} - {""}
        elsewhere = customers.filter(~Q(external_id=""), external_id__among=references)
        for one in each_once(elsewhere):
            known.by_reference.setdefault(one.external_id, []).append(one)
    emails = {address_in(row) for row in rows} - {""}
    # Two queries, each of which an index answers.
    for one in each_once(customers.filter(guest=False, email_key__among=emails)):
        known.registered[one.email_key] = one
    if is_own or "guest" in fields:
        emails = {address_in(row) for row in rows if not is_numbered(row, key)} - {""}
        guests = customers.filter(guest=True, email_key__among=emails)
        for one in each_once(guests if is_own else guests.filter(deleted=False)):
            known.guests.setdefault(one.email_key, []).append(one)
    _read_beside(known, list(found), set(fields), lock=lock)
    return known


def _read_beside(known: Known, ids: list[int], fields: set[str], *, lock: bool) -> None:
    if not ids:
        return
    for customer, group in (
        Membership.objects.filter(customer_id__among=ids)
        .order_by("group_id")
        .values_list("customer_id", "group_id")
    ):
        known.groups.setdefault(customer, []).append(group)
    if "tags" in fields:
        for customer, tag in Tagging.objects.filter(customer_id__among=ids).values_list(
            "customer_id", "tag_id"
        ):
            known.tags.setdefault(customer, set()).add(tag)
    stored = values_of(ids, [key_of(name) for name in fields if is_custom(name)])
    known.custom = {
        key: {custom_name(one): row.value for one, row in rows.items()} for key, rows in stored.items()
    }
    if fields & {"total_spent", "orders_count", "last_visit_at"}:
        figures = CustomerFigures.objects.order_by("pk").filter(pk__among=ids)
        known.figures = {one.pk: one for one in (figures.select_for_update() if lock else figures)}


def is_numbered(row: Checked, key: str) -> bool:
    """Whether the row is known by its number, and not by its address."""
    return key == "id" and "id" in row.values


def reference_in(row: Checked) -> str:
    """What is kept of a row as the number that another shop knows the customer by."""
    return row.values.get("external_id") or str(row.values.get("id", ""))


def whom(row: Checked, known: Known, *, key: str, is_own: bool, earlier: Earlier) -> Customer | None:
    """The customer a row is about, None for a new one. Raises Broken where that is not clear (decision 22).

    It is never one who came in by an earlier row of the same file.
    """
    seen, made = earlier.seen, earlier.made
    if is_numbered(row, key):
        customer = _by_number(row, known, made)
        if customer is not None and customer.deleted:
            raise Broken("deleted", name=customer.name, id=customer.pk)
        return customer
    address = address_in(row)
    account, guests = known.registered.get(address), known.guests.get(address, [])
    if is_own:
        candidates = guests if account is None else [account, *guests]
        candidates = [one for one in candidates if not made.get(one.pk)]
        if "guest" in row.values:
            candidates = [one for one in candidates if one.guest == row.values["guest"]]
        meant = _numbered(row, candidates)
        meant = meant or [one for one in candidates if not (one.guest and one.deleted)]
    elif row.values.get("guest"):
        meant = _guests_meant(row, [one for one in guests if not seen.get(one.pk)])
    else:
        meant = [account] if account and not made.get(account.pk) else []
    if len(meant) > 1:
        raise Broken("several", number=len(meant))
    if meant and meant[0].deleted:
        raise Broken("deleted" if meant[0].guest else "taken_by_deleted", name=meant[0].name, id=meant[0].pk)
    return meant[0] if meant else None


def _numbered(row: Checked, people: list[Customer]) -> list[Customer]:
    """Who of them has the number of our own export, here or in the shop that they came from by such a file (D22)."""
    number, reference = row.values.get("id"), reference_in(row)
    ranks = {
        one: (*likeness(row, one), one.pk == number and not one.external_id, one.external_id == reference)
        for one in people
        if one.pk == number or (reference and one.external_id == reference)
    }
    return [one for one, rank in ranks.items() if rank == max(ranks.values())]


def _by_number(row: Checked, known: Known, made: Lines) -> Customer | None:
    """The customer of this number: ours, or one who came in under it from another shop (D21).

    Where both are there, the numbers of that shop run into ours: the one more like the row is meant.
    """
    number = row.values["id"]
    ours = known.by_id.get(number)
    elsewhere = [one for one in known.by_reference.get(reference_in(row), ()) if may_be(row, one)]
    candidates = [one for one in ([ours] if ours else []) + elsewhere if not made.get(one.pk)]
    ranks = [
        (*likeness(row, one), one is ours and not one.external_id, one in elsewhere) for one in candidates
    ]
    best = [one for one, rank in zip(candidates, ranks, strict=True) if rank == max(ranks)]
    meant = list(dict.fromkeys(best))
    if len(meant) > 1:
        raise Broken("several_numbers", number=len(meant))
    return meant[0] if meant else None


def _guests_meant(row: Checked, guests: list[Customer]) -> list[Customer]:
    """Those of the guests of one address whom a row may be about (decision 4: they may share it)."""
    if reference := reference_in(row):
        # A guest with another number is another order's.
        guests = [one for one in guests if one.external_id == reference] or [
            one for one in guests if not one.external_id
        ]
    if len(guests) > 1:
        guests = [one for one in guests if is_same_name(row, one)] or guests
    return guests
