"""Telephone numbers: kept as typed, and beside that as they are dialled from anywhere (finding V1). Pure."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from backoffice.rules import Broken, at_most
from backoffice.rules import phone as phone_signs

LONGEST = 32
_NO_DIGIT = re.compile(r"[^0-9]+")


def phone(text: str) -> str:
    """A telephone number as typed."""
    return at_most(phone_signs(text), LONGEST)


def dialled(text: str, country: str) -> str:
    """The number by E.164, such as "+33102090405", as who lives in that country means it; "" where it is none."""
    try:
        number = phonenumbers.parse(text, country or None)
    except NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def told(text: str, e164: str, country: str) -> str:
    """The number as people of that country read it.

    As typed where it was typed so, with each of its zeros (S1.61); in groups where it was typed as from abroad; with
    the country's own code where it is one of another country.
    """
    if not e164:
        return text
    number = phonenumbers.parse(e164, None)
    if phonenumbers.region_code_for_number(number) != country:
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return text if _digits(text) == _digits(national) else national


def is_a_number(text: str, country: str) -> None:
    """Doubts what is no telephone number, as who lives in that country dials it (decision 24)."""
    if not dialled(text, country):
        raise Broken("phone_odd_there")


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)
