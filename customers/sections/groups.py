"""The groups section (S0.60–S0.69, S1.77–S1.85, facts 7). It stands here, since deleting a group moves customers."""

from functools import partial

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from backoffice.lists.columns import DayColumn, IdColumn, NumberColumn, TextColumn
from backoffice.lists.filters import NameFilter, NumberFilter, PercentFilter
from backoffice.lists.filtersets import SectionFilterSet
from backoffice.lists.tables import SectionTable
from backoffice.records import named_records
from backoffice.screen import formats
from backoffice.sections import DeleteWay, Section, register
from groups.models import Group, PriceDisplay
from groups.queries import GROUPS

from .. import rules
from ..faults import as_validation_error
from ..models import Customer
from ..services.groups import delete_group, group_of_new_accounts, refusal_to_delete

LIMIT = 32
NAMES = ("name", "name_fr", "name_pl", "name_ro")


class GroupNameColumn(TextColumn):
    """The name in the reader's language."""

    def draw(self, row, page):
        group = page.lookup("groups").get(row["id"])
        return group.local_name if group else row["name"]


class DiscountColumn(NumberColumn):
    """The discount in percent, always with two decimals (S1.79)."""

    def draw(self, row, page):
        return formats.decimals(row["discount"], 2)


class MembersColumn(NumberColumn):
    """How many customers are in it, leading to them."""

    def draw(self, row, page):
        if not row[self.field]:
            return "0"
        return format_html(
            '<a href="{}?group={}">{}</a>',
            reverse("customers_list"),
            row["id"],
            formats.number(row[self.field]),
        )


class GroupTable(SectionTable):
    """The columns of S1.78."""

    label_reads = ("name",)
    label = staticmethod(lambda row: row["name"])
    lookups = {"groups": GROUPS}

    id = IdColumn(_("ID"), reads=("id",), sorts="id", filter="id")
    name = GroupNameColumn(_("Name"), reads=("name",), sorts="name", filter="name", css="text lead")
    discount = DiscountColumn(
        _("Discount (%)"),
        reads=("discount",),
        sorts="discount",
        filter=("discount_min", "discount_max"),
        css="num sub",
    )
    members_count = MembersColumn(
        _("Members"),
        reads=("members_count",),
        sorts="members_count",
        filter=("members_min", "members_max"),
        css="num sub",
    )
    created_at = DayColumn(_("Creation date"), reads=("created_at",), sorts="created_at")


class GroupFilters(SectionFilterSet):
    """By number, name, discount and members."""

    id = NumberFilter(_("ID"))
    name = NameFilter(_("Name"), fields=NAMES)
    discount_min = PercentFilter(_("Discount from"), field="discount", lookup="gte", hint=_("From"))
    discount_max = PercentFilter(_("Discount to"), field="discount", lookup="lte", hint=_("To"))
    members_min = NumberFilter(_("Members from"), field="members_count", lookup="gte", hint=_("From"))
    members_max = NumberFilter(_("Members to"), field="members_count", lookup="lte", hint=_("To"))


class GroupForm(named_records.NamedForm):
    """A group's names, discount and what its members see."""

    name = forms.CharField(
        label=_("Name"), max_length=LIMIT, help_text=_("Used where a language has no name of its own.")
    )
    name_fr = forms.CharField(label=_("Name in French"), max_length=LIMIT, required=False)
    name_pl = forms.CharField(label=_("Name in Polish"), max_length=LIMIT, required=False)
    name_ro = forms.CharField(label=_("Name in Romanian"), max_length=LIMIT, required=False)
    discount = forms.DecimalField(
        label=_("Discount"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("Automatically applied on ALL products of the shop for the members of this group"),
    )
    price_display = forms.ChoiceField(
        label=_("Price Display Method"),
        choices=PriceDisplay.choices,
        help_text=_("How prices are shown to this group in the order summary (tax included / excluded)."),
    )
    show_prices = forms.BooleanField(label=_("Show prices"), required=False)
    free_shipping = forms.BooleanField(label=_("Free shipping"), required=False)
    discount.unit = "%"

    groups_of_fields = (
        (_("Group"), ("name", "name_fr", "name_pl", "name_ro")),
        (_("Privileges"), ("discount", "price_display", "show_prices", "free_shipping")),
    )
    rules = dict.fromkeys(NAMES, partial(rules.thing_name, limit=LIMIT))
    explain = staticmethod(as_validation_error)
    model = Group

    def initial_of_new(self):
        return {"discount": 0, "price_display": PriceDisplay.TAX_INCLUDED, "show_prices": True}


def _foretell(ids: list[int]) -> list[str]:
    members = sum(Group.objects.filter(pk__in=ids).values_list("members_count", flat=True))
    default = Customer.objects.here().filter(default_group__in=ids).count()
    leave = ngettext("%(n)s member leaves the group.", "%(n)s members leave the group.", members)
    move = ngettext(
        "%(n)s customer gets another default group.", "%(n)s customers get another default group.", default
    )
    said = [leave % {"n": formats.number(members)}] if members else []
    if default:
        which = gettext("It is the oldest of their other groups, else “%(home)s”.")
        said += [move % {"n": formats.number(default)}, which % {"home": group_of_new_accounts()}]
    return said or [gettext("No customer is concerned.")]


GROUPS_SECTION = register(
    Section(
        slug="groups",
        model=Group,
        title=_("Groups"),
        title_one=_("Group"),
        add_label=_("Add a group"),
        icon="groups",
        menu="customers",
        rows=lambda: Group.objects.all(),
        table=GroupTable,
        filters=GroupFilters,
        form=GroupForm,
        save=named_records.saving(Group),
        delete_ways=(
            DeleteWay(
                name="delete",
                title=_("Delete the group"),
                run=delete_group,
                foretell=_foretell,
                refusal=refusal_to_delete,
            ),
        ),
        bulk_delete=named_records.deleting(delete_group),
        default_sort="id",
    )
)
