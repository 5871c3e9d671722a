"""Which address of ours a row is about."""

from collections.abc import Iterable, Iterator
from typing import Any

from backoffice.database.folding import fold
from backoffice.importing.cells import Checked

from ..models import Address
from .whose import Owners

Mark = tuple[Any, ...]


class AddressRecords:
    """The addresses that the rows of one file are about; those that came in by it are known on, in a dry run too."""

    def __init__(self, owners: Owners, *, by_number: bool):
        self.owners = owners
        self.by_number = by_number
        self._came: dict[Mark, Address] = {}
        self._made: set[int] = set()
        self._lines: dict[Mark, int] = {}

    def look_up(self, numbers: set[int], texts: dict[str, set[str]]) -> None:
        """Read the customers of a block by their e-mails, and their addresses."""
        self.owners.look_up(texts.get("customer", set()))

    def of(self, row: Checked) -> Address | None:
        """The address a row is about, None for a new one."""
        addresses = Address.objects.of_people_here().select_related("customer", "country", "state")
        number = row.values.get("id")
        if self.by_number and number is not None:
            found = addresses.filter(pk=number).first()
            return None if found is None or found.pk in self._made else found
        owner = row.values.get("customer")
        if owner is None:
            reference = row.values.get("external_id") or None
            several = list(addresses.filter(external_id=reference, deleted=False)[:2])
            return several[0] if len(several) == 1 else None
        theirs = {mark: one for one in self.owners.addresses(owner) for mark in _marks(one)}
        found = next(filter(None, (self._came.get(one) or theirs.get(one) for one in _marks_of(row))), None)
        return found if found is None or _may_be(row, found) else None

    def line_of(self, record: Address) -> int:
        """The earlier line that is about this address, 0 for none."""
        return next((self._lines[mark] for mark in _marks(record) if mark in self._lines), 0)

    def note(self, record: Address, line: int) -> None:
        """This line is about that address."""
        self.owners.forget(record.customer_id)
        marks = list(_marks(record))
        self._came |= dict.fromkeys(marks, record)
        self._lines |= dict.fromkeys(marks, line)

    def came(self, keys: Iterable[int]) -> None:
        """These came in by the file: no number of it means them."""
        self._made.update(keys)


def _marks(one: Address) -> Iterator[Mark]:
    if one.external_id:
        yield one.customer_id, "reference", one.external_id
    yield one.customer_id, *(fold(text) for text in (one.address1, one.postcode, one.city))


def _may_be(row: Checked, found: Address) -> bool:
    """Another reference is another address, in the same house or not."""
    return row.values.get("external_id", found.external_id) == found.external_id or not found.external_id


def _marks_of(row: Checked) -> Iterator[Mark]:
    """What a row says of the address it is about, the surest first."""
    owner = row.values["customer"].pk
    if reference := row.values.get("external_id"):
        yield owner, "reference", reference
    yield owner, *(fold(row.values.get(name, "") or "") for name in ("address1", "postcode", "city"))
