"""Where customers live."""

from .address import Address, AddressKind
from .country import Country, State

__all__ = ["Address", "AddressKind", "Country", "State"]
