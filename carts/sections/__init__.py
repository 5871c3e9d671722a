"""The sections of carts and orders, and what these bring to the pages of customers and groups."""

from . import (  # noqa: F401  put theirs there
    carts,
    customer_panels,
    customer_timeline,
    explanations,
    group_panels,
    shop_now,
)
