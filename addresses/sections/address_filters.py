"""The filters of addresses by country (S1.71) and by what they lack (S2.20)."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from backoffice.sections import Field
from backoffice.tables.filters import ChoiceFilter, KeysFilter, word_of

from ..models import Address, State
from ..queries import as_people_sort


class CountryFilter(KeysFilter):
    """Countries by their ISO code, by their names in the reader's order; disabled ones are offered no more."""

    def __init__(self, label):
        super().__init__(label, table="countries", field="country", key_of=_code_of)

    def options(self, page):
        known = page.lookup(self.table).values()
        chosen = page.params.getlist("country")
        return as_people_sort([one for one in known if one.active or one.code in chosen])


class LackingFilter(ChoiceFilter):
    """Addresses without a field that can be required, where their country has such a thing at all."""

    def __init__(self, label, *, fields: Sequence[Field]):
        model_field = Address._meta.get_field
        super().__init__(
            label,
            choices=[(one.name, model_field(one.name).verbose_name) for one in fields],
            conditions={one.name: _lacks(one.name) for one in fields},
        )


def _lacks(name: str) -> Q:
    if name == "state":
        states = State.objects.filter(country=OuterRef("country"), active=True)
        return Q(state__isnull=True) & Q(Exists(states))
    if name == "postcode":
        asked = Q(country__needs_postcode=True) | Q(country__address_format__contains="{postcode}")
        return Q(postcode="") & asked
    return Q(**{name: ""})


def _code_of(text: str) -> str:
    return word_of(text.upper(), most=2)
