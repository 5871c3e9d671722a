"""The addresses of whoever is signed in."""

from django.http import HttpRequest

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of, writes
from backoffice.api.shapes import Done, Id
from customers.api.lookups import CustomerToken, by_customer, session_of

from . import keeping
from .shapes import AddressesGiven, AddressGiven, AddressTold, given

router = router_of("Own addresses")
_ALL = "/me/addresses"
_ONE = _ALL + "/{int:address_id}"


@reads(router, _ALL, scope=Scope.CUSTOMERS_SIGN_IN, answer=AddressesGiven)
def read_own_addresses(request: HttpRequest, token: CustomerToken) -> AddressesGiven:
    """One's own addresses."""
    return keeping.all_of(session_of(token).customer)


@writes(router, "POST", _ALL, scope=Scope.CUSTOMERS_SIGN_IN, answer=AddressGiven)
def add_own_address(
    request: HttpRequest,
    said: AddressTold,  # type: ignore[valid-type]
    token: CustomerToken,
) -> AddressGiven:
    """Add an address to one's own."""
    stated = said.model_dump(exclude_unset=True)
    return given(keeping.add(session_of(token).customer, stated, by=by_customer(request)))


@writes(router, "PATCH", _ONE, scope=Scope.CUSTOMERS_SIGN_IN, answer=AddressGiven)
def change_own_address(
    request: HttpRequest,
    address_id: Id,
    said: AddressTold,  # type: ignore[valid-type]
    token: CustomerToken,
) -> AddressGiven:
    """Change one of one's own addresses."""
    address = keeping.address_of(session_of(token).customer, address_id)
    return given(keeping.change(address, said.model_dump(exclude_unset=True), by=by_customer(request)))


@writes(router, "DELETE", _ONE, scope=Scope.CUSTOMERS_SIGN_IN, answer=Done)
def delete_own_address(request: HttpRequest, address_id: Id, token: CustomerToken) -> Done:
    """Delete one of one's own addresses: orders keep theirs."""
    keeping.remove(keeping.address_of(session_of(token).customer, address_id), by=by_customer(request))
    return Done()
