"""Whoever locks more than one kind of record here locks them in one order, so that nobody waits in a circle.

Carts, vouchers, groups and tags that go, customers, addresses, orders, figures, products, counts; of one kind by its
numbers.
"""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from customers.models import CustomerFigures

from ..models import Cart, OrderVoucher, Voucher


def hold(rows: QuerySet) -> None:
    """Lock these records by number until the transaction ends; what merely points at one waits for nobody."""
    list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def hold_figures(customers: Iterable[int]) -> None:
    """Lock what is counted of these customers."""
    hold(CustomerFigures.objects.filter(pk__among=sorted(customers)))


def hold_vouchers_of(orders: QuerySet) -> None:
    """Lock the vouchers whose uses these orders hold."""
    uses = OrderVoucher.objects.filter(order__in=orders.order_by().values("pk"))
    hold(Voucher.objects.filter(pk__in=uses.values("voucher")))


def hold_going(vouchers: QuerySet[Voucher], *, customers: Collection[int] = ()) -> None:
    """Lock vouchers that are to be deleted, and before them the carts of these customers and those that use one."""
    keys = set(Cart.objects.filter(customer__among=list(customers)).values_list("pk", flat=True))
    uses = Voucher.carts.through.objects.filter(voucher__in=vouchers.order_by().values("pk"))
    keys.update(uses.filter(cart__ordered=False).values_list("cart", flat=True))
    hold(Cart.objects.filter(pk__among=sorted(keys)))
    hold(vouchers)
