"""The products section: what the shop sells, as the storefront states it; to be read only here."""

from functools import partial

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.records.default_panels import history_panel
from backoffice.sections import (
    ColumnSet,
    Field,
    Listing,
    Menu,
    Page,
    Panel,
    Personal,
    Section,
    Titles,
    register,
)
from backoffice.sections.usual import NOBODY, NUMBER
from backoffice.tables.columns import LocalNameColumn, MoneyColumn, NumberColumn, PercentColumn, TextColumn
from backoffice.tables.filter import Filter
from backoffice.tables.pages import CellPage, Row
from backoffice.tables.presence import PresenceFilter

from ..models import Product, with_choices
from . import product_page
from .text_filters import WordFilter

_LISTED = ("form", "fact")
_UNLISTED = ("form", "column", "filter", "fact", "files")


class _NameColumn(LocalNameColumn):
    """The name in the reader's language, and which variant it is."""

    def __init__(self, title, *, reads, **kwargs):
        super().__init__(title, reads=reads, **kwargs)
        self.reads += ("choices",)

    def draw(self, row: Row, page: CellPage) -> str:
        return with_choices(super().draw(row, page), row["choices"])


class _ReferenceFilter(Filter, django_filters.CharFilter):
    """The reference begins so."""

    def __init__(self, label):
        super().__init__(label=label, max_length=64)

    def filter(self, rows, value):
        return rows.filter(reference__istartswith=value.strip())


def _of_shop(name: str, **facts) -> Field:
    return Field(name, personal=Personal.NONE, why=NOBODY, **{"without": _LISTED, **facts})


_FIELDS = (
    NUMBER,
    _of_shop(
        "reference",
        column=partial(TextColumn, css="text sub"),
        filters={
            "reference": _ReferenceFilter(_("Reference")),
            "reference_is": PresenceFilter(_("Reference"), field="reference", may_be_null=False),
        },
    ),
    _of_shop("name", column=_NameColumn, filters={"name": WordFilter(_("Name"))}),
    *(_of_shop(f"name_{code}", without=_UNLISTED) for code in ("fr", "pl", "ro")),
    _of_shop("category"),
    _of_shop("price", column=partial(MoneyColumn, css="num money sub")),
    _of_shop(
        "tax_rate",
        title=_("Tax rate (%)"),
        column=partial(PercentColumn, css="num"),
        without=(*_LISTED, "files"),
    ),
    _of_shop("stock", column=partial(NumberColumn, css="num sub")),
    _of_shop("active"),
)

PRODUCTS = register(
    Section(
        slug="products",
        model=Product,
        titles=Titles(
            many=_("Products"),
            one=_("Product"),
            add="",
            counted=ngettext_lazy("%(n)s product", "%(n)s products", "count"),
            back=_("Back to Products"),
        ),
        menu=Menu(group="orders", place=62, icon="products"),
        fields=_FIELDS,
        listing=Listing(
            label_reads=("name",),
            lead=("name", "reference", "id"),
            default_sort="name",
            sets={
                "usual": ColumnSet(
                    title=_("Usual"),
                    columns=("id", "name", "reference", "category", "price", "tax_rate", "stock", "active"),
                )
            },
        ),
        page=Page(
            heading=product_page.heading,
            reasons=_("For whom"),
            panels=(
                Panel(
                    name="product",
                    title=_("Product"),
                    template="backoffice/panels/facts.html",
                    content=product_page.facts_panel,
                    icon="products",
                    side="left",
                ),
                Panel(
                    name="variants",
                    title=_("Variants"),
                    template="backoffice/panels/rows.html",
                    content=product_page.variants_panel,
                    icon="products",
                    side="left",
                ),
                Panel(
                    name="bought",
                    title=_("Bought by"),
                    template="backoffice/panels/rows.html",
                    content=product_page.bought_panel,
                    icon="orders",
                    side="left",
                    right="carts.view_order",
                ),
                Panel(
                    name="in_carts",
                    title=_("In carts"),
                    template="backoffice/panels/rows.html",
                    content=product_page.carts_panel,
                    icon="carts",
                    right="carts.view_cart",
                ),
                Panel(
                    name="prices",
                    title=_("Only for"),
                    template="backoffice/panels/rows.html",
                    content=product_page.groups_panel,
                    icon="groups",
                ),
                history_panel("products"),
            ),
        ),
    )
)
