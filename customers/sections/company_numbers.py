"""What the two numbers of a company are called in its country, and how they are told (S4.55, S4.56, decision 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.sections import Said
from backoffice.texts import Text

from ..models import Customer
from ..rules import company_numbers as numbers

_HELP: dict[numbers.Kind, Text] = {
    numbers.SIRET: _("14 digits, or the 9 of a SIREN."),
    numbers.APE: _("Four digits and a letter, like 6201Z."),
    numbers.REGON: _("9 or 14 digits."),
    numbers.NIP: _("10 digits."),
    numbers.ONRC: _("Like J40/1234/2020 or J2020001234402."),
    numbers.CUI: _("2 to 10 digits, with or without RO."),
}


@dataclass(frozen=True)
class Asked:
    """One of the two fields: its name where no country says its own, its kinds by country, the library's names."""

    field: str
    label: Text
    kinds: Mapping[str, numbers.Kind]
    elsewhere: tuple[str, ...]


COMPANY_NUMBER = Asked(
    "siret", pgettext_lazy("any country", "Company number"), numbers.COMPANY, numbers.COMPANY_ELSEWHERE
)
TAX_NUMBER = Asked("ape", pgettext_lazy("any country", "Tax number"), numbers.TAX, numbers.TAX_ELSEWHERE)


def said_of(asked: Asked, customer: Customer | None) -> Said:
    """What the field is called and explained by for this customer, and what their country doubts."""
    country = _country_of(customer)
    if kind := asked.kinds.get(country):
        return Said(kind.name, _HELP[kind], partial(numbers.judge, kind=kind))
    if country:
        doubt = partial(numbers.judge_elsewhere, country=country, names=asked.elsewhere)
        return Said(asked.label, doubt=doubt)
    return Said(asked.label, doubt=numbers.judge_anywhere)


def in_groups(asked: Asked, customer: Customer) -> str:
    """The number in the groups that people of its country read it by; it is stored as it was typed."""
    return numbers.printed(getattr(customer, asked.field), asked.kinds.get(_country_of(customer)))


def _country_of(customer: Customer | None) -> str:
    """Where they are; else where the shop is, "" where nobody knows."""
    return (customer.country if customer else "") or settings.SHOP_COUNTRY
