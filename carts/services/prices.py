"""What a product costs whom: the price list of a customer's group, or of visitors (S2.15–S2.17, facts 7)."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from backoffice.rules import Broken
from customers.models import Customer
from groups.rules.privileges import Privileges

from ..models import Product
from ..queries import path_of, privileges_of
from ..rules import cents_of, in_other_currency, less, money


@dataclass(frozen=True)
class PriceList:
    """What somebody pays, in a currency of which one unit of the shop's is worth `rate`."""

    customer: Customer | None
    rate: Decimal = Decimal(1)

    @cached_property
    def privileges(self) -> Privileges:
        """What applies to them, read once."""
        return privileges_of(self.customer)

    def price_of(self, product: Product) -> Decimal:
        """What one costs them, tax included, rounded half up to cents."""
        by_category = self.privileges.terms.category_discounts
        path = self._path_of(product) if by_category and product.category_id else ()
        percent = Decimal(self.privileges.discount_on(path))
        return money(in_other_currency(less(cents_of(product.price), percent), self.rate))

    def _path_of(self, product: Product) -> list[int]:
        if product.category_id not in self._paths:
            self._paths[product.category_id] = path_of(product.category)
        return self._paths[product.category_id]

    @cached_property
    def _paths(self) -> dict[int | None, list[int]]:
        return {}

    @property
    def ships_free(self) -> bool:
        """Whether they pay nothing for carrying."""
        return self.privileges.terms.free_shipping

    def refuse_unsold(self, product: Product) -> None:
        """Broken where they may not buy it: it is switched off, or only for members of other groups (S2.17)."""
        if not product.active:
            raise Broken("product_not_sold")
        only_for = [group.pk for group in product.exclusive_to.all()]
        if only_for and not self.privileges.may_see(only_for):
            raise Broken("product_not_for_them")
