"""Customers signing in to the shop: with their password, for as long as the account is as it was (G34, facts 1.15)."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.faults import fault_at
from backoffice.records.actors import Actor
from backoffice.records.errors import Gone, NotAllowed
from backoffice.rules import Broken, email_sought

from .. import rules
from ..models import Customer, ShopSession, Visit
from ..options import customer_options
from ..registries import cart_takers, deletion_steps
from . import people
from .visits import hold_who_comes, link_visits

_BYTES = 32
_USED_AGAIN = dt.timedelta(minutes=5)


class WrongPassword(NotAllowed):
    """Nobody may sign in so; whether it is the address, the password or the account is told to nobody (G13)."""

    def __init__(self) -> None:
        super().__init__(_("There is no account with this e-mail address and password, or it is disabled."))


class NotThePassword(ValidationError):
    """Whoever wants another password does not know the one they have."""

    def __init__(self) -> None:
        super().__init__({"old": ValidationError(_("This is not the password."), code="wrong")})


@dataclass(frozen=True)
class SignedIn:
    """Who it is, the token of their session, and the key of the cart that they go on with, "" for none."""

    customer: Customer
    token: str
    cart: str


def sign_in(email: str, password: str, *, by: Actor, visitor: str = "", cart: str = "") -> SignedIn:
    """Whose account this is, with a new session: visits and cart of that browser are theirs from now on.

    `cart` is the key of the cart that they have filled; else it is the latest one of the browser.

    WrongPassword where nobody may sign in so, after the same time whatever the reason. A password that is kept in an
    older way is kept anew (decision 36).
    """
    customer = Customer.objects.active().registered().filter(email_key=email_sought(email)).first()
    if customer is None or not customer.password:
        make_password(password)
        raise WrongPassword

    def renew(raw: str) -> None:
        same = Customer.objects.filter(pk=customer.pk, password=customer.password)
        same.update(password=make_password(raw))

    if not check_password(password, customer.password, setter=renew):
        raise WrongPassword
    return _with_what_is_theirs(customer, by=by, visitor=visitor, cart=cart)


@one_change()
def _with_what_is_theirs(customer: Customer, *, by: Actor, visitor: str, cart: str) -> SignedIn:
    # Carts before the customer, as whoever deletes one locks them: neither waits for the other forever.
    for step in deletion_steps:
        step.hold([customer.pk])
    try:
        hold_who_comes(customer)
    except Gone:
        raise WrongPassword from None
    if not Customer.objects.get(pk=customer.pk).keeps_signed_in(customer.session_round):
        raise WrongPassword
    taken = [take(customer, visitor=visitor, key=cart, by=by) for take in cart_takers]
    if visitor:
        link_visits(visitor, customer, by=by)
    token = _begin(customer, by=by)
    return SignedIn(customer, token, next(filter(None, taken), ""))


@one_change()
def _begin(customer: Customer, *, by: Actor) -> str:
    token = token_urlsafe(_BYTES)
    ShopSession.objects.create(
        customer=customer, token_hash=_hash(token), session_round=customer.session_round, ip=by.ip
    )
    return token


def has_signed_in_with(visitor: str, email: str) -> bool:
    """Whether whose account this is was signed in with this browser before, as its visits tell (decision 47)."""
    return Visit.objects.filter(visitor=visitor, customer__email_key=email_sought(email)).exists()


def session_by(token: str) -> ShopSession | None:
    """The session of this token, with its customer; None for one that opens nothing any more (G34)."""
    session = ShopSession.objects.select_related("customer").filter(token_hash=_hash(token)).first()
    now = timezone.now()
    if (
        session is None
        or not session.customer.keeps_signed_in(session.session_round)
        or now - session.last_used_at > dt.timedelta(days=settings.CUSTOMER_SESSION_DAYS)
    ):
        return None
    if now - session.last_used_at > _USED_AGAIN:
        ShopSession.objects.filter(pk=session.pk).update(last_used_at=now)
    return session


def sign_out(session: ShopSession) -> None:
    """The session opens nothing any more."""
    ShopSession.objects.filter(pk=session.pk).delete()


@one_change()
def change_own_password(session: ShopSession, old: str, new: str, *, by: Actor) -> str:
    """The customer chooses another password: all their sessions end, and the token of a new one is told.

    NotThePassword where `old` is not theirs, ValidationError at `new` where it is too short.
    """
    customer = session.customer
    if not check_password(old, customer.password):
        raise NotThePassword
    try:
        rules.password(new, at_least=customer_options().password_min_length)
    except Broken as fault:
        raise fault_at("new", fault) from None
    changed = people.edit_customer(customer, {"password": new}, by=by)
    return _begin(changed, by=by)


def forget_old_sessions() -> str:
    """Deletes the sessions that open nothing any more."""
    latest = timezone.now() - dt.timedelta(days=settings.CUSTOMER_SESSION_DAYS)
    gone, _rows = ShopSession.objects.filter(last_used_at__lt=latest).delete()
    return f"{gone} sessions of customers deleted"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
