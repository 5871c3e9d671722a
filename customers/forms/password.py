"""The form behind a customer's link: the new password, typed twice."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backoffice.forms.forms import judged
from backoffice.forms.passwords import NewPasswordInput

from .. import rules


class ChoosePasswordForm(forms.Form):
    """`at_least` is the shortest password that the options allow."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=NewPasswordInput({"autofocus": True, "data-unlike": "username"}),
    )
    password2 = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, data=None, *, at_least: int):
        super().__init__(data, label_suffix="")
        self.rule = partial(rules.password, at_least=at_least)
        said = ngettext("At least %(limit)s character.", "At least %(limit)s characters.", at_least)
        self.fields["password1"].help_text = said % {"limit": at_least}
        self.fields["password1"].widget.attrs["minlength"] = at_least

    def clean_password1(self):
        """The rule of the customer form."""
        return judged(self.rule, self.cleaned_data["password1"])

    def clean(self):
        cleaned = super().clean()
        first, second = self.data.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("You must type the same password each time."))
        return cleaned
