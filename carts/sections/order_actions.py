"""What can be done to many orders at once: their status. No order is ever deleted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.sections import BulkAction, Undo, Words
from customers.sections.flags import SO_ALREADY

from ..models import OrderStatus
from ..services.order_statuses import other_status_since, put_statuses_back, set_status_of_many


def _statuses(page) -> list[tuple[str, str]]:
    return [(str(one.pk), one.local_name) for one in OrderStatus.objects.order_by("position", "pk")]


ACTIONS = (
    BulkAction(
        name="set_status",
        title=_("Set the status"),
        run=set_status_of_many,
        words=Words(
            done=ngettext_lazy("%(n)s order: %(label)s.", "%(n)s orders: %(label)s.", "count"),
            left=SO_ALREADY,
            note=_("Figures of the customers and uses of vouchers follow."),
        ),
        menu=_("Status"),
        choices=_statuses,
        undo=Undo(action="status_back", since=other_status_since),
    ),
    BulkAction(
        name="status_back",
        title=_("Put the status back"),
        run=put_statuses_back,
        words=Words(
            done=ngettext_lazy(
                "%(n)s order has its status back.", "%(n)s orders have their status back.", "count"
            )
        ),
        choices=_statuses,
        offered=lambda page: False,
    ),
)
