"""What is said of carts in more than one place."""

from django.utils.translation import ngettext

from backoffice.screen import formats
from customers.options import customer_options


def abandoned_rule(*_page) -> str:
    """When a cart is abandoned, by the options (decision 16)."""
    hours = customer_options().cart_abandoned_hours
    return ngettext(
        "Abandoned: no order, and no change for more than %(n)s hour.",
        "Abandoned: no order, and no change for more than %(n)s hours.",
        hours,
    ) % {"n": formats.number(hours)}
