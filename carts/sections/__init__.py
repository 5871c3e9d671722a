"""What carts and orders bring to the pages of customers and groups."""

from . import customer_panels, customer_timeline, explanations, group_panels, shop_now  # noqa: F401  put theirs there
