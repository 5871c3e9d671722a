"""New passwords of customers: the link that is mailed, the window in which there is one only, and the choosing.

S0.14, S1.21–S1.23, S2.7; facts 4.14 and 5. Staff never learn a password, and never have to choose one.
"""

import datetime as dt

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_tasks import task

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor, Door
from backoffice.records.errors import NotAllowed
from backoffice.records.events import Kind, record
from backoffice.rules import email_sought, is_unreachable
from backoffice.screen import formats

from ..models import Customer
from ..options import SECTION, customer_options
from . import mails, people
from .links import customer_by, link_of, works_for

RESET = "password_reset"


class TooSoon(NotAllowed):
    """There was a link a short time ago; `until` is when the options allow the next one (S0.14)."""

    def __init__(self, until: dt.datetime):
        said = _("A link was sent a short time ago. The options of this shop allow the next one at %(time)s.")
        super().__init__(said % {"time": formats.moment_with_zone(until)})
        self.until = until

    @property
    def seconds(self) -> int:
        """How long to wait."""
        return max(1, round((self.until - timezone.now()).total_seconds()))


class NotSent(NotAllowed):
    """The mail server did not take the mail."""

    def __init__(self) -> None:
        super().__init__(_("The e-mail could not be sent. Nothing was changed; try again later."))


def next_link_at(customer: Customer) -> dt.datetime | None:
    """Until when the window of the options is closed for them; None where it is open, as for who is new (facts 1.1)."""
    if customer.password_link_at is None:
        return None
    until = customer.password_link_at + _window()
    return until if until > timezone.now() else None


def refusal_to_mail(customer: Customer) -> str:
    """Why no link could reach them or would be of use, and what to do about it; "" where it can be sent."""
    if refusal := changes.refusal_to_change(customer):
        return refusal
    if not customer.active:
        return _("%(name)s may not log in: enable the account first.") % {"name": customer}
    if is_unreachable(customer.email):
        said = _("Mail can't be delivered to %(email)s: correct the e-mail address first.")
        return said % {"email": customer.email}
    return ""


def refusal_of_link(customer: Customer) -> str:
    """Why they cannot be sent a link, "" where they can; whether it is too soon is another question."""
    if customer.guest and not customer.deleted:
        said = _("%(name)s is a guest, without a password: turn them into a customer first.")
        return said % {"name": customer}
    return refusal_to_mail(customer)


@verb("customers.change_customer")
def send_password_link(customer: Customer, *, by: Actor, despite_window: bool = False) -> None:
    """Mail them a link for choosing a password, in their language. The one before opens nothing any more.

    NotAllowed where it would be of no use, TooSoon within the window of the options unless `despite_window` says that
    whoever asks knows, NotSent where it did not go out: nothing is changed then.
    """
    customer, before = _stamped(customer, by, despite_window)
    if not mail_link(customer, RESET, by=by):
        take_back(customer, before, by=by)
        raise NotSent


@one_change()
def _stamped(customer: Customer, by: Actor, despite_window: bool) -> tuple[Customer, dt.datetime | None]:
    """The customer with the moment of their link, and that of the one before."""
    current = changes.lock(customer)
    if refusal := refusal_of_link(current):
        raise NotAllowed(refusal)
    if (until := next_link_at(current)) and not despite_window:
        raise TooSoon(until)
    before = current.password_link_at
    changes.save(current, {"password_link_at": timezone.now()}, by=by)
    return current, before


@one_change()
def take_back(customer: Customer, before: dt.datetime | None, *, by: Actor) -> None:
    """The link did not go out: the window is as it was, unless there was another one meanwhile."""
    current = changes.lock(customer)
    if current.password_link_at == customer.password_link_at:
        changes.save(current, {"password_link_at": before}, by=by)


def mail_link(customer: Customer, template: str, *, by: Actor) -> bool:
    """Write the mail with a link for the customer as they are stored, and send it; whether it went out.

    Staff who sent it are written down (S2.7); the address of the link is in the mail alone.
    """
    with translation.override(customer.language):
        subject, text = _WORDS[template](customer)
    went_out = mails.send(
        customer,
        recipient=customer.email,
        template=template,
        subject=subject,
        text=text,
        language=customer.language,
    )
    if went_out and by.door != Door.SHOP:
        record(Kind.PASSWORD_LINK, by=by, target=SECTION, id=customer.pk)
    return went_out


def ask_for_link(email: str, *, by: Actor) -> None:
    """Somebody asks for a link in the shop. The same answer at the same pace, whether there is such an account (G13).

    TooSoon within the window, also for an address nobody has. The worker sends it, where there is somebody to send it
    to; within the window of what staff sent it sends nothing, and nobody is told so.
    """
    now, window, sought = timezone.now(), _window(), email_sought(email)
    if window:
        place = f"password_link:{salted_hmac(__name__, sought, algorithm='sha256').hexdigest()}"
        if not cache.add(place, (now + window).isoformat(), window.total_seconds()):
            raise TooSoon(dt.datetime.fromisoformat(cache.get(place) or now.isoformat()))
    holder = Customer.objects.active().registered().filter(email_key=sought).first()
    send_asked_link.enqueue(holder.pk if holder else 0, by.ip)


@task()
def send_asked_link(key: int, ip: str | None) -> None:
    """Send the link that a customer asked for, where that can be done."""
    if customer := Customer.objects.filter(pk=key).first():
        try:
            send_password_link(customer, by=Actor(staff=None, door=Door.SHOP, ip=ip))
        except NotAllowed:
            return  # whoever asked is told nothing of anybody's account


@one_change()
def choose_password(token: str, password: str, *, by: Actor) -> Customer | None:
    """Set the password that was chosen behind a link. It opens nothing afterwards, and all sessions end.

    None where it opens nothing any more. `password` has been judged by the rules.
    """
    customer = customer_by(token, lock=True)
    if customer is None:
        return None
    return people.edit_customer(customer, {"password": password}, by=by)


def _window() -> dt.timedelta:
    return dt.timedelta(minutes=customer_options().password_minutes)


def _reset_words(customer: Customer) -> tuple[str, str]:
    said = {"shop": settings.SHOP_NAME}
    subject = _("Choose a new password for %(shop)s") % said
    opening = _("With this link you can choose a new password for your account at %(shop)s:") % said
    return subject, _letter(
        customer, opening, _("If you do not need it, ignore this e-mail: your password stays the same.")
    )


def _account_words(customer: Customer) -> tuple[str, str]:
    said = {"shop": settings.SHOP_NAME, "email": customer.email}
    subject = _("Your account at %(shop)s") % said
    opening = _(
        "Your guest account at %(shop)s is now a customer account. Choose a password with this link,"
        " then log in with %(email)s:"
    )
    return subject, _letter(
        customer, opening % said, _("Your orders and addresses are in your account already.")
    )


def _letter(customer: Customer, opening: str, closing: str) -> str:
    hello = pgettext("to a customer", "Hello %(name)s,") % {"name": customer.name}
    return "\n\n".join((hello, opening, link_of(customer), f"{works_for()} {closing}", settings.SHOP_NAME))


GUEST_TO_CUSTOMER = "guest_to_customer"
_WORDS = {RESET: _reset_words, GUEST_TO_CUSTOMER: _account_words}
