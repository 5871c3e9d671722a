"""The carts section: carts with something in them, their figures, their page (S0.82–S0.90, S1.95–S1.105, facts 8)."""

from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.sections import (
    BulkAction,
    ColumnSet,
    DeleteWay,
    Field,
    KeyFigures,
    Listing,
    Menu,
    Personal,
    SearchScope,
    Section,
    Titles,
    Words,
    register,
)
from backoffice.sections.usual import NUMBER
from backoffice.tables.columns import MomentColumn, TextColumn
from backoffice.tables.presence import PresenceFilter
from customers.sections.customer_filters import CustomerFilter

from ..models import Cart
from ..queries.lookups import CARRIERS
from ..queries.shop_now import version_of_carts
from ..services.cart_figures import refresh_cart_figures
from ..services.removal import delete_carts, foretell, refused
from .cart_columns import OnlineColumn, OrderColumn, OwnerColumn, TotalColumn
from .cart_figures import key_figures
from .cart_filters import (
    AbandonedSoonFilter,
    CartSearch,
    KeyFilter,
    OnlineFilter,
    OrderFilter,
    StateFilter,
)
from .cart_page import PAGE
from .cart_words import abandoned_rule

_SHOWN = ("id", "became", "customer", "total", "carrier", "created_at", "online")
_ONLY_SHOWN = ("form", "fact", "files")

_FIELDS = (
    NUMBER,
    Field(
        "became",
        personal=Personal.BEHAVIOUR,
        title=_("Order"),
        column=OrderColumn,
        filters={
            "order": OrderFilter(_("Order")),
            "status": StateFilter(_("Status")),
        },
    ),
    Field(
        "customer",
        personal=Personal.TECHNICAL,
        column=OwnerColumn,
        filters={
            "customer": CustomerFilter(_("Customer")),
            "customer_is": PresenceFilter(
                _("Customer"), field="customer", words=(_("Visitors"), _("Customers"))
            ),
        },
        without=_ONLY_SHOWN,
    ),
    Field("total", personal=Personal.MONEY, column=TotalColumn, without=_ONLY_SHOWN),
    Field(
        "currency", personal=Personal.MONEY, column=TextColumn, without=("form", "filter", "fact", "files")
    ),
    Field(
        "carrier",
        personal=Personal.BEHAVIOUR,
        # By the name, not as the index has it, by the number of who brings it.
        column=partial(TextColumn, css="text sub", reads=("carrier__name",), sorts="", ties=()),
        without=_ONLY_SHOWN,
    ),
    Field("created_at", personal=Personal.BEHAVIOUR, column=MomentColumn, without=_ONLY_SHOWN),
    Field("changed_at", personal=Personal.BEHAVIOUR, column=MomentColumn, without=_ONLY_SHOWN),
    Field(
        "key",
        personal=Personal.TECHNICAL,
        title=_("Key"),
        column=partial(TextColumn, css="text sub", sorts="", ties=()),
        filters={
            "key": KeyFilter(_("Key")),
            "key_is": PresenceFilter(_("Key"), field="key", may_be_null=False),
        },
        without=_ONLY_SHOWN,
    ),
    Field("items_count", personal=Personal.BEHAVIOUR, without=_ONLY_SHOWN),
    Field(
        "online",
        personal=Personal.BEHAVIOUR,
        title=_("Online"),
        column=OnlineColumn,
        filters={"online": OnlineFilter(_("Online"))},
    ),
)


def _with_something_in_them() -> QuerySet[Cart]:
    """Carts with products; empty ones are left out (S0.85)."""
    return Cart.objects.filled()


CARTS = register(
    Section(
        slug="carts",
        model=Cart,
        titles=Titles(
            many=_("Carts"),
            one=_("Cart"),
            add="",
            counted=ngettext_lazy("%(n)s cart", "%(n)s carts", "count"),
            back=_("Back to Carts"),
        ),
        menu=Menu(group="people", place=40, icon="carts"),
        fields=_FIELDS,
        listing=Listing(
            rows=_with_something_in_them,
            label=lambda row: f"#{row['id']:06d}",
            label_reads=("id",),
            lead=("id",),
            default_sort="-created_at",
            sets={"carts": ColumnSet(title=_("Carts"), columns=_SHOWN)},
            lookups={"carrier": CARRIERS},
            filters={
                "q": CartSearch(_("Cart"), placeholder=_("Number, key, name or e-mail of the customer")),
                "abandoned_soon": AbandonedSoonFilter(_("Carts about to be abandoned")),
            },
            everywhere=("q",),
            note=abandoned_rule,
            version=version_of_carts,
            search=(
                SearchScope(
                    name="carts",
                    title=_("Carts"),
                    by="id",
                    columns=_SHOWN,
                    found=ngettext_lazy(
                        "%(n)s cart found with the number %(query)s",
                        "%(n)s carts found with the number %(query)s",
                        "count",
                    ),
                    by_number=True,
                ),
            ),
        ),
        page=PAGE,
        delete_ways=(
            DeleteWay(
                action=BulkAction(
                    name="delete",
                    title=_("Delete the cart"),
                    run=delete_carts,
                    words=Words(
                        done=ngettext_lazy("%(n)s cart deleted.", "%(n)s carts deleted.", "count"),
                        left=ngettext_lazy(
                            "%(n)s stays: it has been ordered, or its customer is deleted.",
                            "%(n)s stay: they have been ordered, or their customers are deleted.",
                            "count",
                        ),
                    ),
                    icon="trash",
                ),
                foretell=foretell,
                refused=refused,
            ),
        ),
        key_figures=KeyFigures(
            draw=key_figures, refresh=refresh_cart_figures, whose=_("The 30 days until yesterday")
        ),
    )
)
