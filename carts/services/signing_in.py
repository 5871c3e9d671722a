"""What becomes of carts when somebody signs in to the shop (S0.82, facts 1.9, 5)."""

from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed, NotThere
from customers.models import Customer
from customers.options import customer_options

from ..models import Cart
from ..queries.own import current_cart
from .carts import assign_cart


def take_cart(customer: Customer, *, visitor: str, key: str, by: Actor) -> str:
    """The key of the cart that they go on with, "" for none: what they filled as a visitor is theirs from now on.

    `key` names it, else it is the latest of their browser. An older unfinished cart of theirs stays as it was, beside
    it; where they bring nothing and the options say so, that one comes back. A cart that cannot be theirs, being
    ordered or somebody else's, stays as it is, and keeps nobody from signing in.
    """
    brought = _taken(key or _of_browser(visitor), customer, by=by)
    if (brought is None or brought.items_count == 0) and customer_options().cart_comes_back:
        brought = current_cart(customer) or brought
    return brought.key if brought else ""


def _taken(key: str, customer: Customer, *, by: Actor) -> Cart | None:
    if not key:
        return None
    try:
        return assign_cart(key, customer, by=by)
    except (NotThere, NotAllowed):
        return None


def _of_browser(visitor: str) -> str:
    """The key of the cart that this browser filled last and that is nobody's yet."""
    if not visitor:
        return ""
    carts = Cart.objects.filter(visitor=visitor, customer=None, ordered=False).exclude(key="")
    return carts.order_by("-changed_at", "-pk").values_list("key", flat=True).first() or ""
