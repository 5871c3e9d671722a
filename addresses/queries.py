"""What pages about addresses ask the database for."""

from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import get_language

from backoffice.database.folding import fold
from backoffice.tables.lookups import Lookup

from .models import Country, State
from .models.country import name_of_country


def _countries() -> dict[str, Country]:
    return {country.code: country for country in Country.objects.order_by("code")}


def _states() -> dict[str, str]:
    return dict(State.objects.order_by("code").values_list("code", "name"))


COUNTRIES = Lookup(counter="addresses.country", read=_countries)
STATES = Lookup(counter="addresses.state", read=_states)


def as_people_sort(countries: list[Country]) -> list[tuple[str, str]]:
    """(code, name) pairs in the order of the names in the reader's language."""
    return list(_sorted_names(tuple(country.code for country in countries), get_language() or "en"))


@lru_cache(maxsize=64)
def _sorted_names(codes: tuple[str, ...], language: str) -> list[tuple[str, str]]:
    named = [(code, name_of_country(code, language)) for code in codes]
    return sorted(named, key=lambda pair: fold(pair[1]))


def offered_countries(kept: str = "") -> list[tuple[str, str]]:
    """The countries to choose from: those that are enabled, and the one that an address lies in already."""
    enabled = [country for country in _countries().values() if country.active or country.code == kept]
    return as_people_sort(enabled)


def offered_states(country: str, kept: str | None = None) -> QuerySet[State]:
    """The states of a country to choose from: those that are enabled, and the one that an address lies in already."""
    states = State.objects.filter(country=country).order_by("name", "code")
    return states.filter(active=True) | states.filter(code=kept or "")
