"""The faults of what was sent in the words of the house (D-28)."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from ..faults import LIMITS, SENTENCES, sentence
from ..rules import Broken

# How a text that has a fixed form is written, by its pattern.
KEY = r"^[A-Za-z0-9._~:-]+$"
VISITOR = r"^[A-Za-z0-9._~-]+$"
CURRENCY = r"^[A-Z]{3}$"
COUNTRY = r"^[A-Z]{2}$"
PATH = r"^/."
FORMS = {
    KEY: _("Only letters without accents, digits and ._~:- may stand here."),
    VISITOR: _("Only letters without accents, digits and ._~- may stand here."),
    CURRENCY: _("Write the currency as three capitals, like EUR."),
    COUNTRY: _("Write the country as two capitals, like FR."),
    PATH: _("Write the path of an endpoint, like /visits/pages."),
}
NULL = "null_forbidden"
_UNREADABLE = _("This can’t be used here.")


def _one_of(facts: dict[str, Any]) -> str:
    """The choices as programs write them."""
    return _("One of these, please: %(choices)s.") % {
        "choices": ", ".join(re.findall(r"'([^']*)'", facts["expected"]))
    }


def _for_all(codes: str, say: Callable[[dict[str, Any]], Any]) -> dict[str, Callable[[dict[str, Any]], Any]]:
    return dict.fromkeys(codes.split(), say)


# By the code of the library that reads what was sent.
OURS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "missing": lambda facts: SENTENCES["required"],
    "extra_forbidden": lambda facts: _("This field is not offered here."),
    NULL: lambda facts: _("Not null: leave the field out, or say what it shall be."),
    "value_error": lambda facts: facts["error"],
    "literal_error": _one_of,
    "string_too_short": lambda facts: SENTENCES["required"],
    "string_too_long": lambda facts: SENTENCES["too_long_a_text"] % {"limit": facts["max_length"]},
    "string_pattern_mismatch": lambda facts: FORMS[facts["pattern"]],
    "greater_than": lambda facts: _("More than %(limit)s, please.") % {"limit": facts["gt"]},
    "greater_than_equal": lambda facts: LIMITS["min_value"] % {"limit_value": facts["ge"]},
    "less_than_equal": lambda facts: LIMITS["max_value"] % {"limit_value": facts["le"]},
    "int_parsing_size": lambda facts: SENTENCES["number_too_large"],
    "decimal_max_digits": lambda facts: LIMITS["max_digits"] % {"max": facts["max_digits"]},
    "decimal_max_places": lambda facts: LIMITS["max_decimal_places"] % {"max": facts["decimal_places"]},
    "decimal_whole_digits": lambda facts: LIMITS["max_whole_digits"] % {"max": facts["whole_digits"]},
    "list_type": lambda facts: _("This has to be a list, in square brackets."),
    "too_short": lambda facts: _("At least one entry is needed here."),
    "too_long": lambda facts: (
        _("At most %(most)s entries, please; these are %(count)s.")
        % {"most": facts["max_length"], "count": facts["actual_length"]}
    ),
    "ip_any_address": lambda facts: _("Not an IP address: write it like 192.0.2.7 or 2001:db8::7."),
    **_for_all("string_type string_unicode", lambda facts: SENTENCES["not_a_text"]),
    **_for_all("bool_type bool_parsing", lambda facts: _("Neither yes nor no: write true or false.")),
    **_for_all("int_type int_parsing int_from_float", lambda facts: SENTENCES["not_a_number"]),
    **_for_all("decimal_type decimal_parsing finite_number", lambda facts: SENTENCES["not_an_amount"]),
    **_for_all(
        "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact",
        lambda facts: SENTENCES["not_a_date"],
    ),
    **_for_all(
        "datetime_type datetime_parsing datetime_object_invalid datetime_from_date_parsing timezone_aware",
        lambda facts: SENTENCES["not_a_moment"],
    ),
    **_for_all("model_type model_attributes_type dict_type", lambda facts: SENTENCES["not_an_object"]),
    **_for_all("recursion_loop recursion_depth_exceeded", lambda facts: _("Nested too deeply.")),
}


def as_value_error(fault: Broken) -> ValueError:
    """What a broken rule says, for the library that reads what was sent."""
    return ValueError(sentence(fault))


def of_shape(error: dict[str, Any]) -> dict[str, str]:
    """One fault that the shape of an endpoint found; the field is its path, parted by points."""
    # Where it stands ("body"), what the view calls it, and then the way to the field.
    place = error["loc"][2:] if error["loc"][0] == "body" else error["loc"][1:]
    # Of a body that is not there at all nothing is missing but the object.
    reason = reason_of(error) if place else str(SENTENCES["not_an_object"])
    return {"field": ".".join(map(str, place)), "code": error["type"], "reason": reason}


def reason_of(error: Mapping[str, Any]) -> str:
    """What is wrong, as the library that reads found it, in the words of the house."""
    known = OURS.get(error["type"])
    return str(known(error.get("ctx", {})) if known else _UNREADABLE)


def of_form(refused: ValidationError) -> list[dict[str, str]]:
    """The faults that a form or a service found, each at its field."""
    if not hasattr(refused, "error_dict"):
        return [_told("", one) for one in refused.error_list]
    return [_told(name, one) for name, errors in refused.error_dict.items() for one in errors]


def _told(name: str, error: ValidationError) -> dict[str, str]:
    return {
        "field": "" if name == NON_FIELD_ERRORS else name,
        "code": error.code or "invalid",
        # A page may lead to a record by a link; a program gets the words.
        "reason": strip_tags(" ".join(error.messages)),
    }
