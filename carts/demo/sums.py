"""What a generated cart comes to."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ..rules import in_other_currency, less, tax_within
from .catalogue import Ware
from .vouchers import Offer

ONE = Decimal(1)
TAX_ON_SHIPPING = Decimal(20)
# What one euro is worth.
RATES = {"PL": ("PLN", Decimal("4.28")), "RO": ("RON", Decimal("4.97")), "GB": ("GBP", Decimal("0.85"))}
_price = lru_cache(maxsize=10_000)(lambda cents, percent, rate: in_other_currency(less(cents, percent), rate))
_tax = lru_cache(maxsize=100_000)(tax_within)


@dataclass(frozen=True, slots=True)
class Sums:
    """Cents of the cart's currency, tax included."""

    items: int
    products: int
    discount: int
    shipping: int
    tax: int

    @property
    def total(self) -> int:
        return self.products - self.discount + self.shipping


def unit_price(ware: Ware, percent: Decimal, rate: Decimal) -> int:
    """What a member of a group with that discount pays for one, in the cart's currency."""
    return _price(ware.price, percent, rate)


def add_up(
    lines: list[tuple[Ware, int, int]], *, shipping: int, rate: Decimal, offer: Offer | None = None
) -> Sums:
    """The sums of (ware, quantity, unit price) lines; `shipping` is in cents of the shop's currency."""
    products = sum(quantity * price for _ware, quantity, price in lines)
    freight = in_other_currency(shipping, rate)
    discount = _taken_off(offer, products, freight, rate)
    tax = sum(_tax(quantity * price, ware.tax_rate) for ware, quantity, price in lines)
    tax += _tax(freight, TAX_ON_SHIPPING) - _tax(discount, TAX_ON_SHIPPING)
    return Sums(sum(quantity for _w, quantity, _p in lines), products, discount, freight, max(tax, 0))


def _taken_off(offer: Offer | None, products: int, freight: int, rate: Decimal) -> int:
    if offer is None:
        return 0
    if offer.free_shipping:
        return freight
    if offer.percent is not None:
        return products - less(products, offer.percent)
    return min(in_other_currency(offer.amount, rate), products)
