"""What the page of a customer asks about orders, carts and products; each costs the same however much there is."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from customers.models import Customer, CustomerFigures, PageView, Visit
from customers.options import customer_options
from groups.models import Group, PriceDisplay
from groups.rules.privileges import Privileges, Terms, what_applies

from ..models import Cart, CartLine, Category, CategoryDiscount, Order, OrderLine, Product
from ..models.cart import FILLED, ZERO
from .states import CartState, abandoned_before, in_state

CENT = Decimal("0.01")

# How far back products are looked for: everything of nearly everybody, and never without end.
CARTS_LOOKED_INTO = 100
ORDERS_LOOKED_INTO = 500
VISITS_LOOKED_INTO = 50
PAGES_LOOKED_INTO = 300


def orders_of(customer: Customer) -> QuerySet[Order]:
    """Their orders, the latest first."""
    return Order.objects.filter(customer=customer.pk).order_by("-placed_at", "-id").select_related("status")


def own_purchases(figures: CustomerFigures) -> dict:
    """What the stored figures say of the orders placed here, without those an import stated (decision 17)."""
    orders = figures.orders_count - figures.opening_orders
    valid = figures.valid_orders_count - figures.opening_orders
    spent = figures.total_spent - figures.opening_spent
    return {"orders": orders, "valid": valid, "invalid": orders - valid, "spent": spent}


def purchases_by_currency(customer: Customer) -> list[dict]:
    """Their orders added up to the cent: valid and others apart, by currency, with the lowest and highest rate."""
    orders = Order.objects.filter(customer=customer.pk).order_by("-valid", "currency")
    found = orders.values("valid", "currency").annotate(
        orders=Count("pk"),
        sum_total=Sum("total"),
        sum_value=Sum("value"),
        lowest=Min("rate"),
        highest=Max("rate"),
    )
    return [
        {**one, **{name: one[name].quantize(CENT) for name in ("sum_total", "sum_value")}} for one in found
    ]


def open_orders_of(customer: Customer) -> QuerySet[Order]:
    """Their orders of which something is to be paid still, or was paid too much; the latest first."""
    return orders_of(customer).exclude(outstanding=0)


def owed_in(orders: QuerySet[Order]) -> tuple[int, Decimal]:
    """How many orders these are, and what is still to be paid of them in the shop's currency."""
    found = orders.order_by().aggregate(number=Count("pk"), owed=Sum("outstanding"))
    return found["number"], (found["owed"] or ZERO).quantize(CENT)


def carts_by_state(customer: Customer) -> dict[CartState, int]:
    """How many of their filled carts are in each state (decision 16)."""
    before = abandoned_before()
    numbers = {f"carts_{state}": Count("pk", filter=in_state(state, before)) for state in CartState}
    found = Cart.objects.filled().filter(customer=customer.pk).aggregate(**numbers)
    return {state: found[f"carts_{state}"] for state in CartState}


def carts_of(customer: Customer, *, unfinished: bool = False) -> QuerySet[Cart]:
    """Their carts with something in them (S0.85), the latest first; `unfinished`: without those that were ordered."""
    kinds = FILLED & Q(ordered=False) if unfinished else FILLED
    carts = Cart.objects.filter(kinds, customer=customer.pk)
    return carts.order_by("-created_at", "-id").select_related("carrier")


def purchases_of(customer: Customer) -> QuerySet[OrderLine, dict]:
    """The lines of their valid orders, the latest first (S4.69)."""
    lines = OrderLine.objects.filter(order__valid=True, order__customer=customer.pk)
    in_order = lines.order_by("-order__placed_at", "-order_id", "id")
    return in_order.values("quantity", "product", "product_name", "product__choices", "order__placed_at")


def interests_of(customer: Customer) -> list[int]:
    """Which products they put into a cart and never bought in a valid order, the latest first (S1.64, decision 18).

    Looked for in their latest carts, CARTS_LOOKED_INTO of them, and bought is what is in their latest valid orders,
    ORDERS_LOOKED_INTO of them.
    """
    carts = Cart.objects.filter(customer=customer.pk).order_by("-created_at", "-id")
    lines = CartLine.objects.filter(cart__in=carts.values("pk")[:CARTS_LOOKED_INTO])
    wanted = dict.fromkeys(lines.order_by("-added_at", "id").values_list("product", flat=True))
    if not wanted:
        return []
    orders = Order.objects.valid().filter(customer=customer.pk).order_by("-placed_at", "-id")
    bought = OrderLine.objects.filter(order__in=orders.values("pk")[:ORDERS_LOOKED_INTO])
    for key in bought.order_by().values_list("product", flat=True).distinct():
        wanted.pop(key, None)
    return list(wanted)


def views_of(customer: Customer) -> list[tuple[dt.datetime, Product, bool]]:
    """When they looked at a product's page last, each product once, the latest first (S4.70), and whether it was they.

    Counted are visits during which they were signed in, and visits of nobody in particular from the IP address of
    their latest one, of which nobody can say that (S4.71).
    """
    visits = Visit.objects.filter(customer=customer.pk).order_by("-started_at")
    known = list(visits.values_list("pk", "ip")[:VISITS_LOOKED_INTO])
    if not known:
        return []
    theirs = [key for key, _ip in known]
    keys = list(theirs)
    if ip := known[0][1]:
        nobodys = Visit.objects.filter(ip=ip, customer=None).order_by("-started_at")
        keys += nobodys.values_list("pk", flat=True)[:VISITS_LOOKED_INTO]
    pages = PageView.objects.filter(visit__in=keys, product_id__isnull=False).order_by("-viewed_at", "-id")
    latest: dict[int, tuple[dt.datetime, bool]] = {}
    for key, viewed_at, visit in pages.values_list("product_id", "viewed_at", "visit")[:PAGES_LOOKED_INTO]:
        latest.setdefault(key, (viewed_at, visit in theirs))
    found = ((latest[one.pk], one) for one in products_of(latest))
    return [(viewed_at, product, is_theirs) for (viewed_at, is_theirs), product in found]


def products_of(keys: Iterable[int]) -> list[Product]:
    """The products of these numbers, in this order; those that are gone are left out."""
    found = Product.objects.in_bulk(list(keys))
    return [found[key] for key in keys if key in found]


def privileges_of(customer: Customer | None) -> Privileges:
    """What applies to this customer by their groups, to a visitor without one; what the storefront asks."""
    if customer is None:
        default, memberships = customer_options().visitors_group, []
    else:
        default, memberships = customer.default_group_id, customer.memberships.values_list("group", flat=True)
    return what_applies(default, memberships, {default: terms_of(Group.objects.get(pk=default))})


def terms_of(group: Group) -> Terms:
    """The price rules of a group."""
    discounts = CategoryDiscount.objects.filter(group=group.pk).values_list("category", "discount")
    return Terms(
        discount=group.discount,
        category_discounts=dict(discounts),
        tax_included=group.price_display == PriceDisplay.TAX_INCLUDED,
        show_prices=group.show_prices,
        free_shipping=group.free_shipping,
    )


def path_of(category: Category | None) -> list[int]:
    """The category and those above it, the nearest first: what `Privileges.discount_on` takes."""
    parents = dict(Category.objects.values_list("pk", "parent"))
    path, key = [], category.pk if category else None
    while key is not None and key not in path:
        path.append(key)
        key = parents.get(key)
    return path
