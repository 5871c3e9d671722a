"""What values may hold, whichever section they are of (decision 27). Pure.

Each rule takes the value as it came and returns the one to store, or raises `Broken` with the fault's code; `faults`
has the sentences.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

NAME_MAX = 255
EMAIL_MAX = 254
MAILBOX_MAX = 64
_ORDINARY = ".example-of-a-name.org"
_MARKUP = re.compile(r"[<>{}=]")
_LINK = re.compile(r"www|http", re.IGNORECASE)
_PLAIN_MAILBOX = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PHONE = re.compile(r"[+0-9. ()/-]*")
# Marks that join letters and pictures, or keep letters apart: some languages' names need them.
_JOINERS = "\u200c\u200d"


class Broken(ValueError):
    """A value breaks a rule: `code` names the fault, `facts` what its sentence needs."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts = facts


def at_most(text: str, limit: int) -> str:
    """The text, if it has so many characters at most. The facts have the names that Django's own validators use."""
    if len(text) > limit:
        raise Broken("too_long", limit_value=limit, show_value=len(text))
    return text


def visible(text: str) -> str:
    """The text, if every character of it can be seen: others turn it round or make two names look like one."""
    if not text.isascii() and any(
        unicodedata.category(c) in ("Cc", "Cf") and c not in _JOINERS for c in text
    ):
        raise Broken("unseen")
    return text


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
        address = _validated(mailbox, domain)
    except EmailNotValidError as error:
        raise Broken("email_malformed", why=str(error)) from error
    return at_most(address, EMAIL_MAX)


def _is_plain(mailbox: str) -> bool:
    """Whether nothing about this part before the @ can be wrong or written otherwise: what most addresses are."""
    return bool(_PLAIN_MAILBOX.fullmatch(mailbox)) and mailbox.lower() not in CASE_INSENSITIVE_MAILBOX_NAMES


@lru_cache(maxsize=20_000)
def _domain(domain: str) -> str:
    """The part after the @, normalised; files name the same few domains again and again."""
    return _validated("a", domain)[2:]


def _validated(mailbox: str, domain: str) -> str:
    """The address as the library normalises it.

    It refuses names kept for special use (`.test`, `.invalid`), which customers' placeholders have (decision 4, S4.40):
    it is asked about a name below an ordinary one instead.
    """
    below = _ORDINARY if "." in domain and is_unreachable(f"@{domain}") else ""
    address = validate_email(f"{mailbox}@{domain}{below}", check_deliverability=False).normalized
    return address.removesuffix(below)


def is_unreachable(address: str) -> bool:
    """Whether the address lies in a domain no mail can reach, as placeholders do (.invalid, .test, …)."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == one or domain.endswith("." + one) for one in SPECIAL_USE_DOMAIN_NAMES)


def website(text: str) -> str:
    """A web address, with or without http:// or https:// before it; nothing else may stand there (facts 1.16)."""
    address = tidy(text)
    scheme, colon, rest = address.partition(":")
    if colon and scheme.lower() not in ("http", "https") and not rest[:1].isdigit():
        raise Broken("website_malformed")
    return address
