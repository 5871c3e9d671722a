"""Browsers in which somebody has signed in before: strangers' failures do not shut these out (decision 47).

The mark is a signed cookie with a number of the browser and the accounts that have signed in there. It opens nothing:
failed sign-ins are counted by it instead of by the address that a whole office, or a stranger, may share.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from ..records.actors import ip_of
from .models import StaffMember

COOKIE = "known_browser"
SALT = "backoffice.staff.known_browser"
YEAR = 365 * 24 * 3600
# A computer that many share remembers those who signed in there last.
MOST = 20


@dataclass(frozen=True)
class KnownBrowser:
    number: str
    accounts: tuple[int, ...] = ()


def known_browser(request: HttpRequest) -> KnownBrowser | None:
    """What the browser's mark says; None without one, and for one that is made up or a year old."""
    try:
        number, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return KnownBrowser(number, tuple(accounts))


def mark(request: HttpRequest, response: HttpResponse, person: StaffMember) -> None:
    """Leave the mark in the browser in which this person has just signed in."""
    known = known_browser(request) or KnownBrowser(get_random_string(20))
    accounts = [person.pk, *(one for one in known.accounts if one != person.pk)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([known.number, accounts], salt=SALT),
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def place_of(request: HttpRequest) -> str:
    """By what requests are counted: the known browser, else the address they come from."""
    known = known_browser(request)
    return f"browser-{known.number}" if known else _address(request)


def place_of_sign_in(request: HttpRequest, email: str) -> str:
    """By what failures of one account are counted."""
    return place_of(request) if is_known_to(request, email) else _address(request)


def is_known_to(request: HttpRequest, email: str) -> bool:
    """Whether this account has signed in here before; other accounts do not make a browser known."""
    known = known_browser(request)
    if known is None:
        return False
    return StaffMember.objects.filter(pk__in=known.accounts, email__iexact=email).exists()


def _address(request: HttpRequest) -> str:
    """Of IPv6 the network: a household has 2 to the 64 addresses of its own."""
    address = ip_of(request)
    if address is None:
        return "unknown"
    if ":" in address:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return address
