"""Which customers of ours the rows of a block are about: looked up and locked, a handful of queries a block."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from backoffice.importing.cells import Checked
from backoffice.rules import Broken

from ..models import Customer, CustomerFigures, Membership, Tagging

_PAGE = 4_096


class Lines:
    """Which line of the file is about which customer: four bytes for each id, however large the file."""

    def __init__(self):
        self._pages: dict[int, array] = {}

    def get(self, key: int) -> int:
        """The line that was about this customer, 0 for none."""
        page = self._pages.get(key // _PAGE)
        return page[key % _PAGE] if page else 0

    def note(self, key: int, line: int) -> None:
        """This line is about that customer."""
        page = self._pages.get(key // _PAGE)
        if page is None:
            page = self._pages[key // _PAGE] = array("I", bytes(4 * _PAGE))
        page[key % _PAGE] = line


@dataclass
class Known:
    """What is stored about the people of one block, locked until the transaction ends."""

    by_id: dict[int, Customer] = field(default_factory=dict)
    registered: dict[str, Customer] = field(default_factory=dict)
    guests: dict[str, list[Customer]] = field(default_factory=dict)
    groups: dict[int, list[int]] = field(default_factory=dict)
    tags: dict[int, set[int]] = field(default_factory=dict)
    figures: dict[int, CustomerFigures] = field(default_factory=dict)


def look_up(rows: list[Checked], *, key: str, is_own: bool, fields: Iterable[str]) -> Known:
    """Everybody whom these rows may be about. `fields` are those the file has."""
    known = Known()
    emails = {address_in(row) for row in rows} - {""}
    customers = Customer.objects.select_for_update(of=("self",)).order_by("pk")
    if key == "id":
        ids = {row.values["id"] for row in rows if "id" in row.values}
        known.by_id = {one.pk: one for one in customers.filter(pk__among=ids)}
    # Two queries, each of which an index answers.
    for one in customers.filter(guest=False, email_key__among=emails):
        known.registered[one.email_key] = known.by_id.setdefault(one.pk, one)
    if key == "email" and (is_own or "guest" in fields):
        guests = customers.filter(guest=True, email_key__among=emails)
        for one in guests if is_own else guests.filter(deleted=False):
            known.guests.setdefault(one.email_key, []).append(known.by_id.setdefault(one.pk, one))
    _read_beside(known, set(fields))
    return known


def _read_beside(known: Known, fields: set[str]) -> None:
    ids = list(known.by_id)
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
    if fields & {"total_spent", "orders_count", "last_visit_at"}:
        figures = CustomerFigures.objects.select_for_update().order_by("pk").filter(pk__among=ids)
        known.figures = {one.pk: one for one in figures}


def address_in(row: Checked) -> str:
    """The e-mail address by which a row names somebody; a stored one may break today's rules."""
    return (row.values.get("email") or row.texts.get("email", "").strip()).lower()


def whom(row: Checked, known: Known, *, key: str, is_own: bool) -> Customer | None:
    """The customer a row is about, None for a new one. Raises Broken where that is not clear (decision 22)."""
    if key == "id":
        customer = known.by_id.get(row.values.get("id"))
        if customer is not None and customer.deleted:
            raise Broken("deleted", name=customer.name, id=customer.pk)
        return customer
    address = address_in(row)
    account, guests = known.registered.get(address), known.guests.get(address, [])
    if is_own:
        candidates = guests if account is None else [account, *guests]
        meant = [one for one in candidates if one.pk == row.values.get("id")]
        meant = meant or [one for one in candidates if not (one.guest and one.deleted)]
    else:
        meant = guests if row.values.get("guest") else [account] if account else []
    if len(meant) > 1:
        raise Broken("several", number=len(meant))
    if meant and meant[0].deleted:
        raise Broken("deleted" if meant[0].guest else "taken_by_deleted", name=meant[0].name, id=meant[0].pk)
    return meant[0] if meant else None
