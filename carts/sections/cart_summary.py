"""The block “Cart Summary”: what is in a cart and what it comes to (S0.89, S1.98–S1.105, facts 8.3)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.access.rights import HasRights
from backoffice.screen import formats
from backoffice.screen.links import link_pattern
from backoffice.screen.markup import fill, fill_each, words
from backoffice.screen.moments import minute_with_seconds

from ..models import Cart, Order, Voucher, told_choices
from ..queries.contents import (
    CartItem,
    Display,
    display_of,
    lines_of,
    local_field,
    order_of,
    taken_off_by,
    vouchers_in,
)
from ..rules import cents_of, money
from ..rules.sums import Item
from ..rules.without_tax import Parts, net, without_tax
from ..services.changing import sums_of
from .pictures import no_picture, small

TEMPLATE = "carts/summary.html"


def summary(cart: Cart, staff: HasRights) -> dict[str, Any]:
    """What the template of the block needs; the same few queries, however much is in the cart."""
    order = order_of(cart) if cart.ordered else None
    lines, display = lines_of(cart), display_of(cart, order)
    return {
        "changed": minute_with_seconds(cart.changed_at),
        "pieces": ngettext("%(n)s piece", "%(n)s pieces", cart.items_count)
        % {"n": formats.number(cart.items_count)},
        "rows": draw_lines(lines, cart.currency, staff, tax_included=display.tax_included),
        "sums": _sums(cart, lines, display),
        "vouchers": _vouchers(cart, order, lines),
        "key": formats.labelled(_("Key"), cart.key) if cart.key else "",
        "notes": _notes(order, display),
    }


def draw_lines(
    lines: Iterable[CartItem],
    currency: str,
    staff: HasRights,
    *,
    tax_included: bool,
) -> SafeString:
    """Lines of a cart as rows of its table: picture, product, unit price, quantity, stock now, total."""
    url = link_pattern("products_view") if staff.has_perm("carts.view_product") else ""
    icon, few = no_picture(), _("Fewer in stock than in the cart")
    local = f"product__{local_field()}"
    in_stock, coin = words(_("Stock")), formats.smallest_coin(currency)
    in_money, number = formats.money_in(currency), formats.numbers()
    pattern = (
        '<tr><td class="c-picture">{}</td><th scope="row" class="text">{}</th>'
        '<td class="num money c-price">{}</td><td class="num c-quantity">{}</td>'
        f'<td class="num c-stock" data-title="{in_stock}">{{}}</td><td class="num money c-sum">{{}}</td></tr>'
    )

    def cells(line: CartItem) -> tuple:
        price, whole = cents_of(line.unit_price), line.quantity * cents_of(line.unit_price)
        if not tax_included:
            price, whole = net(price, line.tax_rate, coin), net(whole, line.tax_rate, coin)
        return (
            small(line.product__picture) or icon,
            _named(line, getattr(line, local) or line.product__name, url),
            in_money(money(price)),
            number(line.quantity),
            _stock(line, number(line.product__stock), few),
            in_money(money(whole)),
        )

    return fill_each(pattern, map(cells, lines))


def _named(line: CartItem, name: str, url: str) -> SafeString:
    """The product by its name, choices, reference, and what was asked for it."""
    title = (
        fill('<a href="{}">{}</a>', url.format(line.product_id), name)
        if url
        else fill("<span>{}</span>", name)
    )
    told = [
        ("", " · ".join(filter(None, (told_choices(line.product__choices), line.product__reference)))),
        (" customised", formats.quoted(line.customisation) if line.customisation else ""),
    ]
    return fill("{}{}", title, fill_each('<span class="sub{}">{}</span>', (one for one in told if one[1])))


def _stock(line: CartItem, stock: str, few: str) -> str:
    """How many there are now, marked where that is fewer than the cart holds."""
    if line.product__stock >= line.quantity:
        return stock
    return fill('{}<span class="mark-warn" role="img" aria-label="{}" title="{}">!</span>', stock, few, few)


def _sums(cart: Cart, lines: list[CartItem], display: Display) -> list[dict]:
    """The rows under the lines: parts that are nothing are left out; the last one is what the list shows as total."""
    parts = Parts(
        products=cents_of(cart.products_total),
        discount=cents_of(cart.discount),
        shipping=cents_of(cart.shipping),
        wrapping=cents_of(cart.wrapping),
        total=cents_of(cart.total),
    )
    if not display.tax_included:
        coin = formats.smallest_coin(cart.currency)
        parts = without_tax(items_of(lines), parts, tax=cents_of(cart.tax), coin=coin)
    told = [(_("Total products"), parts.products, "")]
    if parts.discount:
        told.append((_("Total vouchers"), -parts.discount, ""))
    if parts.wrapping:
        told.append((_("Total gift wrapping"), parts.wrapping, ""))
    if parts.shipping:
        told.append((_("Total shipping"), parts.shipping, ""))
    if parts.rounding:
        told.append((_("Rounding"), parts.rounding, ""))
    if not display.tax_included:
        told.append((_("Total, tax excluded"), parts.total, "is-total"))
        told.append((_("Tax"), cents_of(cart.tax), ""))
        told.append((_("Total, tax included"), cents_of(cart.total), ""))
    else:
        told.append((_("Total"), parts.total, "is-total"))
    return [
        {"title": title, "value": formats.money(money(amount), cart.currency), "css": css}
        for title, amount, css in told
    ]


def items_of(lines: Iterable[CartItem]) -> list[Item]:
    """Lines as what is added up."""
    return [Item(one.quantity, cents_of(one.unit_price), one.tax_rate) for one in lines]


def _vouchers(cart: Cart, order: Order | None, lines: list[CartItem]) -> list[dict]:
    """The vouchers used, with what each is worth, and what it took off where that is known to the cent."""
    if order is not None:
        return [
            {"code": code, "name": "", "worth": "", "taken": formats.money(-amount, order.currency)}
            for code, amount in taken_off_by(order).items()
        ]
    used = vouchers_in(cart)
    sums = sums_of(cart, items_of(lines), used)
    # A voucher that was changed since the cart was is worth something else by now.
    known = sums.discount == cents_of(cart.discount)
    return [
        {
            "code": voucher.code,
            "name": voucher.name,
            "worth": _worth(voucher),
            "taken": formats.money(money(-taken), cart.currency) if known else "",
        }
        for voucher, taken in zip(used, sums.taken, strict=True)
    ]


def _worth(voucher: Voucher) -> str:
    worth = []
    if voucher.percent is not None:
        worth.append(formats.percent(voucher.percent / Decimal(100), places=2))
    if voucher.amount is not None:
        worth.append(formats.shop_money(voucher.amount))
    if voucher.free_shipping:
        worth.append(_("Free shipping"))
    return " + ".join(worth)


def _notes(order: Order | None, display: Display) -> list[str]:
    """How prices are shown and why, and what the group gets, which orders do not keep (facts 8.3, S2.15)."""
    facts = {"group": formats.quoted(display.group.local_name)}
    if order is not None and display.tax_included:
        return [_("Prices are tax included, as in the order.")]
    if order is not None:
        return [_("Prices are tax excluded, as in the order.")]
    if display.tax_included:
        said = [_("Prices are tax included, as the group %(group)s sees them.") % facts]
    else:
        said = [_("Prices are tax excluded, as the group %(group)s sees them.") % facts]
    if display.group.discount:
        percent = formats.percent(display.group.discount / 100, places=2)
        said.append(_("The group has a discount of %(percent)s.") % {"percent": percent})
    if display.group.free_shipping:
        said.append(_("The group has free shipping."))
    return said
