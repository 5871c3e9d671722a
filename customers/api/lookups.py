"""Which customer a request means, and as whom it acts; that there is none is told at the field that named them."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Header

from backoffice.api.door import CUSTOMER_TOKEN
from backoffice.api.endpoints import Judged
from backoffice.api.refusals import Refused, refuse
from backoffice.records.actors import Actor, Door
from backoffice.records.errors import NotThere

from ..models import Customer, ShopSession
from ..services import session_by


def customer_of(key: int) -> Customer:
    """The customer of this number who is not hidden; NotThere otherwise."""
    customer = Customer.objects.here().filter(pk=key).first()
    if customer is None:
        raise NotThere(key)
    return customer


def customer_named(key: int | None) -> Customer | None:
    """The customer of this number, None for no number; Refused at `customer_id` where there is none."""
    if key is None:
        return None
    try:
        return customer_of(key)
    except NotThere:
        refuse("no_such_customer", field="customer_id")


def session_of(token: str) -> ShopSession:
    """The session of a customer's token; Refused with 401 where it opens nothing any more (G34)."""
    session = session_by(token)
    if session is None:
        raise Refused(401, _("Please sign in again."), field=CUSTOMER_TOKEN, code="signed_out")
    return session


CustomerToken = Annotated[str, Judged(session_of), Header(..., alias=CUSTOMER_TOKEN)]


def by_customer(request: HttpRequest) -> Actor:
    """The customer acts, in the shop, and not the program that passes it on."""
    return Actor(staff=None, door=Door.SHOP, ip=request.actor.ip)
