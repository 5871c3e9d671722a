"""What customers do with their account in the shop: sign in, their own data, a new password."""

from django.http import HttpRequest
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of, writes
from backoffice.api.forms import taken_of
from backoffice.api.shapes import Done, Given, Key, Taken, VisitorKey

from .. import services
from .limits import counted, places_of_sign_in
from .lookups import CustomerToken, by_customer, session_of
from .people import customers_section, save_stated
from .shapes import GROUND, CustomerGiven, Grounds, given

router = router_of("Accounts")
OWN = (
    *("title", "first_name", "last_name", "email", "birthday", "newsletter", "partner_offers", "language"),
    *("phone", "company"),
)


class SignIn(Taken):
    """What somebody typed, and with which browser."""

    email: str = Field(max_length=255)
    password: str = Field(max_length=1000)
    visitor: VisitorKey | None = None
    cart: Key | None = Field(
        None, description="What they have filled as a visitor; else the latest cart of the browser"
    )


class SignedIn(Given):
    """Who it is; the token is told this once, and stands for them in the header `Customer-Token`."""

    token: str
    cart: str | None = Field(description="The key of the cart that they go on with")
    customer: CustomerGiven


OwnData = taken_of(customers_section(), "OwnData", only=OWN, grounds=(Grounds, GROUND))


class OwnPassword(Taken):
    """The password they have, and the one they want."""

    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


class Token(Given):
    """The token of a new session; all others have ended."""

    token: str


class PasswordAsked(Taken):
    """Who cannot remember."""

    email: str = Field(min_length=1, max_length=255)


@writes(router, "POST", "/sign-in", scope=Scope.CUSTOMERS_SIGN_IN, answer=SignedIn, remembered=False)
def sign_in(request: HttpRequest, said: SignIn) -> SignedIn:
    """Sign a customer in.

    409 where there is no such account with this password, or it is disabled; 429 after too many failures. Visits of
    the browser that were nobody's are theirs from now on, and so is its cart. An older unfinished one stays as it was;
    where the browser has nothing in its cart and the options of the shop say so, they go on with that.
    """
    visitor = said.visitor or ""
    with counted(request, services.WrongPassword, places_of_sign_in(request, said.email, visitor)):
        signed_in = services.sign_in(
            said.email, said.password, by=by_customer(request), visitor=visitor, cart=said.cart or ""
        )
    return SignedIn(token=signed_in.token, cart=signed_in.cart or None, customer=given(signed_in.customer))


@reads(router, "/me", scope=Scope.CUSTOMERS_SIGN_IN, answer=CustomerGiven)
def read_own_data(request: HttpRequest, token: CustomerToken) -> CustomerGiven:
    """The customer who is signed in; 401 as soon as their account is disabled."""
    return given(session_of(token).customer)


@writes(router, "PATCH", "/me", scope=Scope.CUSTOMERS_SIGN_IN, answer=CustomerGiven)
def change_own_data(
    request: HttpRequest,
    said: OwnData,  # type: ignore[valid-type]
    token: CustomerToken,
) -> CustomerGiven:
    """Change one's own data."""
    session = session_of(token)
    return given(save_stated(session.customer, said.model_dump(exclude_unset=True), by=by_customer(request)))


@writes(router, "POST", "/me/password", scope=Scope.CUSTOMERS_SIGN_IN, answer=Token, remembered=False)
def change_own_password(request: HttpRequest, said: OwnPassword, token: CustomerToken) -> Token:
    """Choose another password.

    All sessions of the customer end; the answer holds the token of a new one. 429 after too many wrong `old` ones.
    """
    session = session_of(token)
    with counted(request, services.NotThePassword, {"customer_sign_in": f"session {session.pk}"}):
        return Token(token=services.change_own_password(session, said.old, said.new, by=by_customer(request)))


@writes(router, "POST", "/me/sign-out", scope=Scope.CUSTOMERS_SIGN_IN, answer=Done, remembered=False)
def sign_out(request: HttpRequest, token: CustomerToken) -> Done:
    """Sign out."""
    services.sign_out(session_of(token))
    return Done()


@writes(router, "POST", "/password-links", scope=Scope.CUSTOMERS_SIGN_IN, answer=Done)
def ask_for_password(request: HttpRequest, said: PasswordAsked) -> Done:
    """Ask for a link by which to choose a new password.

    The same answer whether there is such an account; 429 with `Retry-After` within the window of the options.
    """
    services.ask_for_link(said.email, by=by_customer(request))
    return Done()
