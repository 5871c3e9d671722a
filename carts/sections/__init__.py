"""The sections of carts and of orders, and what they bring to the pages of customers and groups."""

from . import (  # noqa: F401  put theirs there
    carts,
    customer_panels,
    customer_timeline,
    explanations,
    group_panels,
    orders,
    shop_now,
)
