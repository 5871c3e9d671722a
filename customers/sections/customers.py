"""The customers section: list, file, form, actions and settings of customers."""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.default_panels import history_panel
from backoffice.records.history_reading import Entry
from backoffice.sections import (
    ColumnSet,
    CustomFields,
    Editing,
    Hidden,
    Importing,
    KeyFigures,
    Listing,
    Menu,
    OptionsPage,
    Page,
    Panel,
    Related,
    Section,
    Titles,
    register,
)
from backoffice.tables.filters import ChoiceFilter, PairsFilter, QuickSearch
from groups.queries import GROUPS

from .. import services
from ..forms import CustomerForm
from ..importing import tally
from ..importing.importer import KEYS, OPTIONS, CustomerImport
from ..models import Customer, KeptOut, Membership, MembershipOrigin
from ..queries import AGENTS, CUSTOM_FIELDS, TAGS, TITLES, refresh_key_figures
from .consent_panel import consents_panel
from .correspondence_panels import CORRESPONDENCE, NOTES
from .custom_history import custom_changes, latest_rows, value_before
from .customer_actions import ACTIONS
from .customer_deletion import DELETE_WAYS
from .customer_figures import key_figures
from .customer_filters import BirthdaysFilter, NameFilter, VisitedFromFilter
from .customer_head import heading, heading_version
from .customer_history import LISTS_BEFORE, group_changes
from .customer_home import HOME
from .customer_options import options_fold
from .customer_panels import groups_panel, identity_panel, note_panel
from .customer_search import SEARCH
from .customer_timeline import LANES, PICTURE, TIMELINE
from .customer_verbs import VERBS
from .customer_visits import visits_panel
from .explanations import EXPLANATIONS
from .fields import FIELDS
from .note_panels import note_changes

_ACCOUNT = ChoiceFilter(
    _("Account"),
    choices=[("with", _("Customer with Account")), ("without", _("Customer without Account"))],
    conditions={"with": Q(guest=False), "without": Q(guest=True)},
    whole=True,
)
_IN_BY_RULE = PairsFilter(
    _("By the rule of"),
    table="groups",
    pairs=Membership,
    owner="customer",
    target="group",
    only=Q(origin=MembershipOrigin.RULE),
)
_KEPT_OUT = PairsFilter(_("Kept out of"), table="groups", pairs=KeptOut, owner="customer", target="group")
_SETS = {
    "classic": ColumnSet(
        title=_("Classic"),
        columns=(
            *(
                "id",
                "title",
                "last_name",
                "first_name",
                "email",
                "age",
                "active",
                "newsletter",
                "partner_offers",
            ),
            *("registered_at", "last_visit_at"),
        ),
    ),
    "modern": ColumnSet(
        title=_("Modern"),
        columns=(
            *(
                "id",
                "title",
                "first_name",
                "last_name",
                "email",
                "company",
                "total_spent",
                "active",
                "newsletter",
            ),
            *("partner_offers", "registered_at", "last_visit_at"),
        ),
    ),
    "crm": ColumnSet(title=_("CRM"), columns=("customer", "company", "tags")),
}


def _changes_beside(customer: Customer, limit: int) -> list[Entry]:
    """What happened to a customer that their own history does not have: groups, tags, custom fields, notes."""
    return [
        *group_changes(customer, limit),
        *custom_changes(customer, limit),
        *note_changes(customer, limit),
    ]


