"""Fields of the customer's form that differ from what their model fields would give."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice import rules as general
from backoffice.database.folding import fold
from backoffice.forms.forms import GroupTable, LineField, RecordsField
from backoffice.forms.passwords import NewPasswordInput
from backoffice.staff.models import StaffMember
from groups.models import Group

from .. import rules
from ..models import Consent, Ground, Title


class _AsReadAfterNobody(forms.models.ModelChoiceIterator):
    def __iter__(self):
        yield from sorted(super().__iter__(), key=lambda choice: (choice[0] != "", fold(choice[1])))


class AgentField(forms.ModelChoiceField):
    """Nobody, and then staff as people sort them (finding U26)."""

    iterator = _AsReadAfterNobody


def title_field(**facts: Any) -> forms.Field:
    """Radio buttons (S0.22)."""
    facts["queryset"] = Title.objects.order_by("id")
    return forms.ModelChoiceField(**facts, widget=forms.RadioSelect, blank=True, empty_label=_("Unknown"))


def password_field(**facts: Any) -> forms.Field:
    """Never filled in, never sent back; nothing is cut off what was typed (decision 6)."""
    widget = NewPasswordInput({"data-unlike": "last_name first_name email company"})
    return forms.CharField(**{**facts, "max_length": rules.PASSWORD_MAX}, widget=widget, strip=False)


def email_field(**facts: Any) -> forms.Field:
    """Judged by our own rule (decision 4)."""
    widget = forms.EmailInput(attrs={"autocomplete": "off"})
    return forms.CharField(**{**facts, "max_length": general.EMAIL_MAX}, widget=widget)


def groups_field(**facts: Any) -> forms.Field:
    """A table with a box that ticks all (S0.35, S1.40)."""
    facts["queryset"] = Group.objects.order_by("id")
    return RecordsField(
        **facts, widget=GroupTable, error_messages={"required": _("Tick at least one group.")}
    )


def agent_field(**facts: Any) -> forms.Field:
    """Who works here today; a customer keeps an agent who left (decision 5)."""
    facts["queryset"] = StaffMember.objects.filter(is_active=True)
    return AgentField(**facts, empty_label=_("Nobody"))


def phone_field(**facts: Any) -> forms.Field:
    """A telephone's keys on the phone."""
    return forms.CharField(**facts, widget=forms.TextInput(attrs={"type": "tel"}))


def tags_field(**facts: Any) -> forms.Field:
    """Check boxes."""
    return RecordsField(**facts, widget=forms.CheckboxSelectMultiple)


# What staff choose from; the other grounds come about by themselves.
GROUNDS = (Ground.WRITTEN, Ground.PHONE, Ground.SHOP, Ground.WEBSITE, Ground.MAIL)


class GroundInput(forms.TextInput):
    """A line in staff's own words, with the usual grounds to choose from."""

    template_name = "customers/widgets/ground.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        usual = f"{context['widget']['attrs'].get('id', name)}_usual"
        context["widget"]["attrs"] |= {"list": usual, "autocomplete": "off", "data-ground": True}
        return {**context, "usual": usual, "grounds": GROUNDS}


def ground_field(*, required: bool = False) -> forms.Field:
    """What a consent rests on (S4.14, S4.15, decision 9)."""
    return LineField(
        label=_("Source of consent"),
        max_length=Consent._meta.get_field("ground").max_length,
        rule=general.signature if required else general.line,
        required=required,
        widget=GroundInput,
        help_text=_("For example: signed form of 3 May, asked by phone, ticked at the till."),
    )


def no_email_field(domain: str) -> forms.Field:
    """Whether a customer has no e-mail address (S4.40)."""
    said = gettext(
        "An address at %(domain)s is made up, to which no mail is ever sent. You can replace it later."
    )
    return forms.BooleanField(
        label=_("Placeholder address"), help_text=said % {"domain": domain}, required=False
    )
