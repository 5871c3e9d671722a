"""What whoever is signed in has put together and bought: nobody else's is there (G17)."""

from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import reads, router_of
from backoffice.api.refusals import refuse
from backoffice.api.shapes import AmountGiven, AsWhole, Given, Key
from backoffice.records.errors import NotThere
from customers.api.lookups import CustomerToken, session_of
from customers.models import Customer

from ..models import Order
from ..queries import orders_of
from ..queries.own import current_cart, orders_after
from .orders import OrderGiven, order_given
from .shapes import CartGiven, cart_given

router = router_of("Own carts and orders")
AT_ONCE = 20
MOST_AT_ONCE = 100


class OwnOrders(Given):
    """Orders, the newest first."""

    orders: list[OrderGiven]
    next: str | None = Field(description="Goes on with the older ones, as `after`; null where these are all")


class LineOfOrder(Given):
    """A product as it was bought."""

    name: str
    reference: str
    customisation: str
    quantity: int
    unit_price: AmountGiven
    tax_rate: Decimal


class DiscountOfOrder(Given):
    """What something took off."""

    code: str
    amount: AmountGiven


class WholeOrder(OrderGiven):
    """An order with all that is in it."""

    payment: str
    carrier_name: str
    billing_address: str
    shipping_address: str
    lines: list[LineOfOrder]
    discounts: list[DiscountOfOrder]


@reads(router, "/me/cart", scope=Scope.CUSTOMERS_SIGN_IN, answer=CartGiven)
def read_own_cart(request: HttpRequest, token: CustomerToken) -> CartGiven:
    """The cart that they fill: the last one changed of those that were not ordered. 404 where there is none."""
    cart = current_cart(session_of(token).customer)
    if cart is None:
        raise NotThere
    return cart_given(cart)


@reads(router, "/me/orders", scope=Scope.CUSTOMERS_SIGN_IN, answer=OwnOrders)
def read_own_orders(
    request: HttpRequest,
    token: CustomerToken,
    after: Key | None = Query(None, description="The `next` of the answer before"),
    limit: Annotated[int, Field(ge=1, le=MOST_AT_ONCE), AsWhole] = Query(AT_ONCE),
) -> OwnOrders:
    """One's own orders, the newest first, so many at a time.

    What is ordered meanwhile moves nothing: each page goes on where the one before ended.
    """
    customer = session_of(token).customer
    rows = orders_after(customer, _own(customer, after) if after else None)
    found = list(rows[: limit + 1])
    return OwnOrders(
        orders=[order_given(one) for one in found[:limit]],
        next=found[limit - 1].reference if len(found) > limit else None,
    )


def _own(customer: Customer, reference: str) -> Order:
    order = orders_of(customer).filter(reference=reference).first()
    if order is None:
        refuse("no_such_order", field="after")
    return order


@reads(router, "/me/orders/{reference}", scope=Scope.CUSTOMERS_SIGN_IN, answer=WholeOrder)
def read_own_order(request: HttpRequest, reference: Key, token: CustomerToken) -> WholeOrder:
    """One of one's own orders, with all that is in it."""
    order = orders_of(session_of(token).customer).filter(reference=reference).first()
    if order is None:
        raise NotThere(reference)
    return whole_order(order)


def whole_order(order: Order) -> WholeOrder:
    """The order with all that is in it."""
    texts = ("payment", "carrier_name", "billing_address", "shipping_address")
    return WholeOrder(
        **order_given(order).model_dump(),
        **{name: getattr(order, name) for name in texts},
        lines=[
            LineOfOrder(
                name=line.product_name,
                reference=line.product_reference,
                customisation=line.customisation,
                quantity=line.quantity,
                unit_price=line.unit_price,
                tax_rate=line.tax_rate,
            )
            for line in order.lines.order_by("pk")
        ],
        discounts=[
            DiscountOfOrder(code=one.code, amount=one.amount) for one in order.vouchers.order_by("pk")
        ],
    )
