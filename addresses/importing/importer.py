"""Addresses from files, saved one by one as their form saves them; only whose and where is read in ways of their own.

A row is about the address that has its external reference, else about the one of its customer with the same street,
postcode and city; with the key "id" about the one of that number. So the same file twice changes nothing (D21).
"""

from functools import partial
from pathlib import Path
from typing import Any

from backoffice.importing.cells import Checked
from backoffice.importing.columns import Layout
from backoffice.importing.rows import RowsImport, Special
from backoffice.records.actors import Actor
from backoffice.rules import Broken
from backoffice.sections import section_named

from ..models import Address
from ..services.customers import follow
from ..services.writing import save_address
from .places import Places
from .records import AddressRecords
from .whose import Owners

KEYS = ("external_id", "id")
DEFAULTS = ("default_billing", "default_shipping")


def open_addresses(path: str | Path, *, key: str = "", **how: Any) -> RowsImport:
    """The import of a file of addresses, understood but not begun. Raises Unreadable."""
    section = section_named("addresses")
    assert section is not None
    key = key or KEYS[0]
    places, owners = Places(), Owners()
    special = Special(
        readers=lambda work: {
            "customer": (partial(owners.read, ours=_numbers_are_ours(key, work.layout)), None),
            "country": (places.country, None),
            "state": (str, None),
        },
        records=lambda work: AddressRecords(owners, by_number=key == "id"),
        completed=partial(_completed, places, owners),
        keys=() if key == "id" else ("customer",),
        save=partial(save_address, followed=False),
        saved=_saved,
    )
    return RowsImport(section, path, key=key, special=special, **how)


def _numbers_are_ours(key: str, layout: Layout) -> bool:
    """Another shop's numbers of customers are none of ours unless somebody says so (decision 44)."""
    return key == "id" or layout.is_own


def _saved(ids: list[int], *, by: Actor) -> None:
    """The countries of the customers follow, block by block."""
    follow(Address.objects.filter(pk__among=ids).values_list("customer", flat=True), by=by)


def _completed(places: Places, owners: Owners, row: Checked, found: Address | None) -> None:
    """The state is one of the row's country; somebody's first address is their default one, as in the form."""
    if isinstance(text := row.values.get("state"), str):
        country = row.values.get("country") or (found and found.country)
        try:
            row.values["state"] = places.state(text, country.code if country else "")
        except Broken as broken:
            del row.values["state"]
            row.faults["state"] = (None, broken)
    elif found is not None and row.values.get("country", found.country) != found.country:
        row.values["state"] = None  # that of the former country is none of its own, as in the form
    owner = row.values.get("customer")
    if found is None and "customer" not in row.texts:
        row.faults["customer"] = ("", Broken("of_no_customer"))
    if found is None and owner is not None and not row.faults:
        for name in DEFAULTS:
            if name not in row.values and _serves(row, name):
                row.values[name] = not any(getattr(one, name) for one in owners.addresses(owner))


def _serves(row: Checked, name: str) -> bool:
    return row.values.get("kind", "both") in ("both", name.removeprefix("default_"))
