"""What customers who are signed in ask about themselves: the cart they fill, the orders they placed."""

from django.db.models import Q, QuerySet

from customers.models import Customer

from ..models import Cart, Order
from . import orders_of


def current_cart(customer: Customer) -> Cart | None:
    """The cart that they fill: the last one changed of those that hold something and were not ordered."""
    unfinished = Cart.objects.filled().filter(customer=customer.pk, ordered=False).exclude(key="")
    return unfinished.select_related("carrier").order_by("-changed_at", "-pk").first()


def orders_after(customer: Customer, after: Order | None) -> QuerySet[Order]:
    """Their orders, the newest first, but for this one and all that are newer; all of them for None."""
    orders = orders_of(customer)
    if after is None:
        return orders
    return orders.filter(Q(placed_at__lt=after.placed_at) | Q(placed_at=after.placed_at, pk__lt=after.pk))
