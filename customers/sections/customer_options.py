"""The fold "Customers options" under the list: the one option of the first seed (S0.12–S0.15, decision 10)."""

from functools import lru_cache

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from ..forms.options import CustomerOptionsForm
from ..options import CustomerOptions, customer_options

REGENERATE = "password_minutes"


def options_fold(request: HttpRequest) -> str:
    """The form of "Regenerate password", and the way to all options."""
    field = _drawn(customer_options(), get_language())
    return render_to_string("customers/options_fold.html", {"field": field, "csrf_token": get_token(request)})


@lru_cache(maxsize=20)
def _drawn(options: CustomerOptions, language: str) -> str:
    return CustomerOptionsForm(options=options, only=(REGENERATE,))[REGENERATE].as_field_group()
