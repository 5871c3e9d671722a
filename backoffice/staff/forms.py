"""Forms of the staff pages."""

from django import forms
from django.conf import settings
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..access.roles import Role
from ..faults import TOO_LONG, as_validation_error
from ..forms.forms import ShortSentences, judged
from ..rules import Broken, visible
from .models import Density, StaffMember, Theme
from .names import NAME_MAX, staff_name

LANGUAGE_NAMES = [("en", "English"), ("fr", "Français"), ("pl", "Polski"), ("ro", "Română")]


def _languages(unset) -> list[tuple[str, str]]:
    """Each language by its own name; `unset` is the word for none chosen."""
    own_names = dict(LANGUAGE_NAMES)
    return [("", unset)] + [(code, own_names.get(code, name)) for code, name in settings.LANGUAGES]


NO_EMAIL = _("Not a valid e-mail address: write it like name@example.com.")


_valid_address = EmailValidator(NO_EMAIL)


def check_address(text: str) -> None:
    """An e-mail address; of a sign in it that nobody can see only that is told (finding V7)."""
    judged(visible, text)
    _valid_address(text)


class AddressField(forms.EmailField):
    """An e-mail address; of one that is too long only that is told."""

    default_validators = [check_address]

    def validate(self, value):
        super().validate(value)
        if len(value) > self.max_length:
            facts = {"limit_value": self.max_length, "show_value": len(value)}
            raise forms.ValidationError(TOO_LONG, code="max_length", params=facts)


class Named(ShortSentences):
    """A form with the name of a member of staff, by its rule; one that is unchanged is not judged (decision 5)."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        try:
            return name if name == self.initial.get("name") else staff_name(name)
        except Broken as fault:
            raise as_validation_error(fault) from None


def name_field() -> forms.CharField:
    return forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=NAME_MAX)


class InviteForm(Named, forms.Form):
    name = name_field()
    email = AddressField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("An invitation goes to this address; it is also the sign-in name."),
        error_messages={"invalid": NO_EMAIL},
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.SUPPORT)
    language = forms.ChoiceField(
        label=_("Language"), required=False, help_text=_("Of the invitation, and of the pages until changed.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages(_("Same as the browser"))


class StaffForm(Named, forms.Form):
    name = name_field()
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, help_text=_("Takes effect from this person's next click.")
    )


class ProfileForm(Named, forms.ModelForm):
    name = name_field()
    language = forms.ChoiceField(label=_("Language"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)
    density = forms.ChoiceField(
        label=_("Density of lists"), choices=Density.choices, help_text=_("Row height in lists.")
    )

    letter_keys = forms.BooleanField(
        label=_("Single-letter keys"),
        required=False,
        help_text=_("Letters such as j, k and / act on their own. Switch them off if you dictate."),
    )

    class Meta:
        model = StaffMember
        fields = ["name", "language", "theme", "density", "letter_keys"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages(_("Same as the browser"))
