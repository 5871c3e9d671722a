"""What becomes of carts, vouchers and orders when their customers are deleted for good (facts 2.7)."""

from django.utils.translation import ngettext

from backoffice.models import Counter
from backoffice.screen import formats
from customers.registries import DeletionStep

from ..models import Cart, Order, Voucher
from .locks import hold_going
from .order_words import outlive
from .vouchers import take_out_of_carts


def foretell(ids: list[int]) -> list[str]:
    """Carts and vouchers go; orders stay, under the name they were placed in."""
    carts = Cart.objects.filter(customer__among=ids).count()
    vouchers = Voucher.objects.filter(customer__among=ids).count()
    orders = Order.objects.filter(customer__among=ids).count()
    said = []
    if carts:
        said.append(
            ngettext("Removes %(n)s cart.", "Removes %(n)s carts.", carts) % {"n": formats.number(carts)}
        )
    if vouchers:
        said.append(
            ngettext("Removes %(n)s voucher.", "Removes %(n)s vouchers.", vouchers)
            % {"n": formats.number(vouchers)}
        )
    if orders:
        said.append(
            ngettext(
                "%(n)s order stays, with the name of the customer.",
                "%(n)s orders stay, with the name of the customer.",
                orders,
            )
            % {"n": formats.number(orders)}
        )
    return said


def hold(ids: list[int]) -> None:
    """Lock their carts and vouchers: whoever changes one locks it first, and then whose it is."""
    hold_going(Voucher.objects.filter(customer__among=ids), customers=ids)


def let_go(ids: list[int]) -> None:
    """Orders become nobody's, and vouchers of theirs take nothing more off the carts of others; the stored lengths of
    the lists move, from which rows go with their customers."""
    outlive(ids)
    if vouchers := set(Voucher.objects.filter(customer__among=ids).values_list("pk", flat=True)):
        take_out_of_carts(vouchers, besides=set(ids))
    for rows in (Cart.objects.filled(), Voucher.objects.all()):
        if gone := rows.filter(customer__among=ids).count():
            Counter.move(rows.model._meta.label_lower, -gone)


DELETION = DeletionStep(foretell=foretell, run=let_go, hold=hold)
