"""Fields of the form that are built otherwise than their kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms.tasks import CustomerField
from customers.models import Customer

from ..models import Country, State


class CountrySelect(forms.Select):
    """Choosing another country asks for its fields at once; without scripts a button asks for them."""

    template_name = "addresses/country_select.html"


class CountryField(forms.ModelChoiceField):
    """A country by its code; the form fills in which ones are offered."""

    widget = CountrySelect

    def to_python(self, value):
        return super().to_python(value.upper() if isinstance(value, str) else value)


def country_field(**facts: Any) -> forms.Field:
    """A drop-down of countries in the reader's language."""
    facts["queryset"] = Country.objects.all()
    return CountryField(**facts, to_field_name="code", empty_label=_("Choose…"))


def state_field(**facts: Any) -> forms.Field:
    """A drop-down of the states of one country, which the form fills in."""
    facts["queryset"] = State.objects.all()
    return forms.ModelChoiceField(**facts, empty_label=_("Choose…"))


def customer_field(**facts: Any) -> forms.Field:
    """Whose the address is: looked for, never picked from a list of a million."""
    facts["queryset"] = Customer.objects.here()
    return CustomerField(**facts)


def phone_field(**facts: Any) -> forms.Field:
    """A line for a telephone number, with the keys for it on a telephone."""
    return forms.CharField(**facts, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))


def kind_field(**facts: Any) -> forms.Field:
    """Radio buttons."""
    return forms.ChoiceField(**facts, widget=forms.RadioSelect)
