"""What can be done to many addresses at once: bringing back, filling in from the customer."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.records.changed_since import changed_since
from backoffice.sections import BulkAction, Undo, Words

from .. import services
from ..models import Address


def _fillable(page) -> list[tuple[str, str]]:
    return [(name, str(Address._meta.get_field(name).verbose_name)) for name in services.FILLABLE]


ACTIONS = (
    BulkAction(
        name="bring_back",
        title=_("Bring back"),
        run=services.bring_back,
        words=Words(
            done=ngettext_lazy("%(n)s address brought back.", "%(n)s addresses brought back.", "count"),
            told=services.defaults_no_more,
        ),
        icon="undo",
        offered=lambda page: page.filterset.shows_hidden,
    ),
    BulkAction(
        name="fill_in",
        title=_("Fill in from the customer"),
        run=services.fill_in,
        words=Words(
            done=ngettext_lazy(
                "%(label)s filled in for %(n)s address.", "%(label)s filled in for %(n)s addresses.", "count"
            ),
            left=ngettext_lazy(
                "%(n)s unchanged: filled in already, or the customer has none.",
                "%(n)s unchanged: filled in already, or the customer has none.",
                "count",
            ),
            asks=_("What should be filled in?"),
        ),
        icon="person",
        menu=_("Fill in"),
        choices=_fillable,
        undo=Undo(action="take_back_filled", since=changed_since(Address)),
    ),
    BulkAction(
        name="take_back_filled",
        title=_("Take back what was filled in"),
        run=services.take_back_filled,
        words=Words(
            done=ngettext_lazy(
                "%(label)s removed from %(n)s address.", "%(label)s removed from %(n)s addresses.", "count"
            )
        ),
        choices=_fillable,
        offered=lambda page: False,
    ),
)
