"""Form fields of what staff declared themselves (decision 52)."""

from typing import Any

from django import forms


class KeptChoiceField(forms.ChoiceField):
    """One of a list or none; what a record has stays a choice, also where it is offered no more (decision 5)."""

    def __init__(self, *, choices: Any, **facts: Any):
        super().__init__(choices=[("", "–"), *choices], **facts)

    def keep(self, value: Any) -> None:
        """Offer this value too, which the record has."""
        if value not in (None, "") and not self.valid_value(value):
            self.choices = [*self.choices, (value, value)]
