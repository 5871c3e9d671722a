"""The addresses of any customer, for programs that keep customers."""

from django.http import HttpRequest

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of, writes
from backoffice.api.shapes import Done, Id
from customers.api.lookups import customer_of

from . import keeping
from .shapes import AddressesGiven, AddressGiven, AddressTold, given

router = router_of("Addresses")
_ALL = "/customers/{int:customer_id}/addresses"
_ONE = _ALL + "/{int:address_id}"


@reads(router, _ALL, scope=Scope.CUSTOMERS_READ, answer=AddressesGiven)
def read_addresses(request: HttpRequest, customer_id: Id) -> AddressesGiven:
    """The addresses of a customer."""
    return keeping.all_of(customer_of(customer_id))


@writes(router, "POST", _ALL, scope=Scope.CUSTOMERS_WRITE, answer=AddressGiven)
def add_address(request: HttpRequest, customer_id: Id, said: AddressTold) -> AddressGiven:  # type: ignore[valid-type]
    """Add an address to a customer.

    Which fields are needed hangs on its country; the first one is the default.
    """
    stated = said.model_dump(exclude_unset=True)
    return given(keeping.add(customer_of(customer_id), stated, by=request.actor))


@writes(router, "PATCH", _ONE, scope=Scope.CUSTOMERS_WRITE, answer=AddressGiven)
def change_address(
    request: HttpRequest,
    customer_id: Id,
    address_id: Id,
    said: AddressTold,  # type: ignore[valid-type]
) -> AddressGiven:
    """Change an address: what is named, and nothing else."""
    address = keeping.address_of(customer_of(customer_id), address_id)
    return given(keeping.change(address, said.model_dump(exclude_unset=True), by=request.actor))


@writes(router, "DELETE", _ONE, scope=Scope.CUSTOMERS_WRITE, answer=Done)
def delete_address(request: HttpRequest, customer_id: Id, address_id: Id) -> Done:
    """Delete an address: orders keep theirs."""
    keeping.remove(keeping.address_of(customer_of(customer_id), address_id), by=request.actor)
    return Done()
