"""The sentences for what breaks a rule, in the reader's language: one source for form, import and API (D-28)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.records.forms import TOO_LONG, UNSEEN
from backoffice.rules import Broken

SENTENCES = {
    "too_long": TOO_LONG,
    "name_without_letter": _("A name needs at least one letter."),
    "name_with_digit": _("A name has no digits."),
    "name_with_markup": _("A name has none of these characters: < > { } ="),
    "name_with_link": _("A name holds no web address (www, http)."),
    "unseen": UNSEEN,
    "phone_malformed": _("A phone number has only digits, spaces and these characters: + . ( ) / -"),
    "mailbox_too_long": _("At most %(limit)s characters before the @, please; these are %(length)s."),
    "email_malformed": _("This is no e-mail address: write it like name@example.com."),
    "birthday_in_future": _("A birthday does not lie in the future."),
    "birthday_too_early": _("A birthday is not before 1900."),
    "website_malformed": _("A web address begins with http:// or https://, or with the name itself."),
    "password_too_short": ngettext_lazy(
        "At least %(limit)s character, please.", "At least %(limit)s characters, please.", "limit"
    ),
}


def sentence(fault: Broken) -> str:
    """What to tell the reader."""
    return SENTENCES[fault.code] % fault.facts


def as_validation_error(fault: Broken) -> ValidationError:
    """The same for a form."""
    return ValidationError(SENTENCES[fault.code], code=fault.code, params=fault.facts)
