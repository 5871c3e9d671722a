"""Groups to start from, as other shops have them (S2.10, S3.8, B15): names in four languages, and their terms."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class PresetGroup:
    """A group as it is made: English, French, Polish and Romanian name, and what it gives."""

    name: str
    name_fr: str
    name_pl: str
    name_ro: str
    discount: Decimal = Decimal(0)
    tax_included: bool = True
    free_shipping: bool = False


PRESETS: dict[str, tuple[PresetGroup, ...]] = {
    "business": (
        PresetGroup("Standard", "Standard", "Standard", "Standard"),
        PresetGroup("Business", "Entreprises", "Firmy", "Companii", tax_included=False),
    ),
    "visitors": (
        PresetGroup("Visitor", "Visiteur", "Odwiedzający", "Vizitator"),
        PresetGroup("Guest", "Invité", "Gość", "Oaspete"),
        PresetGroup("Customer", "Client", "Klient", "Client"),
    ),
    "wholesale": (
        PresetGroup("Wholesale", "Grossistes", "Hurtownicy", "Angrosiști", Decimal(15), tax_included=False),
    ),
    "loyalty": (
        PresetGroup(
            "Loyalty programme",
            "Programme de fidélité",
            "Program lojalnościowy",
            "Program de fidelitate",
            Decimal(5),
            free_shipping=True,
        ),
    ),
}
