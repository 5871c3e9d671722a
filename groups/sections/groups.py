"""The groups section (S0.60–S0.69, S1.77–S1.85, facts 7)."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.named_records import NamedForm, deletion, saving
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.sections import (
    Editing,
    Field,
    Listing,
    Menu,
    Page,
    Panel,
    Personal,
    Section,
    Titles,
    add_panel,
    kept,
    register,
)
from backoffice.sections.usual import NUMBER, SINCE, local_names
from backoffice.tables.columns import CountColumn
from backoffice.tables.filters import PercentFilter

from ..models import Group, PriceDisplay
from ..rules.presets import PRESETS
from ..seeding import DEFAULT_GROUP_ID
from ..services import delete_group, foretell_deletion, refusal_to_delete
from .actions import ACTIONS

_LIST = ("column", "filter")
_FIELDS = (
    NUMBER,
    *local_names("group"),
    Field(
        "discount",
        personal=Personal.NONE,
        short=(_("Discount (%)"), ""),
        help=_("Automatically applied on ALL products of the shop for the members of this group"),
        group="privileges",
        files="discount; reduction; rabat; reducere",
        filters={
            "discount_min": PercentFilter(_("Discount from"), field="discount", lookup="gte", hint=_("From")),
            "discount_max": PercentFilter(_("Discount to"), field="discount", lookup="lte", hint=_("To")),
        },
    ),
    Field(
        "price_display",
        personal=Personal.NONE,
        help=_("How prices are shown to this group in the order summary (tax included / excluded)."),
        group="privileges",
        files=(
            "price display method; price display; mode d'affichage des prix; sposob wyswietlania cen; "
            "metoda de afisare a pretului"
        ),
        without=_LIST,
    ),
    Field(
        "show_prices",
        personal=Personal.NONE,
        group="privileges",
        files="show prices; afficher les prix; pokaz ceny; afiseaza preturile",
        without=_LIST,
    ),
    Field(
        "free_shipping",
        personal=Personal.NONE,
        group="privileges",
        files="free shipping; livraison gratuite; darmowa dostawa; transport gratuit",
        without=_LIST,
    ),
    Field(
        "members_count",
        personal=Personal.NONE,
        column=partial(CountColumn, leads_to="customers", by="group"),
        without=("form", "files"),
    ),
    SINCE,
    kept("rule", Personal.NONE),
)

_PRESETS = {
    "business": _("Standard and Business"),
    "visitors": _("Visitor, Guest and Customer"),
    "wholesale": _("Wholesale"),
    "loyalty": _("Loyalty programme"),
}


def _heading(group: Group, staff) -> dict:
    """What the group gives, at a glance: the discount with its sign, and what is not as usual."""
    said = [f"−{formats.percent(group.discount / 100, places=2)}"] if group.discount else []
    said += [_("Free shipping")] if group.free_shipping else []
    said += [] if group.price_display == PriceDisplay.TAX_INCLUDED else [_("Prices without tax")]
    said += [] if group.show_prices else [_("Prices hidden")]
    return {"badges": [{"text": one, "tone": "accent"} for one in said]}


def _presets(group: Group, staff) -> dict | None:
    """Groups to start from, on the page of the group that every shop has, while one of them is not there yet."""
    if group.pk != DEFAULT_GROUP_ID or not staff.has_perm("groups.add_group"):
        return None
    there = set(Group.objects.values_list("name", flat=True))
    left = [name for name, some in PRESETS.items() if not there.issuperset(one.name for one in some)]
    if not left:
        return None
    return {"url_of": link("groups_presets"), "presets": [(name, _PRESETS[name]) for name in left]}


add_panel(
    "groups",
    Panel(
        name="presets",
        title=_("Groups to start from"),
        template="groups/presets.html",
        content=_presets,
        icon="plus",
        side="right",
    ),
)
GROUPS = register(
    Section(
        slug="groups",
        model=Group,
        titles=Titles(
            many=_("Groups"),
            one=_("Group"),
            add=pgettext_lazy("group", "Add New"),
            quick=_("Add a group"),
            counted=ngettext_lazy("%(n)s group", "%(n)s groups", "count"),
            back=_("Back to Groups"),
        ),
        menu=Menu(group="people", place=30, icon="groups"),
        fields=_FIELDS,
        listing=Listing(label_reads=("name",), lead=("name",), default_sort="id", small=True),
        actions=ACTIONS,
        page=Page(heading=_heading),
        editing=Editing(
            groups={"group": _("Group"), "privileges": _("Privileges")}, save=saving(Group), base=NamedForm
        ),
        delete_ways=deletion(
            Group,
            _("Delete the group"),
            delete=delete_group,
            foretell=foretell_deletion,
            refusal=refusal_to_delete,
        ),
    )
)
