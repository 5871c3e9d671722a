"""The carts of a customer: all of them with their status, or the unfinished ones alone (S1.63, S4.68; decision 15)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, OuterRef, Subquery, Sum
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from backoffice.lists.latest import ROWS
from backoffice.live.versions import joined
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
        "news": _news(max(carts, key=lambda cart: cart.changed_at)) if carts else "",
        **carts_table(carts),
    }


def carts_version() -> Combinable:
    """Another one with each change of a cart of the customer: each raises the cart's own."""
    carts = Cart.objects.filter(customer=OuterRef("pk")).order_by().values("customer")
    changes = Subquery(carts.annotate(said=joined(Max("pk"), Sum("version"))).values("said"))
    return joined("figures__carts_count", changes)


def _news(cart: Cart) -> str:
    """The cart that changed last, in words."""
    said = ngettext(
        "Cart %(id)s: %(number)s product, %(total)s",
        "Cart %(id)s: %(number)s products, %(total)s",
        cart.items_count,
    )
    total = formats.money(cart.total, cart.currency)
    return said % {"id": f"{cart.pk:06d}", "number": formats.number(cart.items_count), "total": total}


def carts_table(carts: Iterable[Cart]) -> dict:
    """Carts as the file shows them."""
    columns = (
        (_("ID"), "num"),
        (_("Date"), "date"),
        (_("Total"), "money"),
        (_("Carrier"), ""),
        (_("Status"), ""),
    )
    before, shown = abandoned_before(), list(carts)
    rows = [_row(cart, before) for cart in shown]
    return {"cards": True, **as_table(columns, rows, keys=[one.pk for one in shown])}


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
