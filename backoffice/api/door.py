"""The one way in: a bearer token, within its rate and the size of a body, before anything else is looked at (G18)."""

import datetime as dt
import ipaddress
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from ..access.rights import BY_TOKEN
from ..access.scopes import Scope
from ..models import ApiToken
from ..records.actors import Actor, Door, act_by, ip_of
from ..screen.problems import problem
from ..staff.api_tokens.services import token_by
from .rates import RATES

_USED_AGAIN = dt.timedelta(minutes=1)
# For whom a program asks: from which browser, and who is signed in there.
CUSTOMER_IP = "Customer-IP"
CUSTOMER_TOKEN = "Customer-Token"  # noqa: S105  the name of a header


def through_the_door(view: Callable) -> Callable:
    """The view, for whoever shows a token that opens something; `request.actor` is the program then."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "HEAD":  # what GET answers; its body goes no further than the web server
            request.method = "GET"
        # An act of a batch came in with the batch.
        token = getattr(request, "api_token", None) or bearer_of(request)
        if token is None:
            return unauthorized()
        if seconds := RATES.wait(token.pk):
            said = _("Too many requests with this token. Please try again later.")
            return problem(429, said, headers={"Retry-After": str(seconds)})
        if "Transfer-Encoding" in request.headers:
            return problem(
                411, _("Say how long the body is (Content-Length); parts of unknown length aren’t read.")
            )
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length and request.content_type != "application/json":
            return problem(415, _("Send JSON, and say so by its type (application/json)."))
        if length > settings.API_BODY_BYTES:
            said = _("At most %(most)s bytes, please.") % {"most": settings.API_BODY_BYTES}
            return problem(413, said)
        admit(request, token)
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            said = _("This endpoint takes %(methods)s.") % {"methods": response["Allow"]}
            return problem(405, said, headers={"Allow": response["Allow"]})
        return response

    guarded.rule = BY_TOKEN  # type: ignore[attr-defined]
    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded


def bearer_of(request: HttpRequest) -> ApiToken | None:
    """The token that a request shows, None for none that opens something."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    return token_by(secret.strip()) if scheme.lower() == "bearer" else None


def unauthorized() -> HttpResponse:
    """401: no token, or one that opens nothing; which of them is told to nobody."""
    said = _("A valid token is needed in the header “Authorization”.")
    return problem(401, said, headers={"WWW-Authenticate": "Bearer"})


def admit(request: HttpRequest, token: ApiToken) -> None:
    """What follows acts in the name of this token."""
    request.api_token = token  # type: ignore[attr-defined]
    request.actor = Actor(staff=None, door=Door.API, ip=_customers_ip(request), act=act_by(token.name))  # type: ignore[attr-defined]
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - _USED_AGAIN:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _USED_AGAIN)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def _customers_ip(request: HttpRequest) -> str | None:
    """The address of the browser for which the program asks, as it says; else its own."""
    try:
        return str(ipaddress.ip_address(request.headers[CUSTOMER_IP].partition("%")[0]))
    except (KeyError, ValueError):
        return ip_of(request)


class AnyToken(HttpBearer):
    """Opens an endpoint that does nothing by itself: what it is told to do asks for its own scope."""

    def __call__(self, request: HttpRequest):
        """As django-ninja asks: who it is."""
        return request.api_token

    def authenticate(self, request: HttpRequest, token: str):
        """Done at the door already."""
        raise NotImplementedError


class BearerToken(AnyToken):
    """Opens an endpoint to tokens that have its scope. Without one it is closed to all."""

    def __init__(self, scope: Scope | None = None):
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest):
        """As django-ninja asks: who it is, or nobody."""
        token = request.api_token
        if self.scope is None or self.scope not in token.scopes:
            raise ScopeMissing(self.scope)
        return token


class ScopeMissing(Exception):
    """The token is good, and may not do this."""

    def __init__(self, scope: Scope | None):
        super().__init__(scope)
        self.scope = scope
