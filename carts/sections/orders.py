"""The orders section: what was bought, to be read, and how far it is (S1.56–S1.58, S3.17–S3.19, S4.66–S4.69).

Orders come from the storefront; nobody writes or deletes one here.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.records.default_panels import history_panel
from backoffice.sections import (
    ColumnSet,
    Field,
    KeyFigures,
    Listing,
    Menu,
    Page,
    Panel,
    Personal,
    SearchScope,
    Section,
    Titles,
    register,
)
from backoffice.sections.usual import NUMBER
from backoffice.tables.columns import MarkColumn, MomentColumn, TextColumn
from backoffice.tables.lookups import Lookup
from backoffice.tables.presence import PresenceFilter

from ..models import Order, OrderStatus
from ..services.order_figures import refresh_order_figures
from . import order_page
from .order_actions import ACTIONS
from .order_columns import BuyerColumn, OrderMoneyColumn, OrderStatusColumn, PaidColumn
from .order_figures import key_figures
from .order_filters import BuyerFilter, OrderSearch, PaymentFilter, ReferenceFilter


def _statuses() -> dict[int, OrderStatus]:
    return {one.pk: one for one in OrderStatus.objects.order_by("position", "pk")}


_ONLY_SHOWN = ("form", "fact")
_LISTED = ("form", "fact", "filter")

_FIELDS = (
    NUMBER,
    Field(
        "reference",
        personal=Personal.TECHNICAL,
        column=partial(TextColumn, css="text lead code"),
        filters={"reference": ReferenceFilter(_("Reference"))},
        without=_ONLY_SHOWN,
    ),
    Field(
        "customer",
        personal=Personal.TECHNICAL,
        column=BuyerColumn,
        filters={
            "customer": BuyerFilter(_("Customer")),
            "customer_is": PresenceFilter(_("Customer"), field="customer"),
        },
        without=_ONLY_SHOWN,
    ),
    Field("items_count", personal=Personal.BEHAVIOUR, without=_ONLY_SHOWN),
    Field(
        "total",
        personal=Personal.MONEY,
        column=partial(OrderMoneyColumn, css="num money sub"),
        without=_ONLY_SHOWN,
    ),
    Field("paid", personal=Personal.MONEY, column=PaidColumn, without=_ONLY_SHOWN),
    Field("currency", personal=Personal.MONEY, without=_LISTED),
    Field("outstanding", personal=Personal.MONEY, without=_ONLY_SHOWN),
    Field(
        "payment",
        personal=Personal.MONEY,
        column=TextColumn,
        filters={
            "payment": PaymentFilter(_("Payment")),
            "payment_is": PresenceFilter(_("Payment"), field="payment", key="payment_key", may_be_null=False),
        },
        without=_ONLY_SHOWN,
    ),
    Field(
        "status",
        personal=Personal.TECHNICAL,
        column=partial(OrderStatusColumn, table="status", css="text sub"),
        without=_ONLY_SHOWN,
    ),
    Field("valid", personal=Personal.TECHNICAL, column=MarkColumn, without=_ONLY_SHOWN),
    Field("due_on", personal=Personal.BEHAVIOUR, without=_ONLY_SHOWN),
    Field(
        "placed_at",
        personal=Personal.BEHAVIOUR,
        column=MomentColumn,
        asked_as="placed",
        without=_ONLY_SHOWN,
    ),
)
_USUAL = ("id", "reference", "customer", "total", "paid", "payment", "status", "valid", "placed_at")


def _panel(name: str, title, content, icon: str, *, template="backoffice/panels/rows.html", **facts) -> Panel:
    return Panel(name=name, title=title, template=template, content=content, icon=icon, **facts)


ORDERS = register(
    Section(
        slug="orders",
        model=Order,
        titles=Titles(
            many=_("Orders"),
            one=_("Order"),
            add="",
            counted=ngettext_lazy("%(n)s order", "%(n)s orders", "count"),
            back=_("Back to Orders"),
        ),
        menu=Menu(group="orders", place=60, icon="orders"),
        fields=_FIELDS,
        listing=Listing(
            label_reads=("reference",),
            lead=("reference", "id"),
            default_sort="-placed_at",
            sets={
                "usual": ColumnSet(title=_("Usual"), columns=_USUAL),
                "classic": ColumnSet(
                    title=_("Classic"),
                    columns=("id", "placed_at", "customer", "items_count", "paid", "payment", "status"),
                ),
            },
            filters={
                "q": OrderSearch(
                    _("Order"), placeholder=_("Number, reference, name or e-mail of the customer")
                )
            },
            lookups={"status": Lookup("carts.orderstatus", _statuses)},
            everywhere=("q", "status", "valid"),
            search=(
                SearchScope(
                    name="orders",
                    title=_("Orders"),
                    by="q",
                    columns=_USUAL,
                    found=ngettext_lazy(
                        "%(n)s order found with “%(query)s”", "%(n)s orders found with “%(query)s”", "count"
                    ),
                ),
            ),
        ),
        actions=ACTIONS,
        key_figures=KeyFigures(draw=key_figures, refresh=refresh_order_figures, whose=_("All orders")),
        page=Page(
            heading=order_page.heading,
            version=order_page.version,
            reasons=_("Reason"),
            panels=(
                _panel(
                    "lines",
                    _("Products"),
                    order_page.lines_panel,
                    "products",
                    side="left",
                    template="backoffice/panels/rows.html",
                    version=order_page.version,
                ),
                _panel(
                    "sums",
                    _("Totals"),
                    order_page.sums_panel,
                    "chart",
                    side="left",
                    template="backoffice/panels/reckoning.html",
                    version=order_page.version,
                ),
                _panel(
                    "status",
                    _("Status"),
                    order_page.status_panel,
                    "orders",
                    template="carts/panels/order_status.html",
                    version=order_page.version,
                ),
                _panel(
                    "customer",
                    _("Customer"),
                    order_page.customer_panel,
                    "person",
                    template="backoffice/panels/facts.html",
                    version=order_page.customer_version,
                ),
                _panel(
                    "addresses",
                    _("Addresses"),
                    order_page.addresses_panel,
                    "addresses",
                    template="carts/panels/order_addresses.html",
                ),
                _panel(
                    "messages",
                    _("Messages"),
                    order_page.messages_panel,
                    "message",
                    right="customers.view_thread",
                ),
                history_panel("orders", side="left"),
            ),
        ),
    )
)
