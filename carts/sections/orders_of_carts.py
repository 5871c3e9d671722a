"""The way from a cart to its order, where there are pages of orders and the reader may see them."""

from backoffice.access.rights import HasRights
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import section_named

_SLUG = "orders"


def order_url(number: int, staff: HasRights) -> str:
    """The address of the order's page; "" where this person has none."""
    orders = section_named(_SLUG)
    return link(orders.url("view"), number) if orders and staff.has_perm(orders.right("view")) else ""


def order_link(number: int, staff: HasRights) -> str:
    """The number of the order, leading to its page."""
    url = order_url(number, staff)
    return fill('<a href="{}">#{}</a>', url, f"{number:06d}") if url else f"#{number:06d}"
