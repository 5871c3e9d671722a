"""The form of a customer: S0.21's order, then note, agent, phone, company, tags, then B2B (decision 1)."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice import rules as general
from backoffice.database.folding import fold
from backoffice.forms.forms import DayPartsField, GroupTable, RecordsField, SectionForm
from backoffice.records.conflicts import without_theirs
from backoffice.staff.models import StaffMember
from backoffice.tables.columns import NOTHING
from groups.models import Group

from .. import rules
from ..models import Risk, Tag, Title
from ..options import customer_options
from ..services.people import refuse_taken, refuse_unticked

B2B = ("siret", "ape", "website", "outstanding_allowance", "max_payment_days", "risk")
GUEST_WITH_PASSWORD = _(
    "A guest has no password. Save again without one, or untick “Guest” and type it again."
)


class _EmptyLast(forms.models.ModelChoiceIterator):
    def __iter__(self):
        choices = list(super().__iter__())
        yield from choices[1:] + choices[:1] if self.field.empty_label is not None else choices


class TitleField(forms.ModelChoiceField):
    """The titles, and "Unknown" after them (S0.22)."""

    iterator = _EmptyLast


class _AsRead(forms.models.ModelChoiceIterator):
    def __iter__(self):
        yield from sorted(super().__iter__(), key=lambda choice: fold(choice[1]))


class TagsField(RecordsField):
    """The tags as people sort them: neither case nor marks count, on any database."""

    iterator = _AsRead


class CustomerForm(SectionForm):
    """Adds or edits a customer. The password is needed for a new account, and kept where it is left empty."""

    title = TitleField(
        label=_("Gender"),
        queryset=Title.objects.order_by("id"),
        required=False,
        widget=forms.RadioSelect,
        blank=True,
        empty_label=_("Unknown"),
    )
    last_name = forms.CharField(label=_("Last name"), max_length=general.NAME_MAX)
    first_name = forms.CharField(label=_("First name"), max_length=general.NAME_MAX)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=rules.PASSWORD_MAX,
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=general.EMAIL_MAX,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    birthday = DayPartsField(label=_("Birthday"), required=False)
    active = forms.BooleanField(
        label=pgettext_lazy("customer", "Status"),
        help_text=_("Allow or disallow this customer to log in"),
        required=False,
    )
    newsletter = forms.BooleanField(
        label=_("Newsletter"), help_text=_("Customer will receive your newsletter via e-mail"), required=False
    )
    partner_offers = forms.BooleanField(
        label=_("Opt-in"), help_text=_("Customer will receive your ads via e-mail"), required=False
    )
    default_group = forms.ModelChoiceField(
        label=_("Default group"),
        queryset=Group.objects.order_by("id"),
        empty_label=None,
        help_text=_("Apply non-cumulative rules (e.g., price, display method, reduction)"),
    )
    groups = RecordsField(
        label=pgettext_lazy("membership", "Groups"),
        queryset=Group.objects.order_by("id"),
        widget=GroupTable,
        help_text=_("Check all the box(es) of groups of which the customer is to be a member *"),
        error_messages={"required": _("Tick at least one group.")},
    )
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=65_000,
        help_text=_("Only staff see it, never the customer."),
    )
    sales_agent = forms.ModelChoiceField(
        label=_("Sales agent"),
        queryset=StaffMember.objects.filter(is_active=True).order_by("name"),
        required=False,
        empty_label=NOTHING,
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=32, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    company = forms.CharField(label=_("Company"), max_length=255, required=False)
    tags = TagsField(
        label=_("Tags"),
        queryset=Tag.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    guest = forms.BooleanField(
        label=_("Guest"), help_text=_("Buys without an account: no password, no log-in."), required=False
    )
    external_id = forms.CharField(label=_("Reference elsewhere"), max_length=64, required=False)
    siret = forms.CharField(label=_("Company number"), max_length=32, required=False)
    ape = forms.CharField(label=_("Activity code"), max_length=32, required=False)
    website = forms.CharField(label=_("Website"), max_length=255, required=False)
    outstanding_allowance = forms.DecimalField(
        label=_("Allowed outstanding amount"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    max_payment_days = forms.IntegerField(
        label=_("Maximum number of payment days"),
        min_value=0,
        max_value=rules.PAYMENT_DAYS_MAX,
        required=False,
    )
    risk = forms.ChoiceField(
        label=_("Risk rating"),
        choices=Risk.choices,
        required=False,
        help_text=_("Only staff see it, never the customer."),
    )

    groups_of_fields = (
        (
            _("Customer"),
            (
                "title",
                "last_name",
                "first_name",
                "password",
                "email",
                "birthday",
                "active",
                "newsletter",
                "partner_offers",
            ),
        ),
        (_("Groups"), ("default_group", "groups")),
        (
            _("More about the customer"),
            ("note", "sales_agent", "phone", "company", "tags", "language", "guest", "external_id"),
        ),
        (_("B2B"), B2B),
    )

    def initial_of(self, record) -> dict[str, Any]:
        start = super().initial_of(record)
        start["groups"] = sorted(record.memberships.values_list("group_id", flat=True))
        start["tags"] = sorted(record.taggings.values_list("tag_id", flat=True))
        start["password"] = ""
        return start

    def initial_of_new(self) -> dict[str, Any]:
        options = customer_options()
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        return {
            "active": True,
            "default_group": options.new_accounts_group,
            "groups": [options.new_accounts_group],
            "language": language,
            "outstanding_allowance": 0,
            "max_payment_days": 0,
            "risk": Risk.NONE,
        }

    def arrange(self) -> None:
        options = customer_options()
        new = self.record is None
        if not new and self.record.sales_agent_id:
            # Who left stays the agent until somebody chooses another (decision 5).
            agents = StaffMember.objects.filter(Q(is_active=True) | Q(pk=self.record.sales_agent_id))
            self.fields["sales_agent"].queryset = agents.order_by("name")
        guest = self.record.guest if self.record else options.guest_accounts and bool(self.data.get("guest"))
        self.fields["password"].required = new and not guest
        self.fields["password"].help_text = (
            _("5 characters min., only letters, numbers, or -_ are needed; longer and freer is safer")
            if options.password_min_length == 5
            else ngettext("%(n)s character min.", "%(n)s characters min.", options.password_min_length)
            % {"n": options.password_min_length}
        )
        if not new:
            self.fields["password"].help_text = _("Leave it empty to keep the password.")
            self.fields.pop("guest")
            if guest:
                self.fields.pop("password")
        elif not options.guest_accounts:
            self.fields.pop("guest")
        if not options.ask_birthday:
            self.fields.pop("birthday")
        for name, offered in (
            ("newsletter", options.newsletter_offered),
            ("partner_offers", options.partner_offers_offered),
        ):
            self.fields[name].disabled = not offered
        if not options.b2b:
            for name in B2B:
                self.fields.pop(name)
        self.rules = {
            "last_name": general.person_name,
            "first_name": general.person_name,
            "email": general.email,
            "phone": general.phone,
            "company": general.thing_name,
            "website": general.website,
            "birthday": partial(rules.birthday, today=timezone.localdate()),
            "password": partial(rules.password, at_least=options.password_min_length),
        }
        if guest:
            self.rules.pop("password")

    def clean(self):
        cleaned = super().clean()
        for name, empty in (("outstanding_allowance", 0), ("max_payment_days", 0), ("risk", Risk.NONE)):
            if name in self.fields and cleaned.get(name) in (None, ""):
                cleaned[name] = empty
        if cleaned.get("guest") and cleaned.get("password"):
            self.add_error("password", GUEST_WITH_PASSWORD)
        if self.record is None and cleaned.get("guest") and {"default_group", "groups"} <= cleaned.keys():
            cleaned |= _as_guest(cleaned["default_group"], cleaned["groups"])
        self._ask_the_service(without_theirs(cleaned, self.data))
        return cleaned

    def _ask_the_service(self, values: dict[str, Any]) -> None:
        known = self.record
        guest = known.guest if known else values.get("guest")
        if not guest and "email" in values and (not known or values["email"].lower() != known.email_key):
            self.ask(refuse_taken, values["email"], besides=known.pk if known else None)
        if {"default_group", "groups"} <= values.keys():
            self.ask(refuse_unticked, values["default_group"], values["groups"])


def _as_guest(default: Group, groups: Iterable[Group]) -> dict[str, Any]:
    """The groups of a new guest: theirs instead of that of new accounts, where nobody chose another (facts 3.4)."""
    options = customer_options()
    if default.pk != options.new_accounts_group or options.guests_group == default.pk:
        return {}
    of_guests = Group.objects.get(pk=options.guests_group)
    return {"default_group": of_guests, "groups": [of_guests, *(one for one in groups if one != default)]}
