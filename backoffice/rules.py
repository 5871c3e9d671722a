"""What values may hold, whichever section they are of (decision 27). Pure.

Each rule takes the value as it came and returns the one to store, or raises `Broken` with the fault's code; `faults`
has the sentences.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

NAME_MAX = 255
EMAIL_MAX = 254
MAILBOX_MAX = 64
FIRST_YEAR, LAST_YEAR = 1970, 2199
_ORDINARY = ".example-of-a-name.org"
_MARKUP = re.compile(r"[<>{}=]")
_LINK = re.compile(r"www|http", re.IGNORECASE)
_PLAIN_MAILBOX = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WEBSITE = re.compile(
    r"(?:https?://)?[^\s/.:?#@]+(?:\.[^\s/.:?#@]+)+(?::[0-9]+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_PHONE = re.compile(r"[+0-9. ()/-]*[0-9][+0-9. ()/-]*")
# What spreadsheets make of long numbers: 4.86001E+10.
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+][0-9]{1,3}")
# Marks that join letters and pictures, or keep letters apart: some languages' names need them.
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cc", "Cf")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Letters and signs that are drawn as nothing.
_LIKE_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


class Broken(ValueError):
    """A value breaks a rule: `code` names the fault, `facts` what its sentence needs; `more` are its further faults."""

    def __init__(self, code: str, *, more: tuple["Broken", ...] = (), **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.more = more

    @property
    def all(self) -> tuple["Broken", ...]:
        """Each fault of the value by itself."""
        return self, *self.more


def told_together(*rules: Callable[[], Any]) -> None:
    """Ask all these rules about one value, and raise one `Broken` with all that they find (finding U30)."""
    faults: list[Broken] = []
    for rule in rules:
        try:
            rule()
        except Broken as fault:
            faults += fault.all
    if faults:
        raise Broken(faults[0].code, more=tuple(faults[1:]), **faults[0].facts)


def _refuse(wrong: Any, code: str) -> None:
    if wrong:
        raise Broken(code)


def at_most(text: str, limit: int) -> str:
    """The text, if it has so many characters at most. The facts have the names that Django's own validators use."""
    if len(text) > limit:
        raise Broken("too_long", limit_value=limit, show_value=len(text))
    return text


def visible(text: str) -> str:
    """The text, if every character of it can be seen: others turn it round or make two names look like one."""
    if not text.isascii() and (unseen := [c for c in text if _is_unseen(c)]):
        raise _unseen(unseen)
    return text


def _is_unseen(c: str) -> bool:
    return (
        c in _LIKE_BLANKS
        or ord(c) & 0xFFFE == 0xFFFE
        or (unicodedata.category(c) in _UNSEEN and c not in _JOINERS)
    )


def _unseen(signs: Iterable[str]) -> Broken:
    return Broken("unseen", signs=", ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(signs)))


def tidy(text: str) -> str:
    """The text in Unicode's composed form, without control characters and without spaces around or doubled inside.

    What looks alike is stored alike (finding V4).
    """
    return " ".join(_CONTROL.sub(" ", text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def line(text: str) -> str:
    """A tidy text of one line, with something in it to see where anything was typed (finding V6)."""
    return _with_something_to_see(tidy(text), text)


def unturned(text: str) -> str:
    """The text without the signs that turn round how others around them read: of what programs state (S8)."""
    return text if text.isascii() else _TURNING.sub("", text)


def signature(text: str) -> str:
    """What a member of staff is called, or notes in a line: anything that can be seen."""
    return visible(line(text))


def lines(text: str) -> str:
    """A text of several lines in Unicode's composed form, without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return _with_something_to_see(_CONTROL_IN_LINES.sub(" ", composed), text)


def _with_something_to_see(tidied: str, text: str) -> str:
    if text.strip() and not any(_can_be_seen(c) for c in tidied):
        raise _unseen(c for c in text if not c.isspace())
    return tidied


def _can_be_seen(c: str) -> bool:
    return not (c.isspace() or c in _JOINERS or _is_unseen(c) or unicodedata.category(c) in ("Mn", "Me"))


def person_name(text: str) -> str:
    """A first or last name: at least a letter, no digit, none of < > { } =, no web address (decision 3)."""
    name = line(text)
    told_together(
        lambda: at_most(name, NAME_MAX),
        lambda: visible(name),
        lambda: _refuse(not any(c.isalpha() for c in name), "name_without_letter"),
        lambda: _refuse(any(c.isdigit() for c in name), "name_with_digit"),
        lambda: _refuse(_MARKUP.search(name), "name_with_markup"),
        lambda: _refuse(_LINK.search(name), "name_with_link"),
    )
    return name


def thing_name(text: str, *, limit: int = NAME_MAX) -> str:
    """The name of a company, group, title or tag: none of < > { } = (decision 3)."""
    name = line(text)
    told_together(
        lambda: at_most(name, limit),
        lambda: visible(name),
        lambda: _refuse(_MARKUP.search(name), "name_with_markup"),
    )
    return name


def whole_number(text: str) -> str:
    """The text of a number by which people know something, if no spreadsheet has shortened it (I3)."""
    _refuse(_SHORTENED.fullmatch(text), "number_shortened")
    return text


def phone(text: str) -> str:
    """A telephone number as typed, with "ext. 12" or whose it is beside it (decisions 24 and 45)."""
    return whole_number(visible(line(text)))


def looks_like_a_phone(text: str) -> None:
    """Doubts what is more than digits, spaces and + . ( ) / - (facts 1.16)."""
    _refuse(not _PHONE.fullmatch(text), "phone_odd")


def reference(text: str) -> str:
    """The number by which another system knows a record."""
    return whole_number(line(text))


def email(text: str) -> str:
    """An e-mail address, normalised; only its form is checked, never whether mail arrives (decision 4)."""
    text = at_most(visible(line(text)), EMAIL_MAX)
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


def email_sought(text: str) -> str:
    """By what somebody is found who types their address: as it is stored, in small letters; any other text as it is."""
    try:
        return email(text).lower()
    except Broken:
        return text.lower()


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


def day_within_reach(day: dt.date, *, today: dt.date) -> dt.date:
    """A day that somebody may mean: from 1900 to the end of the year in 50 years."""
    first, last = 1900, today.year + 50
    if not first <= day.year <= last:
        raise Broken("day_out_of_reach", first=first, last=last)
    return day


def of_this_trade(when: dt.date) -> dt.date:
    """A day or a moment of what a shop does, from 1970 to 2199: every zone and every database has a day around it.

    When somebody was born, and what a rule of a group asks about, reaches back further.
    """
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise Broken("day_out_of_reach", first=FIRST_YEAR, last=LAST_YEAR)
    return when


def is_unreachable(address: str) -> bool:
    """Whether the address lies in a domain no mail can reach, as placeholders do (.invalid, .test, …)."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == one or domain.endswith("." + one) for one in SPECIAL_USE_DOMAIN_NAMES)


def reachable(address: str) -> None:
    """Doubts an address that no mail can reach (decision 4)."""
    _refuse(is_unreachable(address), "unreachable")


def looks_like_a_website(text: str) -> None:
    """Doubts a web address without a name of at least two parts."""
    _refuse(not _WEBSITE.fullmatch(text), "website_odd")


def website(text: str) -> str:
    """A web address, with or without http:// or https:// before it; nothing else may stand there (facts 1.16)."""
    address = line(text)
    scheme, colon, rest = address.partition(":")
    if colon and scheme.lower() not in ("http", "https") and not rest[:1].isdigit():
        raise Broken("website_malformed")
    return address
