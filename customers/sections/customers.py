"""The customers section: list, file, form, actions and settings of customers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from backoffice import formats
from backoffice.sections import BulkAction, DeleteWay, Panel, Requirable, Section, register

from .. import services
from ..forms import CustomerForm
from ..models import Customer
from ..queries import group_changes, refresh_key_figures
from ..services.deletion import CAN_REGISTER_AGAIN, MAY_NOT_REGISTER, foretell_hiding, foretell_removal
from .customer_figures import key_figures
from .customer_filters import CustomerFilters
from .customer_options import options_fold
from .customer_panels import groups_panel, heading, history_panel, identity_panel, note_panel
from .customer_table import COLUMN_SETS, CustomerTable


def _rows():
    return Customer.objects.all()


def _changed(number: int) -> str:
    return ngettext("%(n)s customer changed.", "%(n)s customers changed.", number) % {
        "n": formats.number(number)
    }


def _brought_back(number: int) -> str:
    return ngettext("%(n)s customer is back.", "%(n)s customers are back.", number) % {
        "n": formats.number(number)
    }


def _flag(name: str, field: str, value: bool, title, icon: str, right: str, undone_by: str) -> BulkAction:
    return BulkAction(
        name=name,
        title=title,
        run=lambda rows, *, by: services.set_flag(rows, field, value, by=by),
        right=right,
        said=_changed,
        icon=icon,
        undone_by=undone_by,
    )


def _groups(page) -> list[tuple[str, str]]:
    return [(str(key), group.local_name) for key, group in page.lookup("groups").items()]


def _tags(page) -> list[tuple[str, str]]:
    return [(str(key), tag.name) for key, tag in page.lookup("tags").items()]


def _delete_many(rows, *, way: str, by) -> list[int]:
    return {CAN_REGISTER_AGAIN: services.remove_customers, MAY_NOT_REGISTER: services.hide_customers}[way](
        rows, by=by
    )


_SEGMENT = "customers.segment_customer"
_CONSENT = "customers.consent_customer"
_CHANGE = "customers.change_customer"

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
        actions=(
            BulkAction(
                name="bring_back",
                title=_("Bring back"),
                run=services.bring_back_customers,
                right="customers.delete_customer",
                said=_brought_back,
                icon="undo",
                offered=lambda page: page.filterset.sees_all,
                one_url="customers_bring_back",
            ),
            _flag("enable", "active", True, _("Enable"), "check", _CHANGE, "disable"),
            _flag("disable", "active", False, _("Disable"), "cross", _CHANGE, "enable"),
            _flag(
                "newsletter_on", "newsletter", True, _("Newsletter on"), "mail", _CONSENT, "newsletter_off"
            ),
            _flag(
                "newsletter_off", "newsletter", False, _("Newsletter off"), "mail", _CONSENT, "newsletter_on"
            ),
            BulkAction(
                name="add_to_group",
                title=_("Add to a group"),
                run=services.add_to_group,
                right=_SEGMENT,
                said=_changed,
                undone_by="remove_from_group",
                icon="groups",
                choices=_groups,
            ),
            BulkAction(
                name="remove_from_group",
                title=_("Remove from a group"),
                run=services.remove_from_group,
                right=_SEGMENT,
                said=_changed,
                icon="groups",
                choices=_groups,
            ),
            BulkAction(
                name="tag",
                title=pgettext_lazy("verb", "Tag"),
                run=services.tag,
                right=_SEGMENT,
                said=_changed,
                undone_by="untag",
                icon="tags",
                choices=_tags,
            ),
            BulkAction(
                name="untag",
                title=_("Take a tag off"),
                run=services.untag,
                right=_SEGMENT,
                said=_changed,
                undone_by="tag",
                icon="tags",
                choices=_tags,
            ),
        ),
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
