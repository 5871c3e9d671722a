"""The page of a product: what it is called and costs, its variants, and who may buy it (S2.17)."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from backoffice.lists.latest import ROWS, latest
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_facts, as_table

from ..models import CartLine, OrderLine, Product, told_choices
from .links import customer_link
from .order_columns import painted_status
from .pictures import thumbnail

VARIANTS = 100


def heading(product: Product, staff) -> dict:
    """Reference, whether it is sold, price and stock: of one with variants what they have together."""
    state = (_("Enabled"), "good") if product.active else (_("Disabled"), "bad")
    stock = product.variants.aggregate(all=Sum("stock"))["all"]
    stock = product.stock if stock is None else stock
    badges = [state] if stock > 0 else [state, (_("Out of stock"), "warn")]
    return {
        "record_id_text": formats.labelled(_("Reference"), product.reference) if product.reference else "",
        "badges": [{"text": text, "tone": tone} for text, tone in badges],
        "glance": [
            {
                "title": _("Price, tax included"),
                "value": formats.shop_money(product.price),
            },
            {"title": _("Stock"), "value": formats.number(stock)},
        ],
    }


def facts_panel(product: Product, staff) -> dict:
    """What the storefront says of it; an empty name of a language is the one first written."""
    parent = product.parent
    facts = [
        (_("Picture"), thumbnail(product)),
        (_("Name"), product.name),
        (_("Name in French"), product.name_fr),
        (_("Name in Polish"), product.name_pl),
        (_("Name in Romanian"), product.name_ro),
        (_("Category"), product.category.local_name if product.category else ""),
        (_("Tax rate"), formats.percent(product.tax_rate / 100, places=2)),
        (
            _("Variant of"),
            fill('<a href="{}">{}</a>', link("products_view", parent.pk), parent) if parent else "",
        ),
        (_("Choices"), told_choices(product.choices)),
        (_("Picture address"), product.picture),
        (_("External reference"), product.external_id),
        (_("Last update"), minute_with_seconds(product.updated_at)),
    ]
    return {"facts": as_facts(facts)}


def variants_panel(product: Product, staff) -> dict | None:
    """The products that are this one in another size or colour; nothing where there is none."""
    found = list(product.variants.order_by("reference", "pk")[:VARIANTS])
    rows = [
        (
            fill(
                '<a href="{}">{}</a>',
                link("products_view", one.pk),
                told_choices(one.choices) or one.local_name,
            ),
            one.reference,
            formats.shop_money(one.price),
            formats.number(one.stock),
        )
        for one in found
    ]
    columns = ((_("Choices"), "wraps"), (_("Reference"), "wraps"), (_("Price"), "money"), (_("Stock"), "num"))
    return {"count": len(found), "cards": True, **as_table(columns, rows)} if found else None


def _with_variants(product: Product) -> list[int]:
    """It is bought in one size or colour, and asked for as what it is."""
    return [product.pk, *product.variants.order_by("pk").values_list("pk", flat=True)[:VARIANTS]]


def carts_panel(product: Product, staff) -> dict:
    """The carts without an order that it lies in, the one where it was put last on top."""
    lines = CartLine.objects.filter(product__in=_with_variants(product), cart__ordered=False)
    lines = lines.order_by("-added_at")
    found = latest(lines.select_related("cart__customer"), since="added_at")
    rows = [
        (
            fill('<a href="{}">{}</a>', link("carts_view", line.cart_id), f"{line.cart_id:06d}"),
            minute_with_seconds(line.added_at),
            customer_link(line.cart.customer, staff, nobody=_("Visitor")),
            formats.number(line.quantity),
        )
        for line in found.rows
    ]
    columns = ((_("Cart"), ""), (_("Date"), "date"), (_("Customer"), "wraps"), (_("Quantity"), "num"))
    return {
        "count": found.count,
        "empty": "" if rows else _("It is in no cart at the moment."),
        "cards": True,
        **as_table(columns, rows),
    }


def bought_panel(product: Product, staff) -> dict:
    """The orders it was bought in, whatever became of them: of those that came last the latest on top."""
    lines = OrderLine.objects.filter(product__in=_with_variants(product)).order_by("-pk")
    found = latest(lines.select_related("order__customer", "order__status"))
    rows = [
        (
            fill('<a href="{}">{}</a>', link("orders_view", line.order_id), line.order.reference),
            minute_with_seconds(line.order.placed_at),
            customer_link(line.order.customer, staff, nobody=line.order.customer_name),
            formats.number(line.quantity),
            painted_status(line.order.status),
        )
        for line in sorted(found.found, key=lambda line: line.order.placed_at, reverse=True)[:ROWS]
    ]
    columns = (
        (_("Order"), ""),
        (_("Date"), "date"),
        (_("Customer"), "wraps"),
        (_("Quantity"), "num"),
        (_("Status"), ""),
    )
    return {
        "count": found.count,
        "empty": "" if rows else _("Nobody has bought it yet."),
        "cards": True,
        **as_table(columns, rows),
    }


def groups_panel(product: Product, staff) -> dict:
    """The groups whose members alone may buy it."""
    groups = [
        (fill('<a href="{}">{}</a>', link("groups_view", one.pk), one.local_name),)
        for one in product.exclusive_to.order_by("pk")
    ]
    return {
        "empty": "" if groups else _("Sold to everybody."),
        **as_table(((_("Group"), "wraps"),), groups),
    }
