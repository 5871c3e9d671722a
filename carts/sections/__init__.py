"""The sections of orders, products and vouchers, and what they bring to the pages of customers and groups."""

from . import customer_panels, customer_timeline, explanations, group_panels  # noqa: F401  put theirs there
from . import orders  # noqa: F401  registers itself
