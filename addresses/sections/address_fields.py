"""The fields of an address (S1.60, S1.70, S3.32–S3.34, S4.81; facts 1.4)."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice import rules as general
from backoffice.sections import Fact, Field, Files, Personal, RequiredRow, kept
from backoffice.sections.usual import NUMBER, SINCE
from backoffice.tables.columns import LookupColumn, TextColumn
from backoffice.tables.filters import TelephoneFilter, TextFilter
from backoffice.tables.presence import PresenceFilter
from customers.sections.customer_filters import CustomerFilter

from ..forms.fields import country_field, customer_field, kind_field, phone_field, state_field
from ..rules.numbers import adds_up_for_people, adds_up_for_taxes, number
from ..rules.phones import phone
from ..rules.postcodes import postcode
from .address_columns import ADDRESS, NAME, PHONES_COLUMN, PLACE, CountryColumn, OwnerColumn, phone_column
from .address_facts import told_number
from .address_filters import CountryFilter

_LIST = ("column", "filter")
LEAD = partial(TextColumn, css="text lead")


_SEVERAL = _("it shows several things at once; our export has a column for each")


def _field(name: str, personal: Personal, files: str, **facts: Any) -> Field:
    return Field(name, personal=personal, files=files, **{"group": "address", "without": _LIST, **facts})


_city = partial(general.thing_name, limit=64)


def _phone(name: str, files: str) -> Field:
    label = _("Phone") if name == "phone" else _("Mobile phone")
    return _field(
        name,
        Personal.CONTACT,
        files,
        rule=phone,
        form=phone_field,
        required_as=name,
        column=phone_column,
        filters={
            name: TelephoneFilter(label, field=name),
            f"{name}_is": PresenceFilter(label, field=name, may_be_null=False),
        },
        without=(),
    )


FIELDS = (
    NUMBER,
    _field(
        "customer",
        Personal.TECHNICAL,
        "customer email; customer e mail; email; e mail; adresse e mail; adres e mail;"
        " customer id; id customer; id client",
        group="owner",
        form=customer_field,
        column=OwnerColumn,
        filters={"customer": CustomerFilter(_("Customer"))},
        without=("fact",),
    ),
    _field(
        "alias",
        Personal.CONTACT,
        "alias; address title; titre de l adresse; nazwa adresu",
        group="owner",
        rule=partial(general.thing_name, limit=32),
        help=_("What the customer calls this address, such as Home or Office."),
        without=("filter", "fact"),
    ),
    _field(
        "kind",
        Personal.TECHNICAL,
        "kind; address type; type d adresse; typ adresu",
        group="owner",
        form=kind_field,
        without=("fact",),
    ),
    _field(
        "default_billing",
        Personal.TECHNICAL,
        "default billing; is default billing",
        group="owner",
        help=_("A customer has one: this takes the place of the present one."),
        without=("fact",),
    ),
    _field(
        "default_shipping",
        Personal.TECHNICAL,
        "default shipping; is default shipping",
        group="owner",
        help=_("A customer has one: this takes the place of the present one."),
        without=("fact",),
    ),
    _field(
        "country",
        Personal.CONTACT,
        "country; country iso; country id; pays; kraj; tara",
        form=country_field,
        column=partial(CountryColumn, table="countries"),
        filters={"country": CountryFilter(_("Country"))},
        without=("fact",),
    ),
    _field(
        "first_name",
        Personal.IDENTITY,
        "first name; firstname; prenom; imie; prenume",
        rule=general.person_name,
        column=LEAD,
        without=("fact",),
    ),
    _field(
        "last_name",
        Personal.IDENTITY,
        "last name; lastname; nom; nazwisko; nume",
        rule=general.person_name,
        column=LEAD,
        without=("fact",),
    ),
    Field(
        "name",
        personal=Personal.IDENTITY,
        label=_("Name"),
        column=NAME,
        files=Files("name; full name; nom complet; imie i nazwisko; nume complet", not_taken=_SEVERAL),
        without=("form", "filter", "fact"),
    ),
    _field(
        "company",
        Personal.IDENTITY,
        "company; societe; entreprise; firma; companie",
        rule=general.thing_name,
        required_as="company",
        without=("filter", "fact"),
    ),
    _field(
        "address1",
        Personal.CONTACT,
        "address1; address 1; address line 1; street; address; adresse; adres; adresa",
        rule=partial(general.thing_name, limit=128),
        without=(*_LIST, "fact"),
    ),
    _field(
        "address2",
        Personal.CONTACT,
        "address2; address 2; address line 2; adresse 2; complement d adresse; adres 2",
        # Names of columns are compared without what stands in brackets.
        short=(_("Address (2)"), _("Address line 2")),
        rule=partial(general.thing_name, limit=128),
        required_as="address2",
        without=(*_LIST, "fact"),
    ),
    Field(
        "address",
        personal=Personal.CONTACT,
        label=_("Address"),
        column=ADDRESS,
        filters={"address": TextFilter(_("Address"), key="address_key")},
        without=("form", "fact", "files"),
    ),
    Field(
        "place",
        personal=Personal.CONTACT,
        label=_("Address"),
        column=PLACE,
        files=Files("whole address", not_taken=_SEVERAL),
        without=("form", "filter", "fact"),
    ),
    _field(
        "postcode",
        Personal.CONTACT,
        "postcode; postcode zipcode; postal code; zip; zip code; zipcode; code postal; kod pocztowy; cod postal",
        rule=postcode,
        required_as="postcode",
        without=("fact",),
    ),
    _field(
        "city",
        Personal.CONTACT,
        "city; town; ville; miasto; oras",
        rule=_city,
        column=partial(TextColumn, css="text sub"),
        without=("fact",),
    ),
    _field(
        "state",
        Personal.CONTACT,
        "state; state iso; province; region; etat; wojewodztwo; judet",
        form=state_field,
        required_as="id_state",
        column=partial(LookupColumn, table="states"),
        without=("filter", "fact"),
    ),
    _field(
        "dni",
        Personal.IDENTITY,
        "dni; identification number; numero d identification; numer identyfikacyjny",
        rule=number,
        required_as="dni",
        fact=Fact(value=partial(told_number, "dni", adds_up_for_people)),
    ),
    _field(
        "vat_number",
        Personal.IDENTITY,
        "vat number; vat; numero de tva; numer vat; cod tva",
        rule=number,
        required_as="vat_number",
        fact=Fact(value=partial(told_number, "vat_number", adds_up_for_taxes)),
    ),
    _phone("phone", "phone; telephone; telefon; numer telefonu"),
    _phone("phone_mobile", "phone mobile; mobile phone; mobile; portable; telefon komorkowy; telefon mobil"),
    Field(
        "phones",
        personal=Personal.CONTACT,
        label=_("Phone number(s)"),
        column=PHONES_COLUMN,
        files=Files("phones", not_taken=_SEVERAL),
        without=("form", "filter", "fact"),
    ),
    _field("other", Personal.WORDS, "other; autre; inne; altele", group="more", required_as="other"),
    _field(
        "external_id",
        Personal.TECHNICAL,
        "external reference; external id; address id; adress id",
        group="more",
        rule=partial(general.thing_name, limit=64),
    ),
    SINCE,
    kept("phone_e164", Personal.CONTACT),
    kept("phone_mobile_e164", Personal.CONTACT),
)

_FILLED = _("The shop fills this in by itself, so it is never empty.")
_NOT_KEPT = _("Addresses here belong to customers: if this were required, none could be saved.")
# The sixteen of S1.75 in their order; those that nobody chooses say why (B10).
REQUIRED = (
    RequiredRow("id_state", _("Asked where the country has states.")),
    RequiredRow("id_customer", _("An address always belongs to a customer."), True, _("Customer")),
    RequiredRow("id_manufacturer", _NOT_KEPT, False, _("Brand")),
    RequiredRow("id_supplier", _NOT_KEPT, False, _("Supplier")),
    RequiredRow("company"),
    RequiredRow("address2"),
    RequiredRow("postcode", _("Asked where the country has postcodes.")),
    RequiredRow("other"),
    RequiredRow("phone"),
    RequiredRow("phone_mobile"),
    RequiredRow("vat_number"),
    RequiredRow("dni"),
    RequiredRow("date_add", _FILLED, True, _("Creation date")),
    RequiredRow("date_upd", _FILLED, True, _("Last update")),
    RequiredRow("active", _FILLED, True, _("Enabled")),
    RequiredRow("deleted", _FILLED, True, pgettext_lazy("address", "Retired")),
)
