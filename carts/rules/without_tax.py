"""What a cart comes to without tax, so that its parts add up to its total without tax. Pure, in cents."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import tax_within
from .sums import TAX_ON_SERVICES, Item


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a total, as a reader sees them: with tax, or without."""

    products: int
    discount: int
    shipping: int
    wrapping: int
    total: int


def without_tax(items: Iterable[Item], parts: Parts, *, tax: int) -> Parts:
    """The same parts without tax; what vouchers take off is what the others leave to the total, to the cent."""
    products = sum(net(one.quantity * one.price, one.tax_rate) for one in items)
    shipping, wrapping = net(parts.shipping, TAX_ON_SERVICES), net(parts.wrapping, TAX_ON_SERVICES)
    total = parts.total - tax
    return Parts(products, products + shipping + wrapping - total, shipping, wrapping, total)


def net(amount: int, rate) -> int:
    """An amount without the tax contained in it, at `rate` per cent."""
    return amount - tax_within(amount, rate)
