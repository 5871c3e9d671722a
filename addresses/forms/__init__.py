"""The form of an address: its fields, their order and their names follow the country."""

from .address import AddressForm

__all__ = ["AddressForm"]
