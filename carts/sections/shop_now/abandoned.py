"""Carts about to be abandoned: whom to write to while there is time (decision 16)."""

from django.utils.translation import gettext as _

from backoffice.lists.latest import latest
from backoffice.screen import formats
from backoffice.screen.markup import fill
from backoffice.screen.tables import as_table

from ...queries.shop_now import abandoned_soon
from ..links import customer_link, linked, list_url, record_url

FEW = 5


def abandoned_panel(staff) -> dict | None:
    """Those of which least time is left, and when they count as abandoned."""
    carts, after = abandoned_soon()
    found = latest(carts.select_related("customer"))
    if not found.rows:
        return None
    columns = (
        (_("Customer"), "wraps"),
        (_("Total"), "money"),
        (_("Abandoned at"), "date"),
    )
    hours = {
        "idle": formats.duration(round(after.total_seconds() * 3 / 4 / 60)),
        "after": formats.duration(round(after.total_seconds() / 60)),
    }
    return {
        "count": found.count,
        "url": list_url("carts", staff, abandoned_soon="true"),
        "rows_title": _("Unchanged for more than %(idle)s; after %(after)s a cart counts as abandoned.")
        % hours,
        **as_table(
            columns,
            [
                (
                    customer_link(cart.customer, staff, nobody=_("Visitor")),
                    linked(record_url("carts", cart.pk, staff), formats.money(cart.total, cart.currency)),
                    _clock(cart.changed_at + after),
                )
                for cart in found.rows[:FEW]
            ],
        ),
    }


def _clock(at) -> str:
    return fill(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        formats.moment(at),
        formats.time_of(at),
    )
