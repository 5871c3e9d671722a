"""How often somebody may fail with the password of a customer: counted before it is looked at (decision 47)."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from backoffice.api.refusals import Refused
from backoffice.rules import email_sought

from .. import services

_APP = "allauth.account"


def places_of_sign_in(request: HttpRequest, email: str, visitor: str) -> dict[str, str]:
    """By what failures to sign in to an account are counted: rates of `ACCOUNT_RATE_LIMITS`, each with its key.

    Strangers do not shut out the browser in which somebody signed in before, nor their house.
    """
    account = email_sought(email)
    if visitor and services.has_signed_in_with(visitor, email):
        return {"customer_sign_in": f"{account} browser {visitor}"}
    address = ratelimit.truncate_ip(request.actor.ip or "unknown")
    return {"customer_sign_in": f"{account} address {address}", "customer_sign_in_of_strangers": account}


@contextmanager
def counted(request: HttpRequest, failure: type[Exception], places: dict[str, str]) -> Iterator[None]:
    """Within these rates only: what ends with this failure is counted, whatever else happens is not.

    Refused (429) where there were too many. Each try takes its place before it begins: many at once are no more.
    """
    with ExitStack() as given_back:
        for action, key in places.items():
            usage = ratelimit.consume(request, app=_APP, action=action, key=key)
            if usage is None:
                raise Refused(
                    429,
                    _("Too many failed attempts. Please try again later."),
                    headers={"Retry-After": str(_longest(action))},
                )
            given_back.callback(usage.rollback)
        try:
            yield
        except failure:
            given_back.pop_all()
            raise


def _longest(action: str) -> int:
    return int(max(rate.duration for rate in ratelimit.get_rates(app=_APP, action=action)))
