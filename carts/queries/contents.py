"""What is in one cart: its lines, its vouchers with what each takes off, and how its prices are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language

from customers.options import customer_options
from groups.models import Group, PriceDisplay

from ..models import Cart, CartLine, Order, OrderVoucher, Product, Voucher, with_choices


class CartItem(NamedTuple):
    """A line with what is to be known of its product: read as plain values, since a cart may have a thousand."""

    product_id: int
    product__name: str
    product__name_fr: str
    product__name_pl: str
    product__name_ro: str
    product__choices: dict
    product__reference: str
    product__picture: str
    product__stock: int
    customisation: str
    quantity: int
    unit_price: Decimal
    tax_rate: Decimal


def lines_of(cart: Cart) -> list[CartItem]:
    """Its lines, in the order in which they came."""
    lines = CartLine.objects.filter(cart=cart.pk).order_by("pk")
    return [CartItem(*row) for row in lines.values_list(*CartItem._fields)]


def product_names(keys: Iterable[int]) -> dict[int, str]:
    """What these products are called in the reader's language, variants with their choices; those that are gone are
    left out."""
    names = Product.objects.filter(pk__among=list(keys)).values_list("pk", "name", local_field(), "choices")
    return {key: with_choices(local or name, choices) for key, name, local, choices in names}


def local_field() -> str:
    """The field of a product's name in the reader's language."""
    field = f"name_{(get_language() or '')[:2]}"
    return field if f"product__{field}" in CartItem._fields else "name"


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


def display_of(cart: Cart, order: Order | None) -> Display:
    """How its prices are shown (facts 8.3): as its buyer saw them, where it became an order, else as the group does."""
    if cart.customer_id is None:
        group = Group.objects.get(pk=customer_options().visitors_group)
    else:
        group = Group.objects.get(customers_by_default=cart.customer_id)
    tax_included = group.price_display == PriceDisplay.TAX_INCLUDED if order is None else order.tax_included
    return Display(group, tax_included)
