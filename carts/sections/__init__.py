"""The sections of orders, products and vouchers, and what they bring to the pages of customers and groups."""

from . import (  # noqa: F401  registers them, and puts theirs there
    customer_panels,
    customer_timeline,
    explanations,
    group_panels,
    orders,
    products,
    tag_panels,
    vouchers,
)
