"""VAT and identification numbers: doubted where their country computes them otherwise, and saved all the same. Pure."""

from functools import lru_cache
from importlib import import_module
from types import ModuleType

from stdnum.eu import vat
from stdnum.util import get_cc_module

from backoffice.rules import Broken, at_most, line, thing_name, visible

LONGEST = 32
# The numbers by which an invoice names a person or a company; any of them will do.
_IDENTIFICATIONS = {
    "AR": ("dni", "cuit"),
    "BE": ("nn", "vat"),
    "BG": ("egn", "vat"),
    "BR": ("cpf", "cnpj"),
    "CL": ("rut",),
    "CO": ("nit",),
    "CZ": ("rc", "dic"),
    "DK": ("cpr", "cvr"),
    "EE": ("ik", "kmkr"),
    "ES": ("nif", "dni", "nie", "cif"),
    "FI": ("hetu", "ytunnus"),
    "FR": ("siren", "siret", "nif"),
    "GR": ("vat", "amka"),
    "HR": ("oib",),
    "IT": ("codicefiscale", "iva"),
    "LT": ("asmens", "pvm"),
    "MX": ("rfc", "curp"),
    "NL": ("bsn", "btw"),
    "NO": ("fodselsnummer", "orgnr"),
    "PE": ("cui", "ruc"),
    "PL": ("pesel", "nip", "regon"),
    "PT": ("nif", "cc"),
    "RO": ("cnp", "cui"),
    "SE": ("personnummer", "orgnr"),
    "SK": ("rc", "dph"),
    "TR": ("tckimlik", "vkn"),
}


def number(text: str) -> str:
    """Such a number as typed: any value may be one (S4.56)."""
    return at_most(visible(thing_name(line(text))), LONGEST)


def adds_up_for_taxes(text: str, country: str) -> None:
    """Doubts a VAT number that its country does not give out; of a country whose rule nobody knows, none.

    A number that begins with the letters of a state of the European Union is one of that state.
    """
    union = text[:2].isalpha() and text[:2].lower() in {*vat.MEMBER_STATES, "el"}
    module = vat if union else get_cc_module(country.lower(), "vat") if country else None
    if module is not None and not module.is_valid(text):
        raise Broken("vat_odd")


def adds_up_for_people(text: str, country: str) -> None:
    """Doubts an identification number that its country does not give out; of one whose rule nobody knows, none."""
    known = _modules(country)
    if known and not any(module.is_valid(text) for module in known):
        raise Broken("identification_odd")


@lru_cache(maxsize=64)
def _modules(country: str) -> tuple[ModuleType, ...]:
    names = _IDENTIFICATIONS.get(country, ())
    return tuple(import_module(f"stdnum.{country.lower()}.{name}") for name in names)
