"""Which customer a request means; that there is none is told at the field that named them."""

from django.utils.translation import gettext as _

from backoffice.api.door import CUSTOMER_TOKEN
from backoffice.api.refusals import Refused
from backoffice.faults import sentence
from backoffice.records.errors import NotThere
from backoffice.rules import Broken

from ..models import Customer, ShopSession
from ..services import session_by


def customer_of(key: int) -> Customer:
    """The customer of this number who is not hidden; NotThere otherwise."""
    customer = Customer.objects.here().filter(pk=key).first()
    if customer is None:
        raise NotThere(key)
    return customer


def customer_named(key: int | None, *, field: str = "customer_id") -> Customer | None:
    """The customer that a field of the body names, None where it names nobody; Refused at that field otherwise."""
    if key is None:
        return None
    try:
        return customer_of(key)
    except NotThere:
        said = sentence(Broken("no_such_customer"))
        raise Refused(422, said, field=field, code="no_such_customer") from None


def session_of(token: str) -> ShopSession:
    """The session of a customer's token; Refused with 401 where it opens nothing any more (G34)."""
    session = session_by(token)
    if session is None:
        raise Refused(401, _("Please sign in again."), field=CUSTOMER_TOKEN, code="signed_out")
    return session
