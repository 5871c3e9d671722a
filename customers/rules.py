"""What a customer's fields may hold. Pure: the form calls these field by field, imports cell by cell (decision 27).

Each rule takes the text as it came and returns the value to store, or raises `Broken` with the fault's code;
`customers.faults` has the sentences.
"""

import datetime as dt
import re
from functools import lru_cache

import email_validator
from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from backoffice.rules import Broken, at_most, visible

# Addresses no mail reaches are accepted with a mark (decision 4): shop customers have placeholders (S4.40).
UNREACHABLE = tuple(email_validator.SPECIAL_USE_DOMAIN_NAMES)
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

NAME_MAX = 255
EMAIL_MAX = 254
MAILBOX_MAX = 64
PASSWORD_MAX = 128
PAYMENT_DAYS_MAX = 2_147_483_647
_MARKUP = re.compile(r"[<>{}=]")
_LINK = re.compile(r"www|http", re.IGNORECASE)
_PLAIN_MAILBOX = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PHONE = re.compile(r"[+0-9. ()/-]*")


def tidy(text: str) -> str:
    """The text without control characters and without spaces around or doubled inside."""
    return " ".join(_CONTROL.sub(" ", text).split())


def person_name(text: str) -> str:
    """A first or last name: at least a letter, no digit, none of < > { } =, no web address (decision 3)."""
    name = visible(at_most(tidy(text), NAME_MAX))
    if not any(c.isalpha() for c in name):
        raise Broken("name_without_letter")
    if any(c.isdigit() for c in name):
        raise Broken("name_with_digit")
    if _MARKUP.search(name):
        raise Broken("name_with_markup")
    if _LINK.search(name):
        raise Broken("name_with_link")
    return name


def thing_name(text: str, *, limit: int = NAME_MAX) -> str:
    """The name of a company, group, title or tag: none of < > { } = (decision 3)."""
    name = visible(at_most(tidy(text), limit))
    if _MARKUP.search(name):
        raise Broken("name_with_markup")
    return name


def phone(text: str) -> str:
    """A telephone number as typed: digits, spaces and + . ( ) / - (facts 1.16)."""
    number = visible(tidy(text))
    if not _PHONE.fullmatch(number):
        raise Broken("phone_malformed")
    return number


def email(text: str) -> str:
    """An e-mail address, normalised; only its form is checked, never whether mail arrives (decision 4)."""
    text = at_most(text.strip(), EMAIL_MAX)
    mailbox, _, domain = text.partition("@")
    if domain and len(mailbox) > MAILBOX_MAX:
        raise Broken("mailbox_too_long", limit=MAILBOX_MAX, length=len(mailbox))
    try:
        if len(text) <= 200 and _is_plain(mailbox) and (known := _domain(domain)).isascii():
            return f"{mailbox}@{known}"
        address = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Broken("email_malformed", why=str(error)) from error
    return at_most(address, EMAIL_MAX)


def _is_plain(mailbox: str) -> bool:
    """Whether nothing about this part before the @ can be wrong or written otherwise: what most addresses are."""
    return bool(_PLAIN_MAILBOX.fullmatch(mailbox)) and mailbox.lower() not in CASE_INSENSITIVE_MAILBOX_NAMES


@lru_cache(maxsize=20_000)
def _domain(domain: str) -> str:
    """The part after the @, normalised; files name the same few domains again and again."""
    return validate_email(f"a@{domain}", check_deliverability=False).normalized[2:]


def is_unreachable(address: str) -> bool:
    """Whether the address lies in a domain no mail can reach, as placeholders do (.invalid, .test, …)."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == one or domain.endswith("." + one) for one in UNREACHABLE)


def birthday(day: dt.date, *, today: dt.date) -> dt.date:
    """A day of birth, from 1900 until today (fact 1.16: not in the future)."""
    if day > today:
        raise Broken("birthday_in_future")
    if day.year < 1900:
        raise Broken("birthday_too_early")
    return day


def website(text: str) -> str:
    """A web address, with or without http:// or https:// before it; nothing else may stand there (facts 1.16)."""
    address = tidy(text)
    scheme, colon, rest = address.partition(":")
    if colon and scheme.lower() not in ("http", "https") and not rest[:1].isdigit():
        raise Broken("website_malformed")
    return address


def password(text: str, *, at_least: int) -> str:
    """A password for the shop: any characters, so many at least, 128 at most (S0.27, decision 6)."""
    if len(text) < at_least:
        raise Broken("password_too_short", limit=at_least)
    return at_most(text, PASSWORD_MAX)


def age_on(day: dt.date, born: dt.date) -> int:
    """Age in whole years on a day; who was born on 29 February is a year older from 1 March (decision 12)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
