"""The form of an API token."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...access.scopes import Scope
from ...forms.days import DayField, refuse_out_of_reach
from ...forms.forms import ShortSentences, judged
from ...rules import signature


class ApiTokenForm(ShortSentences, forms.Form):
    """Which program it is for, what it may, and its last day."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_(
            "The program that uses it, such as “Shop module”. The history shows this name beside its changes."
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Permissions"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what the program does."),
    )
    last_day = DayField(
        label=_("Valid until"),
        required=False,
        validators=[refuse_out_of_reach],
        help_text=_("The last day, in the time zone of the shop. Empty: until it is revoked."),
    )

    def __init__(self, data=None, **said):
        super().__init__(data, label_suffix="", **said)

    def clean_name(self):
        """A text in one line with something to see."""
        return judged(signature, self.cleaned_data["name"])

    def clean_last_day(self):
        """Today or later: a token that opens nothing any more is revoked, not dated back."""
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."), code="past")
        return day

    @property
    def values(self) -> dict:
        """What the services take."""
        chosen = self.cleaned_data
        day = chosen["last_day"]
        ends = day and dt.datetime.combine(
            day + dt.timedelta(days=1), dt.time(), timezone.get_default_timezone()
        )
        return {"name": chosen["name"], "scopes": chosen["scopes"], "expires_at": ends}
