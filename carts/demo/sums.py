"""What a generated cart comes to, by the rules of all carts."""

from decimal import Decimal
from functools import lru_cache

from ..rules import in_other_currency, less
from ..rules.sums import Item, Sums
from ..rules.sums import Offer as Taken
from ..rules.sums import add_up as sums_of
from .catalogue import Ware
from .vouchers import Offer

ONE = Decimal(1)
# What one euro is worth.
RATES = {"PL": ("PLN", Decimal("4.28")), "RO": ("RON", Decimal("4.97")), "GB": ("GBP", Decimal("0.85"))}
_price = lru_cache(maxsize=10_000)(lambda cents, percent, rate: in_other_currency(less(cents, percent), rate))


def unit_price(ware: Ware, percent: Decimal, rate: Decimal) -> int:
    """What a member of a group with that discount pays for one, in the cart's currency."""
    return _price(ware.price, percent, rate)


def add_up(
    lines: list[tuple[Ware, int, int]], *, shipping: int, rate: Decimal, offer: Offer | None = None
) -> Sums:
    """The sums of (ware, quantity, unit price) lines; `shipping` is in cents of the shop's currency."""
    offers = []
    if offer:
        amount = in_other_currency(offer.amount, rate)
        offers = [Taken(offer.percent, amount, offer.free_shipping)]
    items = (Item(quantity, price, ware.tax_rate) for ware, quantity, price in lines)
    return sums_of(items, shipping=in_other_currency(shipping, rate), offers=offers)
