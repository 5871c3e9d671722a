"""The blocks about orders, carts, products and vouchers on a customer's page, in their order (S4.66–S4.74)."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import Panel, add_panel

from .customer_carts import KINDS_OF_CARTS, carts_panel, carts_version
from .customer_orders import last_order_line, orders_panel, orders_version
from .customer_products import interests_panel, purchases_panel, views_panel
from .customer_vouchers import vouchers_panel

_ROWS = "backoffice/panels/rows.html"

add_panel(
    "customers",
    Panel(
        name="last-order",
        title=_("Last order"),
        template="carts/last_order.html",
        content=last_order_line,
        version=orders_version,
        icon="orders",
        side="head",
        right="carts.view_order",
        before="timeline",
    ),
    Panel(
        name="orders",
        title=_("Orders"),
        template=_ROWS,
        content=orders_panel,
        version=orders_version,
        icon="orders",
        side="left",
        before="history",
        right="carts.view_order",
    ),
    Panel(
        name="carts",
        title=_("Carts"),
        template=_ROWS,
        content=carts_panel,
        version=carts_version,
        icon="carts",
        side="left",
        before="history",
        right="carts.view_cart",
        choices=KINDS_OF_CARTS,
    ),
    Panel(
        name="purchases",
        title=_("Purchased products"),
        template=_ROWS,
        content=purchases_panel,
        icon="products",
        side="left",
        before="history",
        right="carts.view_order",
    ),
    Panel(
        name="interests",
        title=_("Products of interest"),
        template=_ROWS,
        content=interests_panel,
        icon="products",
        side="left",
        before="history",
        right="carts.view_cart",
    ),
    Panel(
        name="views",
        title=_("Recently viewed products"),
        template=_ROWS,
        content=views_panel,
        icon="eye",
        side="left",
        before="history",
        right="customers.view_visit",
    ),
    Panel(
        name="vouchers",
        title=_("Vouchers"),
        template=_ROWS,
        content=vouchers_panel,
        icon="vouchers",
        before="groups",
        right="carts.view_voucher",
    ),
)
