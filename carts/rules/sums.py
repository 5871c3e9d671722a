"""What a cart or an order comes to, in cents of its own currency, tax included. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from . import less, rounded, tax_within

# Per cent of tax in what carrying and wrapping cost.
TAX_ON_SERVICES = Decimal(20)
_tax = lru_cache(maxsize=100_000)(tax_within)


@dataclass(frozen=True, slots=True)
class Item:
    """So many of a product, at that price each."""

    quantity: int
    price: int
    tax_rate: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """What a voucher takes off, and from how much of products on; `beyond`: what exceeds these comes off the rest."""

    percent: Decimal | None = None
    amount: int = 0
    free_shipping: bool = False
    minimum: int = 0
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """The parts of a total; `taken` is what each voucher took off, in their order."""

    items: int
    products: int
    shipping: int
    wrapping: int
    taken: tuple[int, ...]
    tax: int

    @property
    def discount(self) -> int:
        """What all vouchers took off."""
        return sum(self.taken)

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.products - self.discount + self.shipping + self.wrapping


def add_up(
    items: Iterable[Item],
    *,
    shipping: int = 0,
    wrapping: int = 0,
    offers: Sequence[Offer] = (),
    coin: int = 1,
) -> Sums:
    """The sums of a cart. Vouchers take off the products at most what these cost, and the shipping once.

    Each percentage is of the products before any voucher (facts 1.10). The tax of what is taken off goes with it.
    """
    items = list(items)
    products = sum(one.quantity * one.price for one in items)
    taken, of_products, of_shipping, of_wrapping = [], 0, 0, 0
    for offer in offers:
        off = min(_off_products(offer, products, coin), products - of_products)
        freight = shipping - of_shipping if offer.free_shipping and products >= offer.minimum else 0
        paper = 0
        if offer.beyond:
            freight = min(offer.amount - off, shipping - of_shipping)
            paper = min(offer.amount - off - freight, wrapping - of_wrapping)
        of_products += off
        of_shipping += freight
        of_wrapping += paper
        taken.append(off + freight + paper)
    tax_of_products = sum(_tax(one.quantity * one.price, one.tax_rate) for one in items)
    left = rounded(Fraction(tax_of_products * (products - of_products), products)) if products else 0
    on_services = _tax(shipping - of_shipping, TAX_ON_SERVICES) + _tax(
        wrapping - of_wrapping, TAX_ON_SERVICES
    )
    tax = rounded(Fraction(left + on_services), coin)
    quantity = sum(one.quantity for one in items)
    return Sums(quantity, products, shipping, wrapping, tuple(taken), tax)


def _off_products(offer: Offer, products: int, coin: int) -> int:
    if products < offer.minimum:
        return 0
    if offer.percent is not None:
        return products - less(products, offer.percent, coin)
    return offer.amount
