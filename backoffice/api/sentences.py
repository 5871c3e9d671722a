"""The faults of what was sent in the words of the house, where it has some (D-28)."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from ..faults import LIMITS, SENTENCES, sentence
from ..rules import Broken

# By the code of the library that reads what was sent.
_OURS = {
    "missing": lambda facts: SENTENCES["required"],
    "string_too_long": lambda facts: SENTENCES["too_long_a_text"] % {"limit": facts["max_length"]},
    "greater_than_equal": lambda facts: LIMITS["min_value"] % {"limit_value": facts["ge"]},
    "less_than_equal": lambda facts: LIMITS["max_value"] % {"limit_value": facts["le"]},
    "decimal_max_digits": lambda facts: LIMITS["max_digits"] % {"max": facts["max_digits"]},
    "decimal_max_places": lambda facts: LIMITS["max_decimal_places"] % {"max": facts["decimal_places"]},
    "decimal_whole_digits": lambda facts: LIMITS["max_whole_digits"] % {"max": facts["whole_digits"]},
    "literal_error": lambda facts: SENTENCES["no_such_choice"],
    "extra_forbidden": lambda facts: _("This field is not offered here."),
    "timezone_aware": lambda facts: SENTENCES["not_a_moment"],
    "string_type": lambda facts: SENTENCES["not_a_text"],
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), lambda facts: SENTENCES["not_a_number"]),
    **dict.fromkeys(
        ("decimal_parsing", "decimal_type", "finite_number"), lambda facts: SENTENCES["not_an_amount"]
    ),
    **dict.fromkeys(("datetime_parsing", "datetime_type"), lambda facts: SENTENCES["not_a_moment"]),
    **dict.fromkeys(("model_type", "model_attributes_type"), lambda facts: SENTENCES["not_an_object"]),
}


def as_value_error(fault: Broken) -> ValueError:
    """What a broken rule says, for the library that reads what was sent."""
    return ValueError(sentence(fault))


def of_shape(error: dict[str, Any]) -> dict[str, str]:
    """One fault that the shape of an endpoint found; the field is its path, parted by points."""
    # Where it stands ("body"), what the view calls it, and then the way to the field.
    place = error["loc"][2:] if error["loc"][0] == "body" else error["loc"][1:]
    known = _OURS.get(error["type"])
    reason = str(known(error.get("ctx", {}))) if known else error["msg"].removeprefix("Value error, ")
    return {"field": ".".join(map(str, place)), "code": error["type"], "reason": reason}


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
