"""The two ways of deleting customers (facts 2.7): for good, and out of sight."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.records.changed_since import otherwise_since
from backoffice.sections import DELETED, BulkAction, DeleteWay, Undo, Words

from .. import services
from ..models import Customer
from ..services.deletion import foretell_hiding, foretell_removal

DELETE_WAYS = (
    DeleteWay(
        action=BulkAction(
            name="again",
            title=_("Delete for good; the customer can register again"),
            run=services.remove_customers,
            words=DELETED,
            icon="trash",
        ),
        foretell=foretell_removal,
        meant_for=_("For accounts that should never have been there, such as spam. There is no way back."),
    ),
    DeleteWay(
        action=BulkAction(
            name="never",
            title=_("Hide; the customer may not register again with this address"),
            run=services.hide_customers,
            words=Words(
                done=ngettext_lazy(
                    "%(n)s customer deleted. The filter “Deleted only” finds them, to bring them back.",
                    "%(n)s customers deleted. The filter “Deleted only” finds them, to bring them back.",
                    "count",
                )
            ),
            icon="trash",
            undo=Undo(action="bring_back", since=otherwise_since(Customer, deleted=True)),
        ),
        foretell=foretell_hiding,
        meant_for=_("For customers who are leaving. They disappear from lists, and can be brought back."),
        said=_("%(name)s is deleted. The filter “Deleted only” finds them, to bring them back."),
    ),
)
