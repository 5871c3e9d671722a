"""The sentences for what breaks a rule, in the reader's language: one source for form, import and API (D-28)."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .rules import Broken
from .said import Said, facts_told, stored, tells

TOO_LONG = ngettext_lazy(
    "At most %(limit_value)s character, please; this has %(show_value)s.",
    "At most %(limit_value)s characters, please; this has %(show_value)s.",
    "limit_value",
)
# How a form or a filter says the limits of its fields, by the code of the fault.
LIMITS: dict[str, Any] = {
    "max_length": TOO_LONG,
    "min_value": _("At least %(limit_value)s, please."),
    "max_value": _("At most %(limit_value)s, please."),
    "max_digits": ngettext_lazy("At most %(max)s digit, please.", "At most %(max)s digits, please.", "max"),
    "max_decimal_places": ngettext_lazy(
        "At most %(max)s decimal, please.", "At most %(max)s decimals, please.", "max"
    ),
    "max_whole_digits": ngettext_lazy(
        "At most %(max)s digit before the decimals, please.",
        "At most %(max)s digits before the decimals, please.",
        "max",
    ),
}
SENTENCES: dict[str, Any] = {
    "too_long": TOO_LONG,
    "name_without_letter": _("A name needs at least one letter."),
    "name_with_digit": _("Names can't contain digits."),
    "name_with_markup": _("Names can't contain these characters: < > { } ="),
    "name_with_link": _("Names can't contain a web address (www, http)."),
    "unseen": _("This contains invisible characters (%(signs)s): type it here instead of pasting it."),
    "phone_odd": _("This does not look like a phone number."),
    "number_shortened": _("A spreadsheet shortened this number: its digits are lost."),
    "mailbox_too_long": _("At most %(limit)s characters before the @, please; these are %(length)s."),
    "email_malformed": _("Not a valid e-mail address: write it like name@example.com."),
    "website_malformed": _("A web address begins with http:// or https://, or with the name itself."),
    "unreachable": _("Mail can't be delivered to this address."),
    "website_odd": _("This does not look like a web address."),
    "missing": _("This is required for a new record."),
    "required": _("This field is required here."),
    "required_here": _("The settings of this shop require this."),
    "required_on": _("The settings of this shop require this to be on."),
    "again": _("Line %(line)s already covers this record."),
    "no_such_choice": _("This is not one of the choices."),
    "no_such_record": _("Nothing with this name exists here; add it first."),
    # Cells of files that mean nothing, or might mean two things.
    "not_yes_or_no": _("Neither yes nor no: write 1 or 0."),
    "not_a_date": _("Not a date: write it like 1985-04-30."),
    "not_a_time": _("Write the time like 14:30."),
    "day_out_of_reach": _("The year has to be between %(first)s and %(last)s."),
    "no_such_day": _("There is no such day or time."),
    "two_dates": _(
        "Two dates stick together, “%(first)s” and “%(second)s”: a delimiter is missing between them."
    ),
    "day_or_month": _(
        "Is %(first)s the day or the month? Say it with --dates, or write the date like 1985-04-30."
    ),
    "which_century": _("%(first)s or %(second)s? Write the year with four digits."),
    "not_an_amount": _("Not an amount: write it like 191.20."),
    "thousand_or_fraction": _("A thousand or a fraction? Write the amount with two decimals, like 1234.00."),
    "negative": _("Amounts can't be negative."),
    "no_number": _("Not a number: write it like 12 or 12.50."),
    "not_a_number": _("Not a whole number."),
    "number_too_large": _("This number is too large."),
    # What programs say that cannot be read.
    "not_a_moment": _("Write it with its zone, like 2026-03-10T12:00:00Z."),
    "moment_ahead": _("This lies ahead of our clock: check the clock of the sender."),
    "no_such_currency": _("There is no currency with this code."),
    "not_a_text": _("This has to be a text."),
    "not_an_object": _("This has to be an object with named fields."),
    "too_long_a_text": _("At most %(limit)s characters, please."),
}


def add_sentences(sentences: dict[str, Any]) -> None:
    """Add what an app's own rules say, by code; ValueError where a code has a sentence already."""
    if again := sorted(SENTENCES.keys() & sentences.keys()):
        raise ValueError(f"There are sentences for {', '.join(again)} already.")
    SENTENCES.update(sentences)


def sentence(fault: Broken) -> str:
    """What to tell the reader, of each fault of the value."""
    return Said({"faults": [[one.code, {k: stored(v) for k, v in one.facts.items()}] for one in fault.all]})


def _tell(data: dict[str, Any]) -> str:
    return " ".join(str(SENTENCES[code] % facts_told(facts)) for code, facts in data["faults"])


tells("faults", _tell)


def doubt_about(value: Any, doubt: Callable[[Any], Any] | None) -> str:
    """What is odd about a value that is stored all the same, "" for nothing (decision 7)."""
    if doubt is None or value in (None, ""):
        return ""
    try:
        doubt(value)
    except Broken as fault:
        return sentence(fault)
    return ""


def as_validation_error(fault: Broken) -> ValidationError:
    """The same for a form."""
    found = [ValidationError(SENTENCES[one.code], code=one.code, params=one.facts) for one in fault.all]
    return ValidationError(found) if fault.more else found[0]


def fault_at(field: str, fault: Broken) -> ValidationError:
    """The same, at the field that it is about."""
    return ValidationError({field: as_validation_error(fault)})
