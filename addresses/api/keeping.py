"""What the API does with the addresses of a customer, by the form and the services of the page."""

from typing import Any

from backoffice.api.forms import stated, stated_values
from backoffice.records.actors import Actor
from backoffice.records.errors import NotThere
from customers.models import Customer

from .. import services
from ..models import Address
from ..sections.addresses import ADDRESSES
from .shapes import AddressesGiven, given


def address_of(customer: Customer, key: int) -> Address:
    """The address of this number where it is theirs and not retired; NotThere otherwise (G17)."""
    address = Address.objects.here().filter(pk=key, customer=customer.pk).first()
    if address is None:
        raise NotThere(key)
    return address


def all_of(customer: Customer) -> AddressesGiven:
    """Their addresses, the oldest first."""
    rows = Address.objects.here().filter(customer=customer.pk).select_related("country", "state")
    return AddressesGiven(addresses=[given(one) for one in rows.order_by("pk")])


def add(customer: Customer, said: dict[str, Any], *, by: Actor) -> Address:
    """A new address of theirs; what is not said begins as on the page: with their name, as the default if the first."""
    form = stated(ADDRESSES, said, initial={"customer": customer.pk})
    return services.save_address(None, form.values, by=by)


def change(address: Address, said: dict[str, Any], *, by: Actor) -> Address:
    """The address with what was said."""
    form = stated(ADDRESSES, said, record=address)
    # Another country decides which other fields there are.
    values = form.values if "country" in said else stated_values(form, said)
    return services.save_address(address, values, by=by)


def remove(address: Address, *, by: Actor) -> None:
    """Erase it; retire it where orders use it."""
    services.delete_addresses(Address.objects.filter(pk=address.pk), by=by)
