"""How the figures of what a customer bought come about: what is added up, and the orders or carts behind it.

Worked out when somebody opens one, over all rows of that customer; the pages show the stored figures (decision 39).
"""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.lists.latest import ROWS
from backoffice.screen import formats
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_table
from backoffice.sections import Explanation, add_explanations
from customers.models import Customer

from ..models import Order
from ..queries import carts_by_state, carts_of, open_orders_of, orders_of, owed_in, purchases_by_currency
from .customer_carts import carts_table
from .order_columns import order_link

ZERO = Decimal("0.00")


def _total(title: str, stored: object, counted: object, said) -> dict:
    """The last lines of a reckoning: the stored figure, and a warning where adding up gives another one."""
    told = {"sums": [{"title": title, "value": said(stored), "is_total": True}]}
    if stored != counted:
        warning = _("Adding up gives %(number)s: the stored figures have to be counted again.")
        told["warning"] = warning % {"number": said(counted)}
    return told


def _reckoned(lines: Iterable[dict], total: dict) -> dict:
    return {**total, "sums": [*lines, *total["sums"]]}


def _orders(customer: Customer, staff) -> dict:
    """Imported ones, valid ones and the others."""
    figures, found = customer.figures, purchases_by_currency(customer)
    valid = sum(one["orders"] for one in found if one["valid"])
    invalid = sum(one["orders"] for one in found if not one["valid"])
    lines = [(_("Valid orders"), valid), (_("Invalid orders"), invalid)]
    if figures.opening_orders:
        lines.insert(0, (_("Imported"), figures.opening_orders))
    counted = figures.opening_orders + valid + invalid
    sums = [{"title": title, "value": formats.number(number)} for title, number in lines]
    total = _total(_("Orders"), figures.orders_count, counted, formats.number)
    return {**_reckoned(sums, total), **_order_table(orders_of(customer)[:ROWS], _("The latest orders"))}


def _spent(customer: Customer, staff) -> dict:
    """What was imported, and the valid orders of each currency by the rate that each order keeps (decision 17)."""
    figures = customer.figures
    found = [one for one in purchases_by_currency(customer) if one["valid"]]
    sums = [{**_of_currency(one), "value": formats.shop_money(one["sum_value"])} for one in found]
    if figures.opening_orders or figures.opening_spent:
        imported = {"title": _("Imported"), "note": _counted(figures.opening_orders)}
        sums.insert(0, {**imported, "value": formats.shop_money(figures.opening_spent)})
    counted = figures.opening_spent + sum((one["sum_value"] for one in found), ZERO)
    total = _total(_("Sales"), figures.total_spent, counted, formats.shop_money)
    valid = orders_of(customer).filter(valid=True)[:ROWS]
    return {**_reckoned(sums, total), **_order_table(valid, _("The latest valid orders"))}


def _of_currency(found: dict) -> dict:
    """How many orders in that currency; of a foreign one what they came to, and by which rates."""
    note = [_counted(found["orders"])]
    if found["currency"] != settings.SHOP_CURRENCY:
        rates = dict.fromkeys(formats.decimals(rate, 4) for rate in (found["lowest"], found["highest"]))
        note += [
            formats.money(found["sum_total"], found["currency"]),
            _("rate %(rate)s") % {"rate": "–".join(rates)},
        ]
    return {"title": found["currency"], "note": " · ".join(note)}


def _counted(number: int) -> str:
    return ngettext("%(n)s order", "%(n)s orders", number) % {"n": formats.number(number)}


def _invalid(customer: Customer, staff) -> dict:
    """Orders that are no purchase yet, or no more."""
    rows = orders_of(customer).filter(valid=False)[:ROWS]
    said = _("Orders whose status does not count as a purchase: not paid yet, canceled, refunded.")
    return {"said": said, **_order_table(rows, _("The latest invalid orders"))}


