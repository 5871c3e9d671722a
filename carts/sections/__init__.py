"""What carts and orders bring to the pages of customers and groups."""

from . import customer_panels, group_panels  # noqa: F401  put the blocks onto the pages
