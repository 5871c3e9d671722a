"""What is in one cart: its lines, its vouchers with what each takes off, and how its prices are shown."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from customers.options import customer_options
from groups.models import Group, PriceDisplay

from ..models import Cart, CartLine, Order, OrderVoucher, Voucher


def lines_of(cart: Cart) -> QuerySet[CartLine]:
    """Its lines with their products, in the order in which they came."""
    return CartLine.objects.filter(cart=cart.pk).select_related("product").order_by("pk")


def order_of(cart: Cart) -> Order | None:
    """The order that it became."""
    return Order.objects.filter(cart=cart.pk).select_related("status").first()


def vouchers_in(cart: Cart) -> list[Voucher]:
    """Those in use, in the order in which they were taken."""
    taken = Cart.vouchers.through.objects.filter(cart=cart.pk).order_by("pk").select_related("voucher")
    return [one.voucher for one in taken]


def taken_off_by(order: Order) -> dict[str, Decimal]:
    """What each voucher took off when the order was placed, by its code."""
    return dict(OrderVoucher.objects.filter(order=order.pk).order_by("pk").values_list("code", "amount"))


@dataclass(frozen=True)
class Display:
    """Whose prices a cart shows: those of its customer's default group, of the visitors' group without a customer."""

    group: Group
    tax_included: bool


def display_of(cart: Cart) -> Display:
    """How its prices are shown (facts 8.3). An order states its money with tax, and so does the cart that became it."""
    if cart.customer_id is None:
        group = Group.objects.get(pk=customer_options().visitors_group)
    else:
        group = Group.objects.get(customers_by_default=cart.customer_id)
    return Display(group, cart.ordered or group.price_display == PriceDisplay.TAX_INCLUDED)
