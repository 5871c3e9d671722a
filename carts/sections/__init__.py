"""What carts and orders bring to the pages of customers."""

from . import customer_panels, explanations  # noqa: F401  put blocks and explanations onto the page
