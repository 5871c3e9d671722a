"""The sections of addresses and countries, and what they bring to the pages of customers."""

from . import addresses, countries, customer_addresses, maintenance  # noqa: F401  registers them
