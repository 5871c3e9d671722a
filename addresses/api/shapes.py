"""The shapes of addresses at the API."""

from backoffice.api.forms import taken_of
from backoffice.api.shapes import Given, Id

from ..models import Address
from ..sections.address_facts import printed
from ..sections.addresses import ADDRESSES

FIELDS = tuple(name for name in ADDRESSES.form_fields if name not in ("customer", "version"))

AddressTold = taken_of(ADDRESSES, "AddressTold", only=FIELDS)


class AddressGiven(Given):
    """An address: its parts, and the lines that are printed, the country in the language that was asked for."""

    id: Id
    version: int
    alias: str
    kind: str
    company: str
    first_name: str
    last_name: str
    address1: str
    address2: str
    postcode: str
    city: str
    state: str
    country: str
    phone: str
    phone_mobile: str
    vat_number: str
    dni: str
    other: str
    default_billing: bool
    default_shipping: bool
    external_id: str
    lines: list[str]


class AddressesGiven(Given):
    """All addresses of a customer."""

    addresses: list[AddressGiven]


def given(address: Address) -> AddressGiven:
    """The address as the API tells of it."""
    names = AddressGiven.model_fields.keys() - {"country", "state", "lines"}
    return AddressGiven(
        country=address.country_id,
        state=address.state_id or "",
        lines=printed(address),
        **{name: getattr(address, name) for name in names},
    )
