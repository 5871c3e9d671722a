"""What customers who are signed in ask about themselves: the cart they fill, the orders they placed."""

from django.db.models import Q, QuerySet

from customers.models import Customer

from ..models import Cart, Order


def current_cart(customer: Customer) -> Cart | None:
    """The cart that they fill: the last one changed of those that hold something and were not ordered."""
    unfinished = Cart.objects.filled().filter(customer=customer.pk, ordered=False).exclude(key="")
    return unfinished.select_related("carrier").order_by("-changed_at", "-pk").first()


def orders_of(customer: Customer, *, after: Order | None = None) -> QuerySet[Order]:
    """Their orders, the newest first; `after` leaves out this one and all that are newer."""
    orders = Order.objects.filter(customer=customer.pk).select_related("status").order_by("-placed_at", "-pk")
    if after is None:
        return orders
    return orders.filter(Q(placed_at__lt=after.placed_at) | Q(placed_at=after.placed_at, pk__lt=after.pk))
