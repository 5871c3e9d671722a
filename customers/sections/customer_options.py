"""The fold "Customers options" under the list: the one option of the first seed (S0.12–S0.15, decision 10)."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from ..forms.options import CustomerOptionsForm
from ..options import customer_options


def options_fold(request: HttpRequest) -> str:
    """The form of "Regenerate password", and the way to all options."""
    form = CustomerOptionsForm(options=customer_options(), only=("password_minutes",))
    return render_to_string("customers/options_fold.html", {"form": form}, request=request)
