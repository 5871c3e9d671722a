"""The shapes of carts at the API."""

from decimal import Decimal

from pydantic import Field

from backoffice.api.shapes import (
    Amount,
    AmountGiven,
    Given,
    Id,
    Line,
    MomentGiven,
    Quantity,
    Taken,
    filled_line_of,
)

from ..models import Cart

# Of a product; tidied as the product's own is.
Reference = filled_line_of(64)


class LineTold(Taken):
    """So many of a product."""

    product: Reference = Field(description="The reference of a product", examples=["TOUCH"])
    quantity: Quantity = 1
    customisation: Line = Field(
        "", description="What was asked for it, such as words to engrave: its own line"
    )
    unit_price: Amount | None = Field(
        None, description="Where the shop's pages work prices out; else by the list"
    )


class CartSums(Given):
    """A cart without its lines: what it comes to, in its currency, tax included."""

    key: str
    version: int
    customer_id: Id | None
    ordered: bool
    currency: str
    items_count: int
    products_total: AmountGiven
    discount: AmountGiven
    shipping: AmountGiven
    wrapping: AmountGiven
    total: AmountGiven
    tax: AmountGiven
    changed_at: MomentGiven


class LineGiven(Given):
    """A line of a cart."""

    product: str
    name: str
    customisation: str
    quantity: int
    unit_price: AmountGiven
    tax_rate: Decimal


class CartGiven(CartSums):
    """A cart with all that is in it."""

    visitor: str
    carrier: str
    billing_address_id: Id | None
    shipping_address_id: Id | None
    vouchers: list[str]
    lines: list[LineGiven]


_SUMS = tuple(CartSums.model_fields)


def sums_of(cart: Cart) -> CartSums:
    """The cart without its lines."""
    return CartSums(**{name: getattr(cart, name) for name in _SUMS})


def cart_given(cart: Cart) -> CartGiven:
    """The cart with all that is in it."""
    lines = cart.lines.select_related("product").order_by("pk")
    return CartGiven(
        **{name: getattr(cart, name) for name in _SUMS},
        visitor=cart.visitor,
        carrier=cart.carrier.name if cart.carrier else "",
        billing_address_id=cart.billing_address_id,
        shipping_address_id=cart.shipping_address_id,
        vouchers=list(cart.vouchers.order_by("pk").values_list("code", flat=True)),
        lines=[
            LineGiven(
                product=line.product.reference,
                name=line.product.name_in(cart.language),
                customisation=line.customisation,
                quantity=line.quantity,
                unit_price=line.unit_price,
                tax_rate=line.tax_rate,
            )
            for line in lines
        ],
    )
