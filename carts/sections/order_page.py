"""The page of an order: what was bought, what it came to, by whom, and how far it is (S1.56–S1.58, S4.66, S4.67)."""

from decimal import Decimal

from django.conf import settings
from django.db.models import F
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.access.verbs import right_of
from backoffice.live.versions import joined
from backoffice.screen import formats
from backoffice.screen.links import link, link_pattern
from backoffice.screen.markup import fill, fill_each, mail_link, words
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_facts, as_table
from customers.models import Customer, Thread

from ..forms import OrderStatusForm
from ..models import Order, OrderLine, told_choices
from ..rules import cents_of, money
from ..rules.sums import Item
from ..rules.without_tax import Parts, net, without_tax
from ..services.ordering import set_order_status
from .links import record_url
from .order_columns import more_than, painted_status
from .pictures import no_picture, small

THREADS = 10


def heading(order: Order, staff) -> dict:
    """Number, whether it counts as a purchase, and the order at a glance."""
    told: list[tuple[str, str]] = [
        (_("Date"), minute_with_seconds(order.placed_at)),
        (_("Total"), _money(order, order.total)),
        (_("Total paid"), _money(order, order.paid)),
        (_("Payment"), order.payment),
        (_("Carrier"), order.carrier_name),
    ]
    return {
        "record_id_text": formats.labelled(_("ID"), f"{order.pk:06d}"),
        "badges": _badges(order),
        "glance": [
            *as_facts(told),
            *_cart(order, staff),
        ],
    }


def version() -> Combinable:
    """Another one with each change of the order: how far it is, what is paid of it, what another system says of it."""
    return F("version")


def customer_version() -> Combinable:
    """Another one when its customer has bought something, or is called otherwise."""
    figures = ("valid_orders_count", "orders_count", "total_spent")
    return joined("customer__version", *(f"customer__figures__{name}" for name in figures))


def _badges(order: Order) -> list[dict]:
    badges = [
        {"text": _("Valid"), "tone": "good"} if order.valid else {"text": _("Not valid"), "tone": "warn"}
    ]
    if order.outstanding > 0:
        badges.append({"text": _("Not paid in full"), "tone": "bad"})
    if order.status.stands and order.paid > order.total:
        badges.append({"text": more_than(order.total, order.paid, order.currency), "tone": "warn"})
    return badges


def _cart(order: Order, staff) -> list[dict]:
    """The cart it came from, with the way there for who may see carts."""
    if order.cart_id is None:
        return []
    url = record_url("carts", order.cart_id, staff)
    return [{"title": _("Cart"), "value": f"{order.cart_id:06d}", "url": url}]


def _money(order: Order, amount: Decimal) -> str:
    return formats.money(amount, order.currency)


def lines_panel(order: Order, staff) -> dict:
    """All that was bought, however much it is, named and priced as it was then."""
    lines = list(order.lines.select_related("product").order_by("pk"))
    columns = (
        (_("Product"), "wraps"),
        (_("Reference"), "wraps"),
        (_("Unit price"), "money"),
        (_("Quantity"), "num"),
        (_("Total"), "money"),
    )
    return {
        "count": formats.number(order.items_count),
        "empty": "" if lines else _("Nothing is known of what was bought."),
        "rows_title": "" if order.tax_included else _("Prices are tax excluded, as the customer saw them."),
        "cards": True,
        **as_table(columns, ()),
        "drawn": _draw_lines(order, lines, staff),
    }


def _draw_lines(order: Order, lines: list[OrderLine], staff) -> SafeString:
    """The lines as rows of their table, in one pass: there may be thousands."""
    url = link_pattern("products_view") if staff.has_perm("carts.view_product") else ""
    icon, coin = no_picture(), formats.smallest_coin(order.currency)
    in_money, number = formats.money_in(order.currency), formats.numbers()
    titles = [words(one) for one in (_("Reference"), _("Unit price"), _("Quantity"), _("Total"))]
    pattern = (
        '<tr><th scope="row" class="wraps"><span class="ware">{}<span>{}{}</span></span></th>'
        f'<td class="wraps" data-title="{titles[0]}">{{}}</td>'
        f'<td class="money" data-title="{titles[1]}">{{}}</td>'
        f'<td class="num" data-title="{titles[2]}">{{}}</td>'
        f'<td class="money" data-title="{titles[3]}">{{}}</td></tr>'
    )

    def cells(line: OrderLine) -> tuple:
        price, whole = cents_of(line.unit_price), line.quantity * cents_of(line.unit_price)
        if not order.tax_included:
            price, whole = net(price, line.tax_rate, coin), net(whole, line.tax_rate, coin)
        return (
            (small(line.product.picture) if line.product else "") or icon,
            *_named(line, url),
            line.product_reference,
            in_money(money(price)),
            number(line.quantity),
            in_money(money(whole)),
        )

    return fill_each(pattern, map(cells, lines))


def _named(line: OrderLine, url: str) -> tuple[str, str]:
    """The product, leading to its page while it is sold here; under its name which variant it is, and what was asked
    for it."""
    name: str = line.product_name
    if line.product_id and url:
        name = fill('<a href="{}">{}</a>', url.format(line.product_id), line.product_name)
    told = (told_choices(line.product.choices) if line.product else "", line.customisation)
    return name, fill_each('<br><span class="muted">{}</span>', ((one,) for one in told if one))


