"""The carts of a customer: all of them with their status, or the unfinished ones alone (S1.63, S4.68; decision 15)."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from backoffice.lists.latest import ROWS
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_table
from customers.models import Customer

from ..models import Cart
from ..queries import carts_of
from ..queries.states import abandoned_before, state_of

UNFINISHED = "unfinished"
KINDS_OF_CARTS = {
    "all": pgettext_lazy("carts", "All"),
    UNFINISHED: gettext_lazy("Unfinished only"),
}


def carts_panel(customer: Customer, staff, kind: str) -> dict:
    """The latest carts of that kind; the heading counts all that have something in them (S0.85)."""
    number = customer.figures.carts_count
    carts = list(carts_of(customer, unfinished=kind == UNFINISHED)[:ROWS]) if number else []
    return {
        "count": formats.number(number),
        "empty": "" if carts else _sentence(number) % {"name": customer},
        **carts_table(carts),
    }


def carts_table(carts: Iterable[Cart]) -> dict:
    """Carts as the file shows them."""
    columns = (
        (_("ID"), "num"),
        (_("Date"), "date"),
        (_("Total"), "money"),
        (_("Carrier"), ""),
        (_("Status"), ""),
    )
    before = abandoned_before()
    return as_table(columns, [_row(cart, before) for cart in carts])


def _sentence(number: int) -> str:
    return _("%(name)s has no unfinished carts.") if number else _("%(name)s has no carts.")


def _row(cart: Cart, before: dt.datetime) -> tuple:
    carrier = cart.carrier.name if cart.carrier else ""
    total = formats.money(cart.total, cart.currency)
    return (
        fill('<a href="{}">{}</a>', link("carts_view", cart.pk), f"{cart.pk:06d}"),
        minute_with_seconds(cart.created_at),
        total,
        carrier,
        state_of(ordered=cart.ordered, changed_at=cart.changed_at, abandoned_before=before).label,
    )
