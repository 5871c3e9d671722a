"""What can be done to addresses; each verb is one function."""

from .countries import disable_countries, enable_countries, save_country, switch_country
from .deletion import bring_back, bring_back_one, defaults_no_more, delete_addresses
from .filling import FILLABLE, fill_in, take_back_filled
from .writing import save_address

__all__ = [
    "FILLABLE",
    "bring_back",
    "bring_back_one",
    "defaults_no_more",
    "delete_addresses",
    "disable_countries",
    "enable_countries",
    "fill_in",
    "save_address",
    "save_country",
    "switch_country",
    "take_back_filled",
]
