"""The link by which an invited person chooses a password, and the mail that brings it."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import StaffMember

log = structlog.get_logger(__name__)
# Mail backends that deliver nothing.
UNDELIVERED = ("console", "locmem", "dummy", "filebased")


def password_path(person: StaffMember) -> str:
    """The path under which `person` may choose a password once, within PASSWORD_RESET_TIMEOUT seconds."""
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token}
    )


def send_invitation(person: StaffMember, link: str, *, invited_by: str) -> bool:
    """Mail the link in the person's language; False when it was not delivered and must be handed over."""
    with translation.override(person.language or translation.get_language()):
        subject = _("Your account for %(shop)s") % {"shop": settings.SHOP_NAME}
        text = _words(person, link, invited_by)
    try:
        send_mail(subject, text, None, [person.email])
    except (OSError, SMTPException) as error:
        log.warning("invitation_not_sent", error=type(error).__name__)
        return False
    return not any(name in settings.EMAIL_BACKEND for name in UNDELIVERED)


def _words(person: StaffMember, link: str, invited_by: str) -> str:
    days = settings.PASSWORD_RESET_TIMEOUT // 86400
    said = {"name": person.name, "who": invited_by, "shop": settings.SHOP_NAME, "days": days}
    return "\n\n".join(
        (
            _("Hello %(name)s,") % said,
            _("%(who)s invites you to the back office of %(shop)s.") % said,
            ngettext(
                "To choose your password, open this link within %(days)d day:",
                "To choose your password, open this link within %(days)d days:",
                days,
            )
            % said,
            link,
            _("If you do not know this shop, you can ignore this message."),
        )
    )
