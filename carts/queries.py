"""What the page of a customer asks about orders, carts and products; each costs the same however much there is."""

from django.db.models import Q, QuerySet

from backoffice.lists.latest import ROWS
from customers.models import Customer, CustomerFigures, PageView, Visit

from .models import Cart, CartLine, Order, OrderLine, Product, Voucher
from .models.cart import FILLED

# How many of the latest carts, visits and pages are looked into for products.
CARTS_LOOKED_INTO = 200
VISITS_LOOKED_INTO = 50
PAGES_LOOKED_INTO = 300
VALID_ORDER = Q(order__valid=True)


def orders_of(customer: Customer) -> QuerySet[Order]:
    """Their orders, the latest first."""
    return Order.objects.filter(customer=customer.pk).order_by("-placed_at", "-id").select_related("status")


def own_purchases(figures: CustomerFigures) -> dict:
    """What the stored figures say of the orders placed here, without those an import stated (decision 17)."""
    orders = figures.orders_count - figures.opening_orders
    valid = figures.valid_orders_count - figures.opening_orders
    spent = figures.total_spent - figures.opening_spent
    return {"orders": orders, "valid": valid, "invalid": orders - valid, "spent": spent}


def carts_of(customer: Customer, *, unfinished: bool = False) -> QuerySet[Cart]:
    """Their carts with something in them (S0.85), the latest first; `unfinished`: without those that were ordered."""
    kinds = FILLED & Q(ordered=False) if unfinished else FILLED
    carts = Cart.objects.filter(kinds, customer=customer.pk)
    return carts.order_by("-created_at", "-id").select_related("carrier")


def purchases_of(customer: Customer) -> QuerySet[OrderLine]:
    """The lines of their valid orders, the latest first (S4.69)."""
    lines = OrderLine.objects.filter(VALID_ORDER, order__customer=customer.pk)
    return lines.order_by("-order__placed_at", "-order_id", "id").select_related("order")


def interests_of(customer: Customer) -> list[Product]:
    """The products they put into a cart and never bought in a valid order (S1.64, decision 18), the latest first.

    Looked for in their latest carts, CARTS_LOOKED_INTO of them.
    """
    carts = Cart.objects.filter(customer=customer.pk).order_by("-created_at", "-id").values("pk")
    lines = CartLine.objects.filter(cart__in=list(carts.values_list("pk", flat=True)[:CARTS_LOOKED_INTO]))
    wanted = list(dict.fromkeys(lines.order_by("-added_at", "id").values_list("product", flat=True)))
    if not wanted:
        return []
    bought = OrderLine.objects.filter(VALID_ORDER, order__customer=customer.pk, product__in=wanted)
    left = set(wanted) - set(bought.values_list("product", flat=True))
    products = Product.objects.in_bulk([key for key in wanted if key in left])
    return [products[key] for key in wanted if key in products]


def views_of(customer: Customer) -> list[tuple[PageView, Product]]:
    """The pages of products they looked at lately, each product once, the latest first (S4.70).

    Counted are visits during which they were signed in, and visits of nobody in particular from the IP address of
    their latest one (S4.71).
    """
    visits = list(
        Visit.objects.filter(customer=customer.pk)
        .order_by("-started_at")
        .values_list("pk", "ip")[:VISITS_LOOKED_INTO]
    )
    if not visits:
        return []
    keys = [key for key, _ip in visits]
    if ip := visits[0][1]:
        nobodys = Visit.objects.filter(ip=ip, customer=None).order_by("-started_at")
        keys += nobodys.values_list("pk", flat=True)[:VISITS_LOOKED_INTO]
    pages = PageView.objects.filter(visit__in=keys, product_id__isnull=False).order_by("-viewed_at", "-id")
    latest: dict[int, PageView] = {}
    for page in pages[:PAGES_LOOKED_INTO]:
        latest.setdefault(page.product_id, page)
    products = Product.objects.in_bulk(list(latest)[: 2 * ROWS])
    return [(page, products[key]) for key, page in latest.items() if key in products]


def vouchers_of(customer: Customer) -> QuerySet[Voucher]:
    """The vouchers that are theirs alone, the newest first (S0.51, S4.74)."""
    return Voucher.objects.filter(customer=customer.pk).order_by("-starts_at", "-id")
