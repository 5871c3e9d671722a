"""The link by which a customer chooses a password: works once, for a day, and ends with what it was made of."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import ngettext

from backoffice.numbers import LARGEST
from backoffice.screen import formats

from ..models import Customer

_SALT = "customers.password_link"


def lasts() -> dt.timedelta:
    """How long a link works."""
    return dt.timedelta(hours=settings.PASSWORD_LINK_HOURS)


def works_for() -> str:
    """The same in a sentence, for who sends a link and for who gets it."""
    hours = settings.PASSWORD_LINK_HOURS
    said = ngettext("The link works once, for %(n)s hour.", "The link works once, for %(n)s hours.", hours)
    return said % {"n": formats.number(hours)}


def link_of(customer: Customer) -> str:
    """The whole address. It is told in a mail and nowhere else: no log, event or history holds it (G26)."""
    token = signing.dumps([customer.pk, customer.session_round, _state(customer)], salt=_SALT)
    return settings.PUBLIC_URL + reverse("customers_choose_password", args=[token])


def customer_by(token: str, *, lock: bool = False) -> Customer | None:
    """Whose link this is, locked on demand; None for every one that opens nothing, whatever the reason."""
    try:
        key, session_round, state = signing.loads(token, salt=_SALT, max_age=lasts())
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not isinstance(key, int) or not 0 < key <= LARGEST:
        return None
    rows = Customer.objects.select_for_update(of=("self",)) if lock else Customer.objects
    customer = rows.filter(pk=key).first()
    if customer is None or not customer.keeps_signed_in(session_round):
        return None
    return customer if constant_time_compare(state, _state(customer)) else None


def _state(customer: Customer) -> str:
    """What the link ends with: another password, address, or a later link."""
    sent = customer.password_link_at.isoformat() if customer.password_link_at else ""
    made_of = f"{customer.password}|{customer.email_key}|{sent}"
    return salted_hmac(_SALT, made_of, algorithm="sha256").hexdigest()[:32]
