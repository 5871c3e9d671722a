"""The uses of vouchers: taken by orders that stand, given back by those that were cancelled (facts 1.10, 4.8)."""

from django.db.models import F, Q, QuerySet

from ..models import Order, OrderVoucher, Voucher

STANDS = Q(order__status__valid=True) | Q(order__status__owed=True)


def uses_of(voucher: Voucher) -> QuerySet[OrderVoucher]:
    """Its uses that count: not those of orders that were cancelled."""
    return OrderVoucher.objects.filter(STANDS, voucher=voucher.pk)


def given_back_of(voucher: Voucher) -> QuerySet[OrderVoucher]:
    """Its uses in orders that were cancelled."""
    return OrderVoucher.objects.filter(~STANDS, voucher=voucher.pk)


def settle_uses(order: Order) -> None:
    """Give the uses that an order holds back where it was cancelled, and take them again where it stands again.

    None is taken where none is left: what was bought stays bought. Orders of another system used nothing up here.
    """
    if order.external_id:
        return
    stands = order.status.stands
    for use in order.vouchers.filter(given_back=stands, voucher__isnull=False).order_by("voucher"):
        voucher = Voucher.objects.select_for_update(of=("self",), no_key=True).get(pk=use.voucher_id)
        if stands and voucher.quantity == 0:
            continue
        if voucher.quantity is not None:
            more = -1 if stands else 1
            Voucher.objects.filter(pk=voucher.pk).update(quantity=F("quantity") + more)
        OrderVoucher.objects.filter(pk=use.pk).update(given_back=not stands)
