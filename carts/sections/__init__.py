"""What carts and orders bring to the pages of customers."""

from . import customer_panels  # noqa: F401  puts the blocks onto the page