def sums_panel(order: Order, staff) -> dict:
    """What the total is made of, as its buyer saw prices, in the order's currency; and what is still to be paid."""
    codes = ", ".join(order.vouchers.order_by("pk").values_list("code", flat=True))
    parts = _parts(order)
    told = [
        (_("Total products"), "", parts.products),
        (_("Total vouchers"), codes, -parts.discount),
        (_("Total gift wrapping"), "", parts.wrapping),
        (_("Total shipping"), order.carrier_name, parts.shipping),
        (_("Rounding"), "", parts.rounding),
    ]
    sums = [
        {"title": title, "note": note, "value": _money(order, money(amount))}
        for place, (title, note, amount) in enumerate(told)
        if amount or not place
    ]
    total, tax = _money(order, order.total), _money(order, order.tax)
    if order.tax_included:
        note = _("of which tax: %(tax)s") % {"tax": tax}
        sums.append({"title": _("Total"), "note": note, "value": total, "is_total": True})
    else:
        without = _money(order, money(parts.total))
        sums.append({"title": _("Total, tax excluded"), "value": without, "is_total": True})
        sums.append({"title": _("Tax"), "value": tax})
        sums.append({"title": _("Total, tax included"), "value": total, "is_total": True})
    sums.append({"title": _("Total paid"), "value": _money(order, order.paid)})
    if order.outstanding:
        title = _("Outstanding") if order.outstanding > 0 else _("Paid too much")
        until = _("due on %(day)s") % {"day": formats.day(order.due_on)} if order.due_on else ""
        value = formats.shop_money(abs(order.outstanding))
        sums.append({"title": title, "note": until, "value": value, "is_total": True})
    elif order.due_on:
        sums.append({"title": _("Due date"), "value": formats.day(order.due_on)})
    return {"sums": sums, "said": _in_shop_currency(order)}


def _parts(order: Order) -> Parts:
    """The parts of its total in cents, with tax or without."""
    names = ("products_total", "discount", "shipping", "wrapping", "total", "rounding")
    parts = Parts(*(cents_of(getattr(order, name)) for name in names))
    if order.tax_included:
        return parts
    lines = order.lines.values_list("quantity", "unit_price", "tax_rate")
    items = [Item(quantity, cents_of(price), rate) for quantity, price, rate in lines]
    return without_tax(items, parts, tax=cents_of(order.tax), coin=formats.smallest_coin(order.currency))


def _in_shop_currency(order: Order) -> str:
    """What an order of another currency is worth here, by which rate (decision 17)."""
    if order.currency == settings.SHOP_CURRENCY:
        return ""
    facts = {
        "currency": order.currency,
        "value": formats.shop_money(order.value),
        "rate": formats.decimals(order.rate, 4),
    }
    return _("Paid in %(currency)s; counted as %(value)s, rate %(rate)s.") % facts


def status_panel(order: Order, staff) -> dict:
    """How far it is; the form for who may say so."""
    may = staff.has_perm(right_of(set_order_status))
    return {
        "status": painted_status(order.status),
        "form": OrderStatusForm(order=order) if may else None,
        "status_url": reverse("orders_status", args=[order.pk]) if may else "",
    }


def customer_panel(order: Order, staff) -> dict:
    """Who bought it, as they were called then, and what they are to the shop today."""
    customer = Customer.objects.filter(pk=order.customer_id).select_related("figures").first()
    if customer is None:
        facts = [(_("Name"), order.customer_name), (_("E-mail address"), mail_link(order.customer_email))]
    elif customer.is_hidden:
        facts = [(_("Customer"), _("Deleted customer"))]
    else:
        facts = _of_customer(order, customer, staff)
    return {"facts": as_facts(facts)}


def _of_customer(order: Order, customer: Customer, staff) -> list[tuple[str, str]]:
    name: SafeString | str = customer.name
    if staff.has_perm("customers.view_customer"):
        name = fill('<a class="strong" href="{}">{}</a>', link("customers_view", customer.pk), customer.name)
    then = order.customer_name if order.customer_name != customer.name else ""
    figures = customer.figures
    valid = figures.valid_orders_count
    orders = ngettext("%(valid)s valid of %(all)s", "%(valid)s valid of %(all)s", valid) % {
        "valid": formats.number(valid),
        "all": formats.number(figures.orders_count),
    }
    return [
        (_("Customer"), name),
        (_("Ordered as"), then),
        (_("E-mail address"), mail_link(customer.email)),
        (_("Company"), customer.company),
        (_("Language"), formats.language_label(order.language)),
        (_("Registration date"), formats.day(customer.registered_at)),
        (_("Orders"), orders),
        (_("Sales"), formats.shop_money(figures.total_spent)),
        (_("First order"), _("This one") if figures.first_order_at == order.placed_at else ""),
    ]


def addresses_panel(order: Order, staff) -> dict | None:
    """Both addresses as they were written when it was placed: they never change. Those of who is hidden are told to
    nobody (decision 19)."""
    hidden = Customer.objects.filter(pk=order.customer_id, deleted=True)
    if not (order.billing_address or order.shipping_address) or hidden.exists():
        return None
    same = order.billing_address == order.shipping_address
    told = [(_("Billing address"), order.billing_address), (_("Shipping address"), order.shipping_address)]
    if same:
        told = [(_("Billing and shipping address"), order.billing_address)]
    return {"addresses": [{"title": title, "text": text} for title, text in told if text]}


def messages_panel(order: Order, staff) -> dict:
    """The conversations about this order."""
    threads = Thread.objects.filter(customer=order.customer_id, order_reference=order.reference)
    found = list(threads.order_by("-last_message_at")[:THREADS]) if order.customer_id else []
    rows = [
        (
            minute_with_seconds(one.last_message_at),
            fill('<a href="{}">{}</a>', link("messages_view", one.pk), one.subject or _("No subject")),
            one.get_status_display(),
        )
        for one in found
    ]
    columns = ((_("Date"), "date"), (_("Subject"), "wraps"), (_("Status"), ""))
    return {
        "count": formats.number(len(found)),
        "empty": "" if found else _("No messages about this order."),
        **as_table(columns, rows),
    }
