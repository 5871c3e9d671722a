"""The shapes of customers at the API."""

import datetime as dt
from typing import Literal

from pydantic import Field

from backoffice.api.shapes import Given, Id, Line, MomentGiven

from ..models import Customer


class CustomerKey(Given):
    """Which customer it is, and how often they were saved: `version` finds changes of others."""

    id: Id
    version: int
    guest: bool
    external_id: str


class CustomerGiven(CustomerKey):
    """A customer, as the shop's own pages may show them; notes, tags and agents are the staff's."""

    title: Id | None
    first_name: str
    last_name: str
    email: str
    birthday: dt.date | None
    active: bool
    newsletter: bool
    partner_offers: bool
    language: str
    phone: str
    company: str
    default_group: Id
    registered_at: MomentGiven
    updated_at: MomentGiven


class CustomersGiven(Given):
    """Some customers."""

    customers: list[CustomerGiven]


def key_of(customer: Customer) -> CustomerKey:
    """Which customer it is."""
    return CustomerKey(
        id=customer.pk, version=customer.version, guest=customer.guest, external_id=customer.external_id
    )


def given(customer: Customer) -> CustomerGiven:
    """The customer as the API tells of them."""
    names = CustomerGiven.model_fields.keys() - {"id", "title", "default_group"}
    return CustomerGiven(
        id=customer.pk,
        title=customer.title_id,
        default_group=customer.default_group_id,
        **{name: getattr(customer, name) for name in names},
    )


Grounds = dict[Literal["newsletter", "partner_offers"], Line]
GROUND = Field(
    default_factory=dict,
    description="On what a consent rests that is given or taken back: {“newsletter”: “Form of the shop”}",
    max_length=2,
)
