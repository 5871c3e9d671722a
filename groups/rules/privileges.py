"""What applies to a customer by their groups: the one function that page, cart and storefront ask (issue 9, point 7).

Prices are the default group's alone and do not add up: its discount, price display, show-prices flag, free shipping and
category discounts (facts 7.4, 7.6). Memberships give access. Who is not signed in has the visitors' group as both.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The price rules of a group: discounts in per cent, those of categories by the category's number."""

    discount: Decimal = Decimal(0)
    category_discounts: Mapping[int, Decimal] = field(default_factory=dict)
    tax_included: bool = True
    show_prices: bool = True
    free_shipping: bool = False


@dataclass(frozen=True, kw_only=True)
class Privileges:
    """What applies to a customer: the terms of the default group, and the groups whose things they may see."""

    terms: Terms
    groups: frozenset[int]

    def discount_on(self, categories: Sequence[int] = ()) -> Decimal:
        """The discount, in per cent, on a product of these categories: its own first, then those above it.

        The discount of the nearest category that has one replaces the general discount, even where it is smaller; it
        never adds to it (facts 7.4).
        """
        discounts = self.terms.category_discounts
        return next((discounts[key] for key in categories if key in discounts), self.terms.discount)

    def may_see(self, exclusive_to: Collection[int] = ()) -> bool:
        """Whether they may see and buy a product that is only for these groups; no groups mean everybody (S2.17)."""
        return not exclusive_to or not self.groups.isdisjoint(exclusive_to)


def what_applies(default: int, memberships: Iterable[int], terms: Mapping[int, Terms]) -> Privileges:
    """What applies to who has that default group and these memberships; `terms` are those of all groups concerned."""
    return Privileges(terms=terms[default], groups=frozenset((default, *memberships)))
