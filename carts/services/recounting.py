"""The stored figures that this app can count: what customers bought and filled into carts, what finds an order."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Max, Min, Q, Sum, Value
from django.db.models.functions import Coalesce

from backoffice.records.recounting import Difference, StoredFigures, between, recount_list
from customers.models import CustomerFigures
from customers.services.figures import BOUGHT
from customers.services.group_filling import rules_follow

from ..models import Cart, CartLine, Order, Product, Voucher
from ..models.cart import FILLED
from .order_words import with_words, words_of

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def recount_carts(*, mend: bool) -> Iterator[Difference]:
    """Purchases and carts of all customers, and the length of the lists."""
    yield from PURCHASES.differences(mend=mend)
    yield from CARTS.differences(mend=mend)
    yield from IN_CARTS.differences(mend=mend)
    yield from WORDS.differences(mend=mend)
    yield from recount_list(Cart, mend=mend, here=FILLED)
    for model in (Order, Product, Voucher):
        yield from recount_list(model, mend=mend)


def _purchases(keys: list[int]) -> Iterator[tuple[int, dict]]:
    nothing = Value(Decimal(0), output_field=DecimalField(max_digits=16, decimal_places=2))
    sums = (
        Order.objects.filter(between("customer", keys))
        .values("customer_id")
        .order_by()
        .annotate(
            orders=Count("pk"),
            valid_orders=Count("pk", filter=Q(valid=True)),
            spent=Coalesce(Sum("value", filter=Q(valid=True)), nothing),
            open_sum=Coalesce(Sum("outstanding"), nothing),
            first=Min("placed_at"),
            last=Max("placed_at"),
        )
    )
    for row in sums:
        yield row["customer_id"], row


def _with_opening_figures(row: dict, counted: dict) -> dict:
    return {
        "orders_count": row["opening_orders"] + counted["orders"],
        "valid_orders_count": row["opening_orders"] + counted["valid_orders"],
        "total_spent": row["opening_spent"] + counted["spent"].quantize(CENT),
        "outstanding": counted["open_sum"].quantize(CENT),
        "first_order_at": counted["first"],
        "last_order_at": counted["last"],
    }


PURCHASES = StoredFigures(
    model=CustomerFigures,
    figures=(
        "orders_count",
        "valid_orders_count",
        "total_spent",
        "outstanding",
        "first_order_at",
        "last_order_at",
    ),
    beside=("opening_orders", "opening_spent"),
    count=_purchases,
    nothing={"orders": 0, "valid_orders": 0, "spent": ZERO, "open_sum": ZERO, "first": None, "last": None},
    combine=_with_opening_figures,
)


def restate_purchases(customer_id: int) -> None:
    """Count again what one customer bought, as where an order is of another day now; rules of groups follow."""
    with rules_follow([customer_id], BOUGHT):
        PURCHASES.settle([customer_id], mend=True)


def _carts(keys: list[int]) -> Iterator[tuple[int, dict]]:
    carts = Cart.objects.filled().filter(between("customer", keys))
    numbers = carts.values("customer_id").order_by().annotate(n=Count("pk"))
    for key, number in numbers.values_list("customer_id", "n"):
        yield key, {"carts_count": number}


CARTS = StoredFigures(
    model=CustomerFigures, figures=("carts_count",), count=_carts, nothing={"carts_count": 0}
)


def _in_carts(keys: list[int]) -> Iterator[tuple[int, dict]]:
    cost = F("quantity") * F("unit_price")
    money_field = DecimalField(max_digits=16, decimal_places=2)
    lines = CartLine.objects.filter(between("cart", keys)).values("cart_id").order_by()
    found = lines.annotate(items=Sum("quantity"), products=Sum(cost, output_field=money_field))
    for key, items, products in found.values_list("cart_id", "items", "products"):
        yield key, {"items_count": items, "products_total": products.quantize(CENT)}


# What vouchers took off was so when they were used, and is no sum of what there is now.
IN_CARTS = StoredFigures(
    model=Cart,
    figures=("items_count", "products_total", "total"),
    beside=("discount", "shipping", "wrapping"),
    count=_in_carts,
    nothing={"items_count": 0, "products_total": ZERO},
    combine=lambda row, counted: {
        **counted,
        "total": counted["products_total"] - row["discount"] + row["shipping"] + row["wrapping"],
    },
)


def _words(keys: list[int]) -> Iterator[tuple[int, dict]]:
    for order in with_words(Order.objects.filter(pk__among=keys)):
        yield order.pk, {"search_text": words_of(order)}


WORDS = StoredFigures(
    model=Order, figures=("search_text",), count=_words, nothing={"search_text": " "}, personal=True
)
