"""What a product costs whom: the price list of a customer's group, or of visitors (S2.15–S2.17, facts 7).

Prices need the group's terms alone; memberships are asked only of what is for some groups alone.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.conf import settings

from backoffice.rules import Broken
from backoffice.screen.formats import smallest_coin
from customers.models import Customer
from customers.options import customer_options
from groups.models import Group
from groups.rules.privileges import Privileges, what_applies

from ..models import Category, Product
from ..queries import path_of, privileges_of, terms_of
from ..rules import cents_of, in_other_currency, less, money


@dataclass(frozen=True)
class PriceList:
    """What a customer, or a visitor, pays, in a currency of which one unit of the shop's is worth `rate`."""

    customer_id: int | None
    rate: Decimal = Decimal(1)
    currency: str = ""

    @cached_property
    def privileges(self) -> Privileges:
        """All that applies to them, read once."""
        customer = Customer.objects.get(pk=self.customer_id) if self.customer_id else None
        return privileges_of(customer)

    @cached_property
    def _terms(self) -> Privileges:
        """What applies to prices: the default group's terms."""
        if self.customer_id is None:
            group = Group.objects.filter(pk=customer_options().visitors_group)[0]
        else:
            group = Group.objects.filter(customers_by_default=self.customer_id)[0]
        return what_applies(group.pk, (), {group.pk: terms_of(group)})

    def price_of(self, product: Product) -> Decimal:
        """What one costs them, tax included, rounded half up to the least that is paid in the currency."""
        by_category = self._terms.terms.category_discounts
        path = self._path_of(product) if by_category and product.category_id else ()
        percent = Decimal(self._terms.discount_on(path))
        coin = smallest_coin(self.currency or settings.SHOP_CURRENCY)
        return money(in_other_currency(less(cents_of(product.price), percent), self.rate, coin))

    def _path_of(self, product: Product) -> list[int]:
        if product.category_id not in self._paths:
            self._paths[product.category_id] = path_of(Category(pk=product.category_id))
        return self._paths[product.category_id]

    @cached_property
    def _paths(self) -> dict[int | None, list[int]]:
        return {}

    @property
    def ships_free(self) -> bool:
        """Whether they pay nothing for carrying."""
        return self._terms.terms.free_shipping

    def refuse_unsold(self, product: Product) -> None:
        """Broken where they may not buy it: it is switched off, or only for members of other groups (S2.17)."""
        if not product.active:
            raise Broken("product_not_sold")
        if not product.only_for_some:
            return
        if not self.privileges.may_see([group.pk for group in product.exclusive_to.all()]):
            raise Broken("product_not_for_them")
