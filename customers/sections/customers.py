"""The customers section: list, file, form, actions and settings of customers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.sections import DeleteWay, Panel, Requirable, Section, register

from .. import services
from ..forms import CustomerForm
from ..models import Customer
from ..queries import group_changes, refresh_key_figures
from ..services.deletion import CAN_REGISTER_AGAIN, MAY_NOT_REGISTER, foretell_hiding, foretell_removal
from .customer_actions import ACTIONS
from .customer_figures import key_figures
from .customer_filters import CustomerFilters
from .customer_options import options_fold
from .customer_panels import groups_panel, heading, history_panel, identity_panel, note_panel
from .customer_table import COLUMN_SETS, CustomerTable


def _rows():
    return Customer.objects.all()


def _delete_many(rows, *, way: str, by) -> list[int]:
    return {CAN_REGISTER_AGAIN: services.remove_customers, MAY_NOT_REGISTER: services.hide_customers}[way](
        rows, by=by
    )


CUSTOMERS = register(
    Section(
        slug="customers",
        model=Customer,
        title=_("Customers"),
        title_one=_("Customer"),
        add_label=_("Add New"),
        quick_label=_("Add a customer"),
        list_title=pgettext_lazy("title of the list", "Customers"),
        icon="customers",
        menu="customers",
        rows=_rows,
        table=CustomerTable,
        filters=CustomerFilters,
        form=CustomerForm,
        save=services.save_customer,
        delete_ways=(
            DeleteWay(
                name=CAN_REGISTER_AGAIN,
                title=_("Delete for good; the customer can register again"),
                run=services.remove_customer,
                foretell=foretell_removal,
            ),
            DeleteWay(
                name=MAY_NOT_REGISTER,
                title=_("Hide; the customer may not register again with this address"),
                run=services.hide_customer,
                foretell=foretell_hiding,
                said=_("%(name)s is hidden. The filter “Deleted only” finds them, to bring them back."),
                undone_by="bring_back",
            ),
        ),
        bulk_delete=_delete_many,
        default_sort="-registered_at",
        column_sets=COLUMN_SETS,
        panels=(
            Panel(
                name="identity",
                title=_("Customer"),
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
            Panel(
                name="groups",
                title=_("Groups"),
                template="backoffice/panels/rows.html",
                content=groups_panel,
                icon="groups",
            ),
            Panel(
                name="history",
                title=_("History"),
                template="backoffice/panels/changes.html",
                content=history_panel,
                icon="history",
                side="left",
            ),
        ),
        heading=heading,
        actions=ACTIONS,
        requirable=(
            Requirable(field="title", technical_name="gender"),
            Requirable(field="birthday", technical_name="birthday"),
            Requirable(field="newsletter", technical_name="newsletter"),
            Requirable(field="partner_offers", technical_name="optin"),
        ),
        key_figures=key_figures,
        refresh_figures=refresh_key_figures,
        history_of=group_changes,
        options_url="customers_options",
        options_title=_("Customers options"),
        options_fold=options_fold,
    )
)
