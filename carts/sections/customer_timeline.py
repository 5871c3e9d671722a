"""What a customer bought and put into carts, in the picture of their time."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import Lane, add_lanes

from ..models import Cart, Order

add_lanes(
    "customers",
    Lane(
        name="orders",
        title=_("Orders"),
        rows=lambda customer: Order.objects.filter(customer=customer.pk),
        at="placed_at",
        panel="orders",
        place=10,
        tone=1,
        right="carts.view_order",
    ),
    Lane(
        name="carts",
        title=_("Carts"),
        rows=lambda customer: Cart.objects.filled().filter(customer=customer.pk),
        at="created_at",
        panel="carts",
        place=20,
        tone=2,
        right="carts.view_cart",
    ),
)
