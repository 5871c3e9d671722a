"""What can be done to addresses; each verb is one function."""

from .countries import disable_countries, enable_countries, save_country, switch_country
from .deletion import bring_back, delete_addresses
from .writing import save_address

__all__ = [
    "bring_back",
    "delete_addresses",
    "disable_countries",
    "enable_countries",
    "save_address",
    "save_country",
    "switch_country",
]