def _outstanding(customer: Customer, staff) -> dict:
    """Of each open order what is not paid, beside what the customer may owe (S4.58, decision 17)."""
    stored, allowed = customer.figures.outstanding, customer.outstanding_allowance
    orders = open_orders_of(customer)
    number, counted = owed_in(orders)
    opened = {
        "title": _("Not paid of open orders"),
        "note": _counted(number),
        "value": formats.shop_money(counted),
    }
    told = _reckoned([opened], _total(_("Outstanding"), stored, counted, formats.shop_money))
    left = _("Over it by") if stored > allowed else _("Left")
    told["sums"] += [
        {"title": _("Allowed outstanding amount"), "value": formats.shop_money(allowed)},
        {"title": left, "value": formats.shop_money(abs(allowed - stored))},
    ]
    columns = (
        (_("ID"), "num"),
        (_("Date"), "date"),
        (_("Total"), "money"),
        (_("Total paid"), "money"),
        (_("Outstanding"), "money"),
    )
    rows = [
        (
            order_link(order.pk),
            minute_with_seconds(order.placed_at),
            formats.money(order.total, order.currency),
            formats.money(order.paid, order.currency),
            formats.shop_money(order.outstanding),
        )
        for order in orders[:ROWS]
    ]
    return {**told, "rows_title": _("Open orders"), "cards": True, **as_table(columns, rows)}


def _order_table(orders: Iterable[Order], title: str) -> dict:
    """Orders as reckonings show them: what each came to, and what it counts in the shop's currency."""
    columns = (
        (_("ID"), "num"),
        (_("Date"), "date"),
        (_("Total"), "money"),
        (_("Sales"), "money"),
        (_("Status"), ""),
    )
    rows = [
        (
            order_link(order.pk),
            minute_with_seconds(order.placed_at),
            formats.money(order.total, order.currency),
            formats.shop_money(order.value) if order.valid else "–",
            order.status.local_name,
        )
        for order in orders
    ]
    return {"rows_title": title if rows else "", "cards": True, **as_table(columns, rows)}


def _first_order(customer: Customer, staff) -> dict:
    return _of_order(orders_of(customer).order_by("placed_at", "id").first())


def _last_order(customer: Customer, staff) -> dict:
    return _of_order(orders_of(customer).first())


def _of_order(order: Order | None) -> dict:
    """The lines of an order, and what they came to."""
    if order is None:
        return {"said": _("No orders.")}
    lines = list(order.lines.order_by("pk")[: ROWS + 1])
    columns = (
        (_("Name"), "wraps"),
        (_("Quantity"), "num"),
        (_("Unit price"), "money"),
        (_("Total"), "money"),
    )
    rows = [
        (
            line.product_name,
            formats.number(line.quantity),
            formats.money(line.unit_price, order.currency),
            formats.money(line.unit_price * line.quantity, order.currency),
        )
        for line in lines[:ROWS]
    ]
    sums = [
        (_("Total products"), order.products_total, False),
        (_("Total vouchers"), -order.discount, False),
        (_("Total shipping"), order.shipping, False),
        (_("Total"), order.total, True),
        (_("Total paid"), order.paid, False),
    ]
    facts = (formats.labelled(_("ID"), order.pk), formats.moment(order.placed_at), order.status.local_name)
    return {
        "said": " · ".join(facts),
        "sums": [
            {"title": title, "value": formats.money(amount, order.currency), "is_total": is_total}
            for title, amount, is_total in sums
            if amount or is_total or amount == order.paid
        ],
        "rows_title": _("The first ten products") if len(lines) > ROWS else "",
        "cards": True,
        **as_table(columns, rows),
    }


def _carts(customer: Customer, staff) -> dict:
    """By what became of them; empty ones do not count (S0.85, decision 16)."""
    found = carts_by_state(customer)
    sums = [{"title": state.label, "value": formats.number(number)} for state, number in found.items()]
    total = _total(_("Carts"), customer.figures.carts_count, sum(found.values()), formats.number)
    carts = list(carts_of(customer)[:ROWS])
    rows_title = _("The latest carts") if carts else ""
    return {**_reckoned(sums, total), "rows_title": rows_title, **carts_table(carts)}


def _purchases(name: str, title, content) -> Explanation:
    return Explanation(name=name, title=title, content=content, right="carts.view_order")


add_explanations(
    "customers",
    _purchases("orders", gettext_lazy("Orders"), _orders),
    _purchases("spent", gettext_lazy("Sales"), _spent),
    _purchases("invalid", gettext_lazy("Invalid orders"), _invalid),
    _purchases("outstanding", gettext_lazy("Outstanding"), _outstanding),
    _purchases("first_order", gettext_lazy("First order"), _first_order),
    _purchases("last_order", gettext_lazy("Last order"), _last_order),
    Explanation(name="carts", title=gettext_lazy("Carts"), content=_carts, right="carts.view_cart"),
)
