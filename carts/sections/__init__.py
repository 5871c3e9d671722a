"""What carts and orders bring to the pages of customers."""

from . import customer_panels, customer_timeline, explanations  # noqa: F401  put theirs onto the page
