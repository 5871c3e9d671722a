"""The groups section (S0.60–S0.69, S1.77–S1.85, facts 7)."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.named_records import NamedForm, deletion, saving
from backoffice.sections import (
    Editing,
    Field,
    Listing,
    Menu,
    Personal,
    Section,
    Titles,
    kept,
    register,
)
from backoffice.sections.usual import NUMBER, SINCE, local_names
from backoffice.tables.columns import CountColumn
from backoffice.tables.filters import PercentFilter

from .models import Group
from .services import delete_group, foretell_deletion, refusal_to_delete

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
