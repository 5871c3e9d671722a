"""What pages about addresses ask the database for."""

from django.db.models import QuerySet

from backoffice.database.folding import fold
from backoffice.tables.lookups import Lookup

from .models import Country, State


def _countries() -> dict[str, Country]:
    return {country.code: country for country in Country.objects.order_by("code")}


def _states() -> dict[str, str]:
    return dict(State.objects.order_by("code").values_list("code", "name"))


COUNTRIES = Lookup(counter="addresses.country", read=_countries)
STATES = Lookup(counter="addresses.state", read=_states)


def as_people_sort(countries: list[Country]) -> list[tuple[str, str]]:
    """(code, name) pairs in the order of the names in the reader's language."""
    named = [(country.code, country.name) for country in countries]
    return sorted(named, key=lambda pair: fold(pair[1]))


def offered_countries(kept: str = "") -> list[tuple[str, str]]:
    """The countries to choose from: those that are enabled, and the one that an address lies in already."""
    enabled = [country for country in _countries().values() if country.active or country.code == kept]
    return as_people_sort(enabled)


def offered_states(country: str, kept: str | None = None) -> QuerySet[State]:
    """The states of a country to choose from: those that are enabled, and the one that an address lies in already."""
    states = State.objects.filter(country=country).order_by("name", "code")
    return states.filter(active=True) | states.filter(code=kept or "")
