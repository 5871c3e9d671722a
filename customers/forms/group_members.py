"""The forms by which customers are put into a group or taken out of it, on the group's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.forms.days import DayField
from backoffice.forms.forms import ShortSentences

from ..models import Customer
from ..services.pasted_people import MOST_LINES, entries_of
from .tasks import CustomerField

ADD, REMOVE = "add", "remove"


class FutureDayField(DayField):
    """A day that is not over; empty for ever."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})


def refuse_past(day, today) -> None:
    """ValidationError for a day that is over."""
    if day is not None and day < today:
        raise forms.ValidationError(_("This day is over."))


class MembersForm(ShortSentences, forms.Form):
    """Who: one customer, found by search, or a pasted list of addresses; and what is done with them."""

    act = forms.ChoiceField(
        label=_("What to do"),
        choices=[(ADD, _("Add to the group")), (REMOVE, _("Remove from the group"))],
        widget=forms.RadioSelect,
        initial=ADD,
    )
    customer = CustomerField(label=_("One customer"), queryset=Customer.objects.none(), required=False)
    emails = forms.CharField(
        label=_("Several, by e-mail address"),
        help_text=_("One per line. You will see who is found before anything is done."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        required=False,
        strip=False,  # its lines keep their numbers
        max_length=600_000,
    )
    until = FutureDayField(
        label=_("Until"),
        help_text=_("The last day in the group. Empty: for good."),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.today = today
        self.fields["customer"].queryset = Customer.objects.here()

    def clean_until(self):
        refuse_past(self.cleaned_data["until"], self.today)
        return self.cleaned_data["until"]

    def clean_emails(self):
        entries = entries_of(self.cleaned_data["emails"])
        if len(entries) > MOST_LINES:
            raise forms.ValidationError(_("At most 2,000 addresses at once, please."))
        return entries

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("customer", "") is None and not cleaned.get("emails", "?"):
            raise forms.ValidationError(_("Choose a customer, or paste addresses."))
        return cleaned


class PinForm(ShortSentences, forms.Form):
    """Until when somebody stays in a group by hand."""

    until = FutureDayField(
        label=_("Stays by hand until"), help_text=_("The last day in the group. Empty: for good.")
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.today = today

    def clean_until(self):
        refuse_past(self.cleaned_data["until"], self.today)
        return self.cleaned_data["until"]
