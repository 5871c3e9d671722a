"""Mails to a member of staff about what was changed on their account, so that a stranger's hand is seen (S20)."""

from __future__ import annotations

from enum import Enum
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..records.actors import Actor
from ..screen.formats import labelled, moment
from .models import StaffMember

log = structlog.get_logger(__name__)


class Notice(Enum):
    """What was changed; named as the sign-in library names its changes of a second factor."""

    PASSWORD = "password"  # noqa: S105
    SECOND_FACTOR_RESET = "second_factor_reset"
    TOTP_ACTIVATED = "totp_activated"
    TOTP_DEACTIVATED = "totp_deactivated"
    WEBAUTHN_ADDED = "webauthn_added"
    WEBAUTHN_REMOVED = "webauthn_removed"
    RECOVERY_CODES_GENERATED = "recovery_codes_generated"


SENTENCES = {
    Notice.PASSWORD: gettext_lazy("Your password was changed."),
    Notice.SECOND_FACTOR_RESET: gettext_lazy(
        "Your second factor was reset: you sign in with your password only until you set it up again."
    ),
    Notice.TOTP_ACTIVATED: gettext_lazy("An authenticator app was set up for your account."),
    Notice.TOTP_DEACTIVATED: gettext_lazy("The authenticator app was removed from your account."),
    Notice.WEBAUTHN_ADDED: gettext_lazy("A passkey or security key was added to your account."),
    Notice.WEBAUTHN_REMOVED: gettext_lazy("A passkey or security key was removed from your account."),
    Notice.RECOVERY_CODES_GENERATED: gettext_lazy("New recovery codes were generated for your account."),
}


def tell(person: StaffMember, notice: Notice, *, by: Actor) -> None:
    """Mail it in the person's language. A mail that does not go out changes nothing: the event tells it too."""
    with translation.override(person.language or translation.get_language()):
        subject = f"[{settings.SHOP_NAME}] {_('Your account was changed')}"
        text = _words(person, notice, by)
    try:
        send_mail(subject, text, None, [person.email])
    except (OSError, SMTPException) as error:
        log.warning("notice_not_sent", error=type(error).__name__)


def _words(person: StaffMember, notice: Notice, by: Actor) -> str:
    facts = [labelled(_("When"), moment(timezone.now()))]
    if by.name:
        facts.append(labelled(_("Who"), f"{by.name} ({by.staff.email})"))
    if by.ip:
        facts.append(labelled(_("From where"), by.ip))
    return "\n\n".join(
        (
            _("Hello %(name)s,") % {"name": person.name},
            str(SENTENCES[notice]),
            "\n".join(facts),
            _(
                "If you know about it, you need not do anything. If not, choose a new password at once: follow"
                " “Forgot your password?” on the sign-in page. Then tell an owner of %(shop)s."
            )
            % {"shop": settings.SHOP_NAME},
        )
    )
