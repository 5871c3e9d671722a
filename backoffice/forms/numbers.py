"""Form fields of numbers: typed as text, read by the page's language and not by the browser's (finding D6)."""

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_symbol
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from ..faults import as_validation_error
from ..numbers import whole
from ..rules import Broken
from ..screen import formats
from ..screen.figures import typed_number


class NumberInput(forms.TextInput):
    """A text box with the phone's keys for numbers; what is stored stands there as the language writes it."""

    def __init__(self, *, places: int = 0, attrs: dict | None = None):
        super().__init__(
            {"inputmode": "decimal" if places else "numeric", "autocomplete": "off", **(attrs or {})}
        )
        self.places = places

    def format_value(self, value):
        if isinstance(value, Decimal | int):
            return formats.typed(value, self.places)
        return super().format_value(value)


class MinutesInput(NumberInput):
    """A number of minutes, and beside it how much that is: "= 6 hours", as it is typed where scripts run (U31)."""

    template_name = "backoffice/widgets/minutes.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed = str(context["widget"]["value"] or "")
        context["widget"]["told"] = told_minutes(whole(typed, 9) or 0)
        return context


def told_minutes(minutes: int) -> str:
    """ "= 6 hours"; "" below an hour, which needs no working out."""
    return f"= {formats.duration(minutes)}" if minutes >= 60 else ""


def _number(text: str) -> Decimal:
    try:
        return typed_number(text)
    except Broken as fault:
        raise as_validation_error(fault) from None


class DecimalField(forms.DecimalField):
    """A number with decimals; `in_words(value)` is how pages print it, `unit` what stands beside the box."""

    def __init__(self, **kwargs):
        super().__init__(**{"widget": NumberInput(places=kwargs.get("decimal_places") or 2), **kwargs})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal | int):
            return super().to_python(value)
        return _number(str(value))

    def in_words(self, value: Decimal) -> str:
        return formats.decimals(value, self.decimal_places or 0)


class AmountField(DecimalField):
    """An amount of money in the shop's currency."""

    @property
    def unit(self) -> str:
        return get_currency_symbol(settings.SHOP_CURRENCY, locale=formats.language())

    def in_words(self, value: Decimal) -> str:
        return formats.shop_money(value)


class PercentField(DecimalField):
    """A percentage."""

    unit = "%"

    def in_words(self, value: Decimal) -> str:
        return formats.percent(value / 100, places=2)


class WholeField(forms.IntegerField):
    """A whole number, of the digits 0 to 9 alone (finding S8)."""

    def __init__(self, **kwargs):
        super().__init__(**{"widget": NumberInput(), **kwargs})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        try:
            number = typed_number(str(value))
        except Broken:
            number = None
        if number is None or number != int(number):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(number)

    def in_words(self, value: int) -> str:
        return formats.number(value)


class RecordNumberField(WholeField):
    """The number of a record, as lists print it, too: #000896."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(
            value.strip().removeprefix("#") or value if isinstance(value, str) else value
        )


class HoursField(WholeField):
    """A whole number of hours."""

    unit = gettext_lazy("hours")


class MinutesField(WholeField):
    """A whole number of minutes."""

    def __init__(self, **kwargs):
        super().__init__(**{"widget": MinutesInput(), **kwargs})
