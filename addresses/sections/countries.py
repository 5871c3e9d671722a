"""The countries section: which ones the shop sells to, and what each asks of an address (facts 1.5, 6.3, 6.4)."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.forms.forms import SectionForm
from backoffice.records.enabling import enabling
from backoffice.sections import (
    ColumnSet,
    Editing,
    Field,
    Files,
    Listing,
    Menu,
    Personal,
    Section,
    States,
    Switch,
    Titles,
    kept,
    register,
)
from backoffice.sections.usual import NUMBER
from backoffice.tables.columns import TextColumn
from backoffice.tables.filters import NameFilter as TextFilter

from .. import services
from ..models import Country
from ..rules.countries import country_code
from ..rules.layouts import layout
from ..rules.postcodes import postcode_format
from .country_columns import NameColumn, NameFilter, name_in_words

_NO_FILES = Files("", not_taken=_("countries are not imported"))
_OF_ALL = "what holds for a whole country"


class CountryForm(SectionForm):
    """Adds a country, or edits its rules: its code stays, since addresses point at it."""

    def arrange(self) -> None:
        if self.record is not None:
            del self.fields["code"]


def _field(name: str, **facts: Any) -> Field:
    return Field(name, personal=Personal.NONE, why=_OF_ALL, files=_NO_FILES, **facts)


def _layout_field(**facts: Any) -> forms.Field:
    return forms.CharField(**facts, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))


_FIELDS = (
    NUMBER,
    Field(
        "name",
        personal=Personal.NONE,
        why=_OF_ALL,
        label=_("Name"),
        column=partial(NameColumn, reads=("code",), sorts="code"),
        filters={"name": NameFilter(_("Name"))},
        files=_NO_FILES,
        without=("form", "files"),
    ),
    _field(
        "code",
        group="country",
        rule=country_code,
        help=_("The two letters of ISO 3166-1, such as FR. They stay as they are."),
        column=partial(TextColumn, css="text sub"),
        filters={"code": TextFilter(_("ISO code"), fields=("code",))},
        without=("files",),
    ),
    _field("calling_code", group="country", help=_("Such as 33 for France."), without=("files",)),
    _field(
        "active",
        group="country",
        label=pgettext_lazy("country", "Enabled"),
        help=_("Offered in forms; addresses that are there already stay."),
        switch=Switch(
            run=services.switch_country,
            said=(_("%(name)s is offered in forms again."), _("%(name)s is offered in forms no more.")),
            states=States(pgettext_lazy("of a country", "Status"), _("Enabled"), _("Disabled")),
        ),
        without=("files",),
    ),
    _field(
        "needs_postcode",
        group="rules",
        short=(_("Postcode"), _("Postcode required")),
        without=("files",),
    ),
    _field(
        "postcode_format",
        group="rules",
        rule=postcode_format,
        help=_(
            "N is a digit, L a letter, C the country's code: NNNN LL fits 1234 AB. Empty: the rule that comes with"
            " this program."
        ),
        without=("column", "filter", "files"),
    ),
    _field(
        "needs_state",
        group="rules",
        short=(_("State"), _("State required")),
        help=_("Where this program knows the states of the country."),
        without=("files",),
    ),
    _field(
        "needs_identification",
        group="rules",
        short=(_("ID number"), _("Identification number required")),
        without=("files",),
    ),
    _field(
        "address_format",
        group="rules",
        rule=layout,
        form=_layout_field,
        help=_(
            "A line of the printed address in each line. The fields: {company} {first_name} {last_name} {address1}"
            " {address2} {postcode} {city} {state}. The form asks for them in this order."
        ),
        without=("column", "filter", "files"),
    ),
    kept("postcode_pattern", Personal.NONE, why=_OF_ALL),
    kept("postcode_example", Personal.NONE, why=_OF_ALL),
)


COUNTRIES_SECTION = register(
    Section(
        slug="countries",
        model=Country,
        titles=Titles(
            many=_("Countries"),
            one=_("Country"),
            add=_("Add a country"),
            counted=ngettext_lazy("%(n)s country", "%(n)s countries", "count"),
            back=_("Back to Countries"),
        ),
        menu=Menu(group="settings", place=112, icon="countries"),
        fields=_FIELDS,
        listing=Listing(
            label=lambda row: name_in_words(row["code"]),
            label_reads=("code",),
            lead=("name",),
            default_sort="name",
            small=True,
            sets={
                "usual": ColumnSet(
                    title=_("Usual"),
                    columns=(
                        *("id", "name", "code", "calling_code", "needs_postcode", "needs_state"),
                        *("needs_identification", "active"),
                    ),
                )
            },
        ),
        editing=Editing(
            groups={"country": _("Country"), "rules": _("What its addresses need")},
            save=services.save_country,
            base=CountryForm,
        ),
        actions=enabling(
            Country,
            enable=services.enable_countries,
            enabled=ngettext_lazy("%(n)s country enabled.", "%(n)s countries enabled.", "count"),
            disable=services.disable_countries,
            disabled=ngettext_lazy("%(n)s country disabled.", "%(n)s countries disabled.", "count"),
        ),
    )
)
