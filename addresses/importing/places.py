"""Countries and states as files name them: by code, or by their name in any of our languages."""

from django.conf import settings
from django.utils import translation

from backoffice.database.folding import fold
from backoffice.rules import Broken

from ..models import Country, State


class Places:
    """Those that are offered; loaded when the first cell asks."""

    def __init__(self) -> None:
        self._countries: dict[str, Country] = {}
        self._states: dict[tuple[str, str], State] = {}

    def country(self, text: str) -> Country:
        """The country of that code or name. Raises Broken."""
        if not self._countries:
            countries = list(Country.objects.filter(active=True).order_by("code"))
            for code, _name in (*settings.LANGUAGES, ("en", "")):
                with translation.override(code):
                    self._countries |= {fold(one.name): one for one in countries}
            self._countries |= {fold(one.code): one for one in countries}
        if found := self._countries.get(fold(text)):
            return found
        raise Broken("no_such_country")

    def state(self, text: str, country: str) -> State:
        """The state of that code ("US-NY", "NY") or name in a country. Raises Broken."""
        if not self._states:
            for one in State.objects.filter(active=True).order_by("-code"):
                for name in (one.name, one.code, one.code.partition("-")[2]):
                    self._states[one.country_id, fold(name)] = one
        if found := self._states.get((country, fold(text))):
            return found
        raise Broken("no_such_state")
