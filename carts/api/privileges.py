"""What applies to a customer by their groups, and what a product costs them."""

from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of
from backoffice.api.shapes import AmountGiven, Given, Id
from backoffice.rules import Broken
from customers.api.lookups import customer_named

from ..services.prices import PriceList
from .lookups import product_named
from .shapes import Reference

router = router_of("Privileges")


class PrivilegesGiven(Given):
    """The terms of the default group, or of visitors; discounts are in per cent, those of categories by number."""

    customer_id: Id | None
    groups: list[Id] = Field(description="Whose exclusive products they may buy")
    discount: Decimal
    category_discounts: dict[str, Decimal]
    prices: str = Field(description="How prices are shown", examples=["tax_included", "tax_excluded"])
    show_prices: bool
    free_shipping: bool


class Quote(Given):
    """What one of a product costs them, tax included."""

    product: str
    customer_id: Id | None
    price: AmountGiven
    usual_price: AmountGiven
    currency: str
    tax_rate: Decimal
    stock: int
    may_buy: bool


@reads(router, "/privileges", scope=Scope.CUSTOMERS_READ, answer=PrivilegesGiven)
def what_applies(request: HttpRequest, customer_id: Id | None = Query(None)) -> PrivilegesGiven:
    """What applies to a customer, or to visitors where nobody is named."""
    customer_named(customer_id)
    privileges = PriceList(customer_id).privileges
    terms = privileges.terms
    return PrivilegesGiven(
        customer_id=customer_id,
        groups=sorted(privileges.groups),
        discount=Decimal(terms.discount),
        category_discounts={str(key): percent for key, percent in terms.category_discounts.items()},
        prices="tax_included" if terms.tax_included else "tax_excluded",
        show_prices=terms.show_prices,
        free_shipping=terms.free_shipping,
    )


@reads(router, "/prices", scope=Scope.CARTS_READ, answer=Quote)
def quote_price(
    request: HttpRequest,
    product: Reference = Query(...),
    customer_id: Id | None = Query(None),
) -> Quote:
    """What a product costs a customer, or a visitor where nobody is named."""
    asked = product_named(product)
    customer_named(customer_id)
    prices = PriceList(customer_id)
    return Quote(
        product=asked.reference,
        customer_id=customer_id,
        price=prices.price_of(asked),
        usual_price=asked.price,
        currency=settings.SHOP_CURRENCY,
        tax_rate=asked.tax_rate,
        stock=asked.stock,
        may_buy=_may_buy(prices, asked),
    )


def _may_buy(prices: PriceList, product) -> bool:
    try:
        prices.refuse_unsold(product)
    except Broken:
        return False
    return True
