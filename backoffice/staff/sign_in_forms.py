"""The sign-in library's forms in our own words: labels, and no placeholders or links that the page has anyway."""

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import encrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from ..forms.forms import judged
from ..rules import Broken, signature
from .forms import NO_EMAIL, check_address


class OwnWords:
    """Gives the fields named in `labels` our labels, and those in `helps` our help; who opens the page types into the
    field `begins_at`."""

    labels: dict = {}
    helps: dict = {}
    begins_at = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NO_EMAIL
                field.validators = [
                    check_address if isinstance(one, EmailValidator) else one for one in field.validators
                ]
        if self.begins_at:
            self.fields[self.begins_at].widget.attrs["autofocus"] = True


class SignInForm(OwnWords, account.LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Password")}
    helps = {"password": ""}
    begins_at = "login"


class AskForNewPasswordForm(OwnWords, account.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class TypedTwice(OwnWords):
    """A new password: that the two differ is told also where the first one is refused."""

    labels = {"password1": _("New password"), "password2": _("New password once more")}

    def clean(self):
        cleaned = super().clean()
        first, second = self.data.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("You must type the same password each time."))
        return cleaned


class NewPasswordForm(TypedTwice, account.ResetPasswordKeyForm):
    pass


class FirstPasswordForm(TypedTwice, account.SetPasswordForm):
    pass


class ChangePasswordForm(TypedTwice, account.ChangePasswordForm):
    labels = {"oldpassword": _("Current password")} | TypedTwice.labels
    helps = {"oldpassword": ""}


class PasswordAgainForm(OwnWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}
    helps = {"password": ""}
    begins_at = "password"


class SecondFactorForm(OwnWords, mfa.AuthenticateForm):
    labels = {"code": _("Code")}


class SecondFactorAgainForm(OwnWords, mfa.ReauthenticateForm):
    labels = {"code": _("Code")}
    begins_at = "code"


class SetUpAppForm(OwnWords, ActivateTOTPForm):
    labels = {"code": _("Code of the app")}

    def clean_code(self):
        """As at sign-in a code is good once: the one typed here opens no door within its half minute (S24)."""
        code = super().clean_code()
        app = Authenticator(
            user=self.user, type=Authenticator.Type.TOTP, data={"secret": encrypt(self.secret)}
        )
        if not app.wrap().validate_code(code):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class AddKeyForm(OwnWords, AddWebAuthnForm):
    labels = {
        "name": _("Name of the key"),
        "passwordless": _("Sign in with this key alone"),
        "credential": _("Key"),
    }
    helps = {
        "passwordless": _(
            "As a passkey: no password is asked, and the key checks a fingerprint, face or PIN."
        )
    }

    def clean_name(self):
        """One that nobody can see is none (finding V6): the key knows us already, and gets a name of the library's."""
        try:
            self.cleaned_data["name"] = signature(self.cleaned_data["name"])
        except Broken:
            self.cleaned_data["name"] = ""
        return super().clean_name()


class RenameKeyForm(OwnWords, EditWebAuthnForm):
    labels = {"name": _("Name of the key")}

    def clean_name(self):
        """So that people can tell it from others (finding V6)."""
        return judged(signature, self.cleaned_data["name"])
