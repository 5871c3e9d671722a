"""What a cart comes to without tax, so that its parts add up to its total without tax. Pure, in cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

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
    rounding: int = 0


def without_tax(items: Iterable[Item], parts: Parts, *, tax: int, coin: int) -> Parts:
    """The same parts without tax, which add up to the total without tax to the cent: what is left is told of the
    vouchers, and where there are none as rounding.
    """
    products = sum(net(one.quantity * one.price, one.tax_rate, coin) for one in items)
    shipping, wrapping = (net(part, TAX_ON_SERVICES, coin) for part in (parts.shipping, parts.wrapping))
    total = parts.total - tax
    left = products + shipping + wrapping - total
    if parts.discount:
        return Parts(products, left + parts.rounding, shipping, wrapping, total, parts.rounding)
    return Parts(products, 0, shipping, wrapping, total, -left)


def net(amount: int, rate: Decimal, coin: int) -> int:
    """An amount without the tax contained in it, at `rate` per cent."""
    return amount - tax_within(amount, rate, coin)
