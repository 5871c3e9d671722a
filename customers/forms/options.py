"""The form of the customers options."""

from dataclasses import asdict, replace

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.forms.forms import LineField, ShortSentences
from backoffice.forms.numbers import HoursField, MinutesField, WholeField
from groups.queries import group_names

from .. import rules
from ..options import CustomerOptions

GROUP_OPTIONS = ("new_accounts_group", "guests_group", "visitors_group")


class CustomerOptionsForm(ShortSentences, forms.Form):
    """One field an option of `CustomerOptions`, by the same name."""

    password_minutes = MinutesField(
        label=_("Regenerate password"),
        help_text=_("Minimum time before asking for another new password."),
        min_value=0,
        max_value=525_600,
    )
    password_min_length = WholeField(
        label=_("Minimum password length"),
        help_text=_("Minimum number of characters in a customer's password."),
        min_value=5,
        max_value=64,
    )
    ask_birthday = forms.BooleanField(
        label=_("Ask for the birthday"), help_text=_("When off, the field is hidden."), required=False
    )
    newsletter_offered = forms.BooleanField(
        label=_("Offer the newsletter"),
        help_text=_("When off, it can't be switched on in the form."),
        required=False,
    )
    partner_offers_offered = forms.BooleanField(
        label=_("Offer partner offers"),
        help_text=_("When off, they can't be switched on in the form."),
        required=False,
    )
    guest_accounts = forms.BooleanField(
        label=_("Allow guests"), help_text=_("Customers who buy without an account."), required=False
    )
    b2b = forms.BooleanField(
        label=_("Enable B2B mode"),
        help_text=_(
            "Adds company numbers, website, credit and risk to the customer form. Off hides them, nothing is lost."
        ),
        required=False,
    )
    placeholder_domain = LineField(
        label=_("Customers without e-mail"),
        help_text=_(
            "Addresses for them are made up at this domain, which no mail can reach. Empty: everybody needs an address."
        ),
        rule=rules.placeholder_domain,
        max_length=100,
        required=False,
    )
    new_accounts_group = forms.TypedChoiceField(label=_("Group of new accounts"), coerce=int)
    guests_group = forms.TypedChoiceField(label=_("Group of guests"), coerce=int)
    visitors_group = forms.TypedChoiceField(
        label=_("Group of visitors"),
        help_text=_("Prices shown to visitors."),
        coerce=int,
    )

    cart_abandoned_hours = HoursField(
        label=_("Abandoned carts"),
        help_text=_("A cart without an order counts as abandoned when it hasn't changed for longer."),
        min_value=1,
        max_value=8_760,
    )
    cart_comes_back = forms.BooleanField(
        label=_("Bring back the last cart"),
        help_text=_("Customers who sign in with an empty cart get back their last one that was not ordered."),
        required=False,
    )

    groups_of_fields = (
        (_("Passwords"), ("password_minutes", "password_min_length")),
        (
            _("What is asked"),
            (
                "ask_birthday",
                "newsletter_offered",
                "partner_offers_offered",
                "guest_accounts",
                "placeholder_domain",
                "b2b",
            ),
        ),
        (_("Groups"), ("new_accounts_group", "guests_group", "visitors_group")),
        (_("Carts"), ("cart_abandoned_hours", "cart_comes_back")),
    )

    def __init__(self, data=None, *, options: CustomerOptions, only: tuple[str, ...] = ()):
        self.options = options
        super().__init__(data, initial=asdict(options), label_suffix="")
        for name in set(self.fields) - set(only or self.fields):
            del self.fields[name]
        chosen_of_groups = [name for name in GROUP_OPTIONS if name in self.fields]
        groups = list(group_names().items()) if chosen_of_groups else []
        for name in chosen_of_groups:
            self.fields[name].choices = groups

    def fieldsets(self) -> list[dict]:
        """The fields in their named groups, for the page."""
        sets = []
        for title, names in self.groups_of_fields:
            fields_here = [self[name] for name in names if name in self.fields]
            if fields_here:
                sets.append({"title": title, "fields": fields_here})
        return sets

    @property
    def chosen(self) -> CustomerOptions:
        """The options as chosen; those this form does not ask stay."""
        return replace(self.options, **self.cleaned_data)
