"""The form of a customer: S0.21's order, then note, agent, phone, company, tags, then B2B (decision 1)."""

from collections.abc import Iterable
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from backoffice.forms.forms import SectionForm
from backoffice.records.conflicts import without_theirs
from backoffice.rules import is_unreachable
from groups.models import Group
from groups.queries import GROUPS

from .. import rules
from ..models import ConsentKind
from ..options import CustomerOptions, customer_options
from ..queries import AGENTS, COLLEAGUES, TAGS, TITLES, assignable
from ..services.consents import stored_ground
from ..services.people import refuse_taken, refuse_unticked
from ..services.placeholders import placeholder_address
from .fields import ground_field, no_email_field

GUEST_WITH_PASSWORD = _(
    "A guest has no password. Save again without one, or untick “Guest” and type it again."
)

EMAIL_AND_NONE = _("There is an e-mail address above: clear it, or untick this.")
NO_EMAIL = "no_email"


class CustomerForm(SectionForm):
    """Adds or edits a customer. The password is needed for a new account, and kept where it is left empty.

    Beside each consent that is not given yet stands what it rests on, for who switches it on (S4.14, S4.15).
    """

    @cached_property
    def options(self) -> CustomerOptions:
        """The options in force, read once."""
        return customer_options()

    def initial_of_new(self) -> dict[str, Any]:
        options = self.options
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        return {
            **super().initial_of_new(),
            "default_group": options.new_accounts_group,
            "groups": [options.new_accounts_group],
            "language": language,
        }

    def arrange(self) -> None:
        options = self.options
        new = self.record is None
        self._offer_records()
        guest = self.record.guest if self.record else options.guest_accounts and bool(self.data.get("guest"))
        self.fields["password"].required = new and not guest
        self.fields["password"].widget.attrs["minlength"] = options.password_min_length
        self.fields["password"].help_text = (
            _("5 characters min., only letters, numbers, or -_ are enough; 12 or more are safer")
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
        self._ask_for_grounds()
        self._offer_placeholder()
        if not options.b2b:
            for name in self.names_in["b2b"]:
                self.fields.pop(name)
        if not guest:
            shortest = partial(rules.password, at_least=options.password_min_length)
            self.rules = {**self.rules, "password": shortest}

    def _offer_records(self) -> None:
        """The choices of the small tables, without a query: Unknown after the titles (S0.22), Nobody before the agents,
        tags and agents as people sort them (finding U26); whoever left stays with whom they had."""
        titles, groups, tags, names = map(self.tables.look_in, (TITLES, GROUPS, TAGS, AGENTS))
        theirs = self.record.sales_agent_id if self.record else None
        here = self.tables.look_in(COLLEAGUES)
        offered = {
            "title": [*titles.items(), ("", self.fields["title"].empty_label)],
            "groups": groups.items(),
            "default_group": groups.items(),
            "tags": tags.items(),
            "sales_agent": [
                ("", self.fields["sales_agent"].empty_label),
                *((key, name) for key, name in names.items() if key in here or key == theirs),
            ],
        }
        self.fields["sales_agent"].queryset = assignable(theirs)
        for name, choices in offered.items():
            self.fields[name].choices = [(key, str(record)) for key, record in choices]

    def _ask_for_grounds(self) -> None:
        """Of who takes one back none is asked; one that is said all the same is kept."""
        for kind in ConsentKind.values:
            ground = f"{kind}_ground"
            if not self.fields[kind].disabled and (not self.initial.get(kind) or ground in self.data):
                self.put_beside(kind, ground, ground_field())

    def _offer_placeholder(self) -> None:
        """A tick for who has no e-mail address (S4.40): one that no mail reaches is made up then."""
        domain = self.options.placeholder_domain
        if domain and not is_unreachable(self.initial.get("email") or ""):
            self.put_beside("email", NO_EMAIL, no_email_field(domain))
            self.fields["email"].required = not self.data.get(NO_EMAIL)

    @property
    def said(self) -> dict[str, Any]:
        stated = {kind: self.cleaned_data.get(f"{kind}_ground") or "" for kind in ConsentKind.values}
        return {"grounds": {kind: stored_ground(text) for kind, text in stated.items()}}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(NO_EMAIL):
            if cleaned.get("email"):
                self.add_error(NO_EMAIL, EMAIL_AND_NONE)
            cleaned["email"] = placeholder_address(self.options.placeholder_domain)
        if cleaned.get("guest") and cleaned.get("password"):
            self.add_error("password", GUEST_WITH_PASSWORD)
        if self.record is None and cleaned.get("guest") and {"default_group", "groups"} <= cleaned.keys():
            cleaned |= self._as_guest(cleaned["default_group"], cleaned["groups"])
        self._ask_the_service(without_theirs(cleaned, self.data))
        return cleaned

    def _ask_the_service(self, values: dict[str, Any]) -> None:
        known = self.record
        guest = known.guest if known else values.get("guest")
        if not guest and "email" in values and (not known or values["email"].lower() != known.email_key):
            self.ask(refuse_taken, values["email"], besides=known.pk if known else None, to=self.staff)
        if {"default_group", "groups"} <= values.keys():
            self.ask(refuse_unticked, values["default_group"], values["groups"])

    def _as_guest(self, default: Group, groups: Iterable[Group]) -> dict[str, Any]:
        """The groups of a new guest: theirs instead of that of new accounts, where nobody chose another (facts 3.4)."""
        if default.pk != self.options.new_accounts_group or self.options.guests_group == default.pk:
            return {}
        of_guests = Group.objects.get(pk=self.options.guests_group)
        return {"default_group": of_guests, "groups": [of_guests, *(one for one in groups if one != default)]}
