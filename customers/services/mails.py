"""Mails to customers: sent in their language, and written down, whoever sends them (S4.75, facts 1.14)."""

import datetime as dt
from smtplib import SMTPException

import structlog
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.rules import is_unreachable

from ..models import Customer, Mail

log = structlog.get_logger(__name__)
SUBJECT_MAX = Mail._meta.get_field("subject").max_length


def undeliverable(address: str) -> str:
    """That no mail reaches this address, "" where one may (decision 4)."""
    return _("Mail can't be delivered to %(email)s.") % {"email": address} if is_unreachable(address) else ""


def send(
    customer: Customer | None, *, recipient: str, template: str, subject: str, text: str, language: str
) -> bool:
    """Mail it now and write it down; whether it went out. Call it when what it tells is committed.

    `template` says what kind of mail it is, `subject` and `text` are in `language` already.
    """
    subject = " ".join(subject.split())
    try:
        EmailMessage(subject, text, None, [recipient]).send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that no server takes
        log.warning("mail_not_sent", template=template, error=type(error).__name__)
        return False
    log_mail(customer, recipient=recipient, template=template, subject=subject, language=language)
    return True


@one_change()
def log_mail(
    customer: Customer | None,
    *,
    recipient: str,
    template: str,
    subject: str,
    language: str,
    sent_at: dt.datetime | None = None,
) -> Mail:
    """Write down a mail that was sent, a line a recipient; it stays the customer's when their address changes.

    Where nobody is named it is whose address that is (facts 1.14).
    """
    mail = Mail.objects.create(
        customer=customer or _whose(recipient),
        recipient=recipient,
        template=template,
        subject=subject[:SUBJECT_MAX],
        language=language,
        sent_at=sent_at or timezone.now(),
    )
    Counter.move(Mail._meta.label_lower, 1)
    return mail


def _whose(address: str) -> Customer | None:
    """Whose account has this address, else the one guest who gave it."""
    found = list(Customer.objects.here().filter(email_key=address.lower()).order_by("guest")[:2])
    return found[0] if found and (len(found) == 1 or not found[0].guest) else None
