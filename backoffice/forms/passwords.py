"""Where somebody chooses a password: the box, with a meter of how strong it is and a button that shows it (B12)."""

from django import forms
from django.forms.widgets import Script


class NewPasswordInput(forms.PasswordInput):
    """A password box with a meter, which `static/js/passwords.js` brings to life; nothing is sent to ask.

    Its attribute `minlength` is the fewest characters that are taken, `data-unlike` names the boxes of the same form
    whose words make a password weak. A page with one puts `{{ form.media }}` into its scripts.
    """

    template_name = "backoffice/widgets/new_password.html"

    class Media:
        js = [Script("js/passwords.js", type="module")]

    def __init__(self, attrs: dict | None = None):
        super().__init__({"autocomplete": "new-password", **(attrs or {})})
