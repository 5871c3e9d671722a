"""The vouchers section: codes that take something off, for everybody, a customer, a group or a tag (S4.74, S3.25)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.default_panels import history_panel
from backoffice.records.enabling import enabling
from backoffice.records.named_records import deletion
from backoffice.sections import (
    ColumnSet,
    Editing,
    Fact,
    Field,
    Files,
    Listing,
    Menu,
    Page,
    Panel,
    Personal,
    Section,
    States,
    Switch,
    Titles,
    register,
)
from backoffice.sections.usual import NUMBER, SINCE
from backoffice.tables.columns import DayColumn
from backoffice.tables.filters import KeysFilter
from backoffice.tables.presence import PresenceFilter
from customers.queries import TAGS
from customers.sections.customer_filters import CustomerFilter
from groups.queries import GROUPS

from ..forms import VoucherForm
from ..forms.voucher import amount_field, code_field, customer_field, percent_field
from ..models import Voucher
from ..rules.voucher_codes import voucher_code
from ..services import vouchers as services
from . import voucher_page
from .voucher_columns import (
    AvailableFilter,
    CodeColumn,
    CodeFilter,
    EndColumn,
    ForWhomColumn,
    LeftColumn,
    NamedCodeColumn,
    StateFilter,
    TakenOffColumn,
    VoucherSearch,
)

_NO_FILES = Files("", not_taken=_("vouchers are not imported"))
_UNLISTED = ("column", "filter")


def _field(name: str, personal: Personal, **facts: Any) -> Field:
    return Field(name, personal=personal, files=_NO_FILES, **{"without": _UNLISTED, **facts})


_FIELDS = (
    NUMBER,
    _field(
        "code",
        Personal.WORDS,
        group="voucher",
        rule=voucher_code,
        form=code_field,
        help=_("What customers type in the cart; capitals do not count. Empty: a new one is made."),
        column=CodeColumn,
        filters={"code": CodeFilter(_("Code"))},
        without=("fact",),
    ),
    _field(
        "name",
        Personal.WORDS,
        group="voucher",
        help=_("What it is for, in a few words."),
        without=("filter",),
    ),
    _field(
        "active",
        Personal.TECHNICAL,
        group="voucher",
        switch=Switch(
            run=services.switch_voucher,
            said=(_("%(name)s may be used again."), _("%(name)s may be used no more.")),
            states=States(pgettext_lazy("of a voucher", "Status"), _("Enabled"), _("Disabled")),
        ),
        without=("fact",),
    ),
    Field(
        "voucher",
        personal=Personal.WORDS,
        label=_("Code"),
        column=NamedCodeColumn,
        without=("form", "filter", "fact", "files"),
    ),
    Field(
        "taken_off",
        personal=Personal.MONEY,
        label=_("Discount"),
        column=TakenOffColumn,
        without=("form", "filter", "fact", "files"),
    ),
    _field(
        "percent",
        Personal.MONEY,
        group="gives",
        label=_("Discount in per cent"),
        form=percent_field,
        help=_("Of the products in the cart."),
        fact=Fact(value=lambda one: voucher_page.taken_off(one.percent, None, False)),
    ),
    _field(
        "amount", Personal.MONEY, group="gives", form=amount_field, help=_("Off the products, tax included.")
    ),
    _field("free_shipping", Personal.MONEY, group="gives"),
    _field(
        "minimum_amount",
        Personal.MONEY,
        group="gives",
        form=lambda **facts: amount_field(**{**facts, "required": False}),
        help=_("What the products have to come to, tax included."),
    ),
    _field(
        "customer",
        Personal.TECHNICAL,
        group="whose",
        form=customer_field,
        title=_("For"),
        column=ForWhomColumn,
        filters={
            "customer": CustomerFilter(_("Customer")),
            "customer_is": PresenceFilter(_("Customer"), field="customer"),
        },
        fact=Fact(label=_("For"), value=voucher_page.for_whom),
        without=(),
    ),
    _field(
        "group",
        Personal.BEHAVIOUR,
        group="whose",
        help=_("Only for its members."),
        filters={"group": KeysFilter(_("Group"), table="groups", field="group", none_label=_("None"))},
        without=("column", "fact"),
    ),
    _field(
        "tag",
        Personal.BEHAVIOUR,
        group="whose",
        help=_("Only for customers with this tag."),
        filters={"tag": KeysFilter(_("Tag"), table="tags", field="tag", none_label=_("None"))},
        without=("column", "fact"),
    ),
    _field(
        "starts_at",
        Personal.MONEY,
        group="limits",
        title=_("Start date"),
        asked_as="starts",
        column=DayColumn,
        without=(),
    ),
    _field(
        "ends_at",
        Personal.MONEY,
        group="limits",
        title=_("End date"),
        asked_as="ends",
        help=_("Empty: without end."),
        column=EndColumn,
        without=(),
    ),
    _field(
        "quantity",
        Personal.MONEY,
        group="limits",
        label=_("Uses left"),
        help=_("In all; each order takes one. Empty: any number."),
        column=LeftColumn,
        without=(),
    ),
    _field(
        "per_customer",
        Personal.MONEY,
        group="limits",
        label=_("Uses per customer"),
        help=_("Empty: any number."),
    ),
    SINCE,
)


VOUCHERS = register(
    Section(
        slug="vouchers",
        model=Voucher,
        titles=Titles(
            many=_("Vouchers"),
            one=_("Voucher"),
            add=_("Add a voucher"),
            counted=ngettext_lazy("%(n)s voucher", "%(n)s vouchers", "count"),
            back=_("Back to Vouchers"),
        ),
        menu=Menu(group="orders", place=64, icon="vouchers"),
        fields=_FIELDS,
        listing=Listing(
            label_reads=("code",),
            lead=("code", "voucher", "name", "id"),
            default_sort="-id",
            sets={
                "usual": ColumnSet(
                    title=_("Usual"),
                    columns=(
                        "code",
                        "name",
                        "customer",
                        "taken_off",
                        "quantity",
                        "starts_at",
                        "ends_at",
                        "active",
                    ),
                )
            },
            lookups={"groups": GROUPS, "tags": TAGS},
            filters={
                "q": VoucherSearch(_("Voucher")),
                "state": StateFilter(_("Validity")),
                "available_to": AvailableFilter(_("Available to")),
            },
            everywhere=("q", "state", "group", "tag"),
        ),
        editing=Editing(
            groups={
                "voucher": _("Voucher"),
                "gives": _("What it takes off"),
                "whose": _("For whom"),
                "limits": _("Limits"),
            },
            save=services.save_voucher,
            base=VoucherForm,
            prefilled=("customer", "group", "tag"),
        ),
        actions=enabling(
            Voucher,
            enable=services.enable_vouchers,
            enabled=ngettext_lazy("%(n)s voucher enabled.", "%(n)s vouchers enabled.", "count"),
            disable=services.disable_vouchers,
            disabled=ngettext_lazy("%(n)s voucher disabled.", "%(n)s vouchers disabled.", "count"),
        ),
        delete_ways=deletion(
            Voucher,
            _("Delete the voucher"),
            delete=services.delete_voucher,
            foretell=services.foretell,
            refusal=services.refusal_to_delete,
        ),
        page=Page(
            heading=voucher_page.heading,
            panels=(
                Panel(
                    name="voucher",
                    title=_("Voucher"),
                    template="backoffice/panels/facts.html",
                    content=voucher_page.facts_panel,
                    icon="vouchers",
                    side="left",
                ),
                Panel(
                    name="uses",
                    title=_("Used in orders"),
                    template="backoffice/panels/rows.html",
                    content=voucher_page.uses_panel,
                    icon="orders",
                    side="left",
                    right="carts.view_order",
                ),
                history_panel("vouchers"),
            ),
        ),
    )
)
