"""Orders: written with their figures in one transaction, whoever states them (S1.56–S1.58, decision 17)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from secrets import choice
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from customers.models import Customer
from customers.services.figures import lock_buyer, record_purchase, revise_purchase
from groups.models import PriceDisplay

from ..models import Order, OrderLine, OrderStatus, OrderVoucher, Product
from ..rules import cents_of, in_shop_currency, money, refuse_too_large
from .changing import refuse_hidden
from .locks import hold_vouchers_of
from .recounting import restate_purchases
from .voucher_uses import settle_uses

ZERO = Decimal("0.00")
_MONEY = ("products_total", "discount", "total", "paid")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A product as it was bought: `product` where the shop knows it."""

    name: str
    quantity: int
    unit_price: Decimal
    tax_rate: Decimal
    reference: str = ""
    customisation: str = ""
    product: Product | None = None


@dataclass(frozen=True, kw_only=True)
class Discount:
    """What something took off: a code, of a voucher where the shop knows it."""

    code: str
    amount: Decimal
    voucher_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What an order is made of: its fields by name, lines, discounts."""

    fields: dict[str, Any]
    lines: Sequence[Line]
    discounts: Sequence[Discount] = field(default=())


@one_change()
def write_order(order: Order | None, parts: Parts, *, customer: Customer | None, by: Actor) -> Order:
    """A new order, or a stored one, locked, as it is now; the customer's figures move with it.

    What it is worth in the shop's currency, and what is owed of it, follow from total, paid, rate and status. Broken
    where that is more than anybody sells, NotAllowed for a new one of somebody hidden.
    """
    before = _counted(order) if order else None
    if order is None and customer:
        customer = _held(customer)
    order = order or Order(reference=new_reference(), customer=customer)
    values = {**_identity(order, customer), **parts.fields}
    values |= _worth(order, values)
    refuse_too_large(*(values[name] for name in _MONEY if name in values))
    is_new = order._state.adding
    changed = changes.save(order, values, by=by)
    _write_lines(order, parts.lines, is_new=is_new)
    _write_discounts(order, parts.discounts, is_new=is_new)
    if not order.status.stands:
        settle_uses(order)
    _move_figures(order, before, changed)
    return order


def _held(customer: Customer) -> Customer:
    """Who buys, as they are called now; until the order is there, which is found by that, nobody renames them.

    NotAllowed for who is hidden.
    """
    lock_buyer(customer.pk)
    changes.hold(Customer, [customer.pk])
    held = Customer.objects.select_related("default_group").get(pk=customer.pk)
    refuse_hidden(held)
    return held


def _identity(order: Order, customer: Customer | None) -> dict[str, Any]:
    """Whose order it is, as they were called and saw prices then; that outlives them and their group."""
    if customer is None or not order._state.adding:
        return {}
    return {
        "customer": customer,
        "customer_name": customer.name,
        "customer_email": customer.email,
        "tax_included": customer.default_group.price_display == PriceDisplay.TAX_INCLUDED,
    }


def _worth(order: Order, values: dict[str, Any]) -> dict[str, Any]:
    """What it counts for. Broken where that is too much, also while nothing is owed: the next status may be owed."""
    status, rate = values.get("status", order.status_id and order.status), values.get("rate", order.rate)
    total, paid = (cents_of(values.get(name, getattr(order, name))) for name in ("total", "paid"))
    owed = money(in_shop_currency(abs(total - paid), rate) * (1 if total >= paid else -1))
    value = money(in_shop_currency(total, rate))
    refuse_too_large(value, owed)
    return {"valid": status.valid, "value": value, "outstanding": owed if status.owed else ZERO}


def _counted(order: Order) -> dict[str, Any]:
    return {
        "valid_orders": int(order.valid),
        "spent": order.value if order.valid else ZERO,
        "outstanding": order.outstanding,
    }


def _move_figures(order: Order, before: dict[str, Any] | None, changed: Sequence[str]) -> None:
    if order.customer_id is None:
        return
    after = _counted(order)
    if before is None:
        record_purchase(
            order.customer_id,
            placed_at=order.placed_at,
            value=order.value,
            valid=order.valid,
            outstanding=order.outstanding,
        )
    elif "placed_at" in changed:
        restate_purchases(order.customer_id)
    elif after != before:
        revise_purchase(order.customer_id, **{name: after[name] - before[name] for name in after})


def _write_lines(order: Order, lines: Sequence[Line], *, is_new: bool) -> None:
    wanted = [
        OrderLine(
            order=order,
            product=line.product,
            product_name=line.name,
            product_reference=line.reference,
            customisation=line.customisation,
            quantity=line.quantity,
            unit_price=line.unit_price,
            tax_rate=line.tax_rate,
        )
        for line in lines
    ]
    _replace(OrderLine, order, wanted, is_new=is_new)


def _write_discounts(order: Order, discounts: Sequence[Discount], *, is_new: bool) -> None:
    """Each code once; the same one again takes off more."""
    by_code: dict[str, OrderVoucher] = {}
    for one in discounts:
        known = by_code.setdefault(one.code, OrderVoucher(order=order, code=one.code, amount=ZERO))
        known.amount += one.amount
        known.voucher_id = one.voucher_id
    _replace(OrderVoucher, order, list(by_code.values()), is_new=is_new)


def _replace(model: type, order: Order, wanted: list, *, is_new: bool) -> None:
    """The rows of an order as they are wanted; nothing is written where they are so already."""
    names = [one.attname for one in model._meta.concrete_fields if not one.primary_key]
    stored = [] if is_new else list(model.objects.filter(order=order.pk).order_by("pk"))
    if [[getattr(row, name) for name in names] for row in stored] == [
        [getattr(row, name) for name in names] for row in wanted
    ]:
        return
    if stored:
        model.objects.filter(order=order.pk).delete()
    model.objects.bulk_create(wanted)


@verb("carts.change_order")
@one_change()
def set_order_status(
    order: Order,
    status: OrderStatus,
    *,
    by: Actor,
    paid: Decimal | None = None,
    reason: str = "",
    version: int | None = None,
) -> Order:
    """How far the order is now, and what was paid of it; whether it counts as a purchase follows.

    One that is cancelled gives the uses of its vouchers back. `reason` goes into the history. Conflict where `version`
    is given and somebody changed the order since; Broken where that is more than anybody pays.
    """
    hold_vouchers_of(Order.objects.filter(pk=order.pk))
    lock_buyer(order.customer_id)
    current = changes.lock(order, version=version)
    before, stood = _counted(current), current.status.stands
    values: dict[str, Any] = {"status": status} | ({} if paid is None else {"paid": paid})
    values |= _worth(current, values)
    changed = changes.save(current, values, by=by, reason=reason)
    if stood is not status.stands:
        settle_uses(current)
    _move_figures(current, before, changed)
    return current


def new_reference() -> str:
    """Nine letters that tell nobody how many orders there are (facts 1.11, G17)."""
    return "".join(choice(ascii_uppercase) for _ in range(9))


def status_named(name: str) -> OrderStatus:
    """The status of this name, in the language it was first written in; NotAllowed where there is none."""
    status = OrderStatus.objects.filter(name=name).first()
    if status is None:
        known = ", ".join(OrderStatus.objects.order_by("position").values_list("name", flat=True))
        raise NotAllowed(
            _("There is no order status “%(name)s”. There are: %(known)s.") % {"name": name, "known": known}
        )
    return status


def first_status() -> OrderStatus:
    """How an order stands of which nothing is said."""
    return OrderStatus.objects.order_by("position", "pk")[0]
