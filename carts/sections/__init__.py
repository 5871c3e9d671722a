"""The sections of carts, orders, products and vouchers, and what they bring to the pages of customers and groups."""

from . import (  # noqa: F401  registers them, and puts theirs there
    carts,
    customer_panels,
    customer_timeline,
    explanations,
    group_panels,
    orders,
    products,
    shop_now,
    tag_panels,
    vouchers,
)
