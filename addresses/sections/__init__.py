"""What addresses bring to the pages of customers."""

from . import customer_addresses  # noqa: F401  puts the block onto the page
