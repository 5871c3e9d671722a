"""Registering customers and changing them, by the form and the service of the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of, writes
from backoffice.api.forms import stated, stated_values, taken_of
from backoffice.api.shapes import AsWhole, Id, line_of
from backoffice.records.actors import Actor
from backoffice.rules import email_sought
from backoffice.sections import Section, section_named

from .. import services
from ..models import Customer
from ..options import SECTION
from .lookups import customer_of
from .shapes import GROUND, CustomerGiven, CustomerKey, CustomersGiven, Grounds, given, key_of

router = router_of("Customers")
MOST_FOUND = 50
_TAKEN = ("taken", "taken_by_deleted", "may_not_register")


def customers_section() -> Section:
    section = section_named(SECTION)
    assert section is not None
    return section


NewCustomer = taken_of(customers_section(), "NewCustomer", grounds=(Grounds, GROUND))
ChangedCustomer = taken_of(
    customers_section(),
    "ChangedCustomer",
    grounds=(Grounds, GROUND),
    version=(
        Annotated[int, Field(ge=0, le=2_147_483_647), AsWhole] | None,
        Field(None, description="The `version` that was read: a later one refuses the change"),
    ),
)


@writes(router, "POST", "/customers", scope=Scope.CUSTOMERS_WRITE, answer=CustomerKey)
def register_customer(request: HttpRequest, said: NewCustomer) -> CustomerKey:  # type: ignore[valid-type]
    """Register a customer, or a guest.

    What the settings of the shop require is required here too; the password obeys its rules. Nobody is told by mail.
    """
    return key_of(save_stated(None, said.model_dump(exclude_unset=True), by=request.actor))


def save_stated(customer: Customer | None, said: dict, *, by: Actor, version: int | None = None) -> Customer:
    """Save what was stated of a customer, or of a new one. ValidationError by field; Conflict as the service says."""
    beside = {f"{kind}_ground": text for kind, text in said.pop("grounds", {}).items()}
    with _nobody_told():
        form = stated(customers_section(), said, record=customer, beside=beside)
        values = stated_values(form, said) if customer else form.values
        return services.save_customer(customer, values, by=by, version=version, **form.said)


@contextmanager
def _nobody_told() -> Iterator[None]:
    """Staff are told who has an address already, a program that there is somebody: it may be anybody's who asks."""
    try:
        yield
    except ValidationError as refused:
        faults = getattr(refused, "error_dict", {})
        if not any(getattr(one, "code", "") in _TAKEN for one in faults.get("email", ())):
            raise
        said = ValidationError(_("There is an account with this e-mail address already."), code="taken")
        raise ValidationError({**faults, "email": [said]}) from None


@writes(router, "PATCH", "/customers/{int:customer_id}", scope=Scope.CUSTOMERS_WRITE, answer=CustomerKey)
def change_customer(request: HttpRequest, customer_id: Id, said: ChangedCustomer) -> CustomerKey:  # type: ignore[valid-type]
    """Change a customer: what is named, and nothing else."""
    changed = said.model_dump(exclude_unset=True)
    version = changed.pop("version", None)
    return key_of(save_stated(customer_of(customer_id), changed, version=version, by=request.actor))


@reads(router, "/customers/{int:customer_id}", scope=Scope.CUSTOMERS_READ, answer=CustomerGiven)
def read_customer(request: HttpRequest, customer_id: Id) -> CustomerGiven:
    """A customer by their number."""
    return given(customer_of(customer_id))


@reads(router, "/customers", scope=Scope.CUSTOMERS_READ, answer=CustomersGiven)
def find_customers(
    request: HttpRequest,
    email: str = Query("", max_length=255),
    external_id: line_of(64) = Query(""),
) -> CustomersGiven:
    """Customers by their e-mail address, or by their number in another system; 50 at most.

    Whoever asks for neither gets nobody.
    """
    rows = Customer.objects.here()
    if email:
        rows = rows.filter(email_key=email_sought(email))
    if external_id:
        rows = rows.filter(external_id=external_id)
    found = rows.order_by("pk")[:MOST_FOUND] if email or external_id else []
    return CustomersGiven(customers=[given(one) for one in found])
