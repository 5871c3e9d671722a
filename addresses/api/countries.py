"""Countries and what each asks of an address, so that the forms of a shop ask the same."""

from typing import Literal

from django.forms import BooleanField, ChoiceField, ModelChoiceField
from django.http import HttpRequest
from ninja import Path
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of
from backoffice.api.sentences import COUNTRY
from backoffice.api.shapes import Given
from backoffice.records.errors import NotThere
from backoffice.records.required_fields import required_in
from backoffice.tables.lookups import Tables

from ..models import Country
from ..queries import offered_countries, offered_states
from ..sections.addresses import ADDRESSES
from .shapes import FIELDS

router = router_of("Countries")


class CountryGiven(Given):
    """A country in which customers can live."""

    code: str = Field(description="ISO 3166-1", examples=["FR"])
    name: str = Field(description="In the language that was asked for")


class CountriesGiven(Given):
    """The countries to choose from, in the order of their names."""

    countries: list[CountryGiven]


class StateGiven(Given):
    """A part of a country."""

    code: str = Field(description="ISO 3166-2", examples=["US-MA"])
    name: str


class FieldGiven(Given):
    """A field of an address there, in the order in which people expect it."""

    name: str = Field(description="As addresses have it", examples=["postcode"])
    label: str = Field(description="What people there call it, in the language that was asked for")
    kind: Literal["text", "choice", "yes_no"]
    required: bool
    max_length: int | None


class RulesGiven(CountryGiven):
    """A country, and what an address there has and needs."""

    calling_code: int | None
    postcode_format: str = Field(
        description="N a digit, L a letter, C the code of the country; empty for none"
    )
    postcode_example: str
    fields: list[FieldGiven]
    states: list[StateGiven] = Field(description="To choose from; empty where an address has no state")


@reads(router, "/countries", scope=Scope.CUSTOMERS_SIGN_IN, answer=CountriesGiven)
def read_countries(request: HttpRequest) -> CountriesGiven:
    """The countries to choose from."""
    return CountriesGiven(
        countries=[CountryGiven(code=code, name=name) for code, name in offered_countries()]
    )


@reads(router, "/countries/{code}", scope=Scope.CUSTOMERS_SIGN_IN, answer=RulesGiven)
def read_country(request: HttpRequest, code: str = Path(..., pattern=COUNTRY)) -> RulesGiven:
    """What an address in this country has and needs: the fields of the form of the back office."""
    country = Country.objects.filter(code=code, active=True).first()
    if country is None:
        raise NotThere(code)
    fields = _fields_there(country)
    has_states = any(field.name == "state" for field in fields)
    states = offered_states(country.code) if has_states else ()
    return RulesGiven(
        code=country.code,
        name=country.name,
        calling_code=country.calling_code,
        postcode_format=country.postcode_format,
        postcode_example=country.postcode_example,
        fields=fields,
        states=[StateGiven(code=one.code, name=one.name) for one in states],
    )


def _fields_there(country: Country) -> list[FieldGiven]:
    section = ADDRESSES.now()
    assert section.form is not None
    form = section.form(
        required=required_in(section.slug), initial={"country": country.code}, tables=Tables()
    )
    told = []
    for one in form.fieldsets():
        for bound in one["fields"]:
            if bound.name not in FIELDS:
                continue
            field = bound.field
            told.append(
                FieldGiven(
                    name=bound.name,
                    label=str(field.label),
                    kind=_kind_of(field),
                    required=field.required,
                    max_length=getattr(field, "max_length", None),
                )
            )
    return told


def _kind_of(field) -> Literal["text", "choice", "yes_no"]:
    if isinstance(field, BooleanField):
        return "yes_no"
    return "choice" if isinstance(field, ChoiceField | ModelChoiceField) else "text"