CUSTOMERS = register(
    Section(
        slug="customers",
        model=Customer,
        titles=Titles(
            many=_("Customers"),
            one=_("Customer"),
            add=_("Add New"),
            quick=_("Add a customer"),
            list=pgettext_lazy("title of the list", "Customers"),
            counted=ngettext_lazy("%(n)s customer", "%(n)s customers", "count"),
            back=_("Back to Customers"),
        ),
        menu=Menu(group="people", place=10, icon="customers"),
        fields=FIELDS,
        listing=Listing(
            label=lambda row: f"{row['first_name']} {row['last_name']}".strip(),
            label_reads=("first_name", "last_name"),
            lead=("customer", "name", "last_name", "first_name", "email"),
            default_sort="-registered_at",
            order=(
                *(
                    "id",
                    "title",
                    "last_name",
                    "first_name",
                    "name",
                    "customer",
                    "email",
                    "age",
                    "birthday",
                    "company",
                    "total_spent",
                ),
                *("orders_count", "default_group", "groups", "tags", "sales_agent", "active", "newsletter"),
                *("partner_offers", "registered_at", "last_visit_at", "last_order_at", "updated_at", "phone"),
            ),
            sets=_SETS,
            lookups={"titles": TITLES, "groups": GROUPS, "tags": TAGS, "agents": AGENTS},
            filters={
                "q": QuickSearch(
                    _("Customer"), placeholder=_("Name, e-mail, company, phone or ID"), exactly="email_key"
                ),
                "account": _ACCOUNT,
                "name": NameFilter(_("Name")),
                "birthdays": BirthdaysFilter(_("Birthdays")),
                "ip": VisitedFromFilter(label=_("IP address")),
                "by_rule": _IN_BY_RULE,
                "kept_out": _KEPT_OUT,
            },
            everywhere=("q", "account", "group", "tag", "deleted"),
            figures="figures",
            search=SEARCH,
        ),
        editing=Editing(
            groups={
                "customer": _("Customer"),
                "groups": _("Groups"),
                "more": _("More about the customer"),
                "b2b": _("B2B"),
            },
            save=services.save_customer,
            put_back=partial(services.save_customer, grounds=services.PUT_BACK),
            base=CustomerForm,
            custom=CustomFields(
                declared=CUSTOM_FIELDS,
                relation="custom_values",
                title=_("Custom fields"),
                panel=partial(
                    Panel,
                    name="custom",
                    title=_("Custom fields"),
                    template="backoffice/panels/facts.html",
                    icon="columns",
                    side="left",
                ),
                after="identity",
                search="q",
                latest=latest_rows,
                before=value_before,
            ),
        ),
        actions=ACTIONS,
        delete_ways=DELETE_WAYS,
        page=Page(
            panels=(
                TIMELINE,
                Panel(
                    name="identity",
                    title=pgettext_lazy("heading", "Customer"),
                    template="backoffice/panels/facts.html",
                    content=identity_panel,
                    icon="person",
                    side="left",
                ),
                Panel(
                    name="note",
                    title=_("Private note"),
                    template="backoffice/panels/note.html",
                    content=note_panel,
                    icon="note",
                ),
                NOTES,
                Related(
                    section="tasks",
                    filter_by="customer",
                    columns=("title", "due_on", "done"),
                    asked={"sort": "-due_on"},
                    empty=_("No tasks."),
                    adds=True,
                ),
                *CORRESPONDENCE,
                Panel(
                    name="consents",
                    title=_("Consents"),
                    template="backoffice/panels/rows.html",
                    content=consents_panel,
                    icon="mail",
                ),
                Panel(
                    name="visits",
                    title=_("Last connections"),
                    template="backoffice/panels/rows.html",
                    content=visits_panel,
                    icon="visits",
                    right="customers.view_visit",
                ),
                Panel(
                    name="groups",
                    title=_("Groups"),
                    template="backoffice/panels/rows.html",
                    content=groups_panel,
                    icon="groups",
                ),
                history_panel("customers", side="left"),
            ),
            heading=heading,
            version=heading_version,
            actions=VERBS,
            facts=(
                *(
                    "title",
                    "age",
                    "registered_at",
                    "last_visit_at",
                    "language",
                    "phone",
                    "company",
                ),
                *("created_email", "external_id", "updated_at"),
            ),
            history_of=_changes_beside,
            lists_of_history=LISTS_BEFORE,
            explained=(*EXPLANATIONS, PICTURE),
            lanes=LANES,
        ),
        home=HOME,
        key_figures=KeyFigures(draw=key_figures, refresh=refresh_key_figures, whose=_("All customers")),
        options=OptionsPage(url="customers_options", title=_("Customers options"), fold=options_fold),
        importing=Importing(open=CustomerImport, keys=KEYS, options=OPTIONS, tally=tally.sentences),
        hidden=Hidden(field="deleted", label=_("Deleted"), only=_("Deleted only"), back="bring_back"),
    )
)
