"""The page of a voucher: what it gives, to whom, and who used it."""

from django.utils.translation import gettext as _

from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_table
from backoffice.sections import section_named
from backoffice.sections.doors import facts_of

from ..models import OrderVoucher, Voucher
from ..services.voucher_uses import uses_of
from .order_columns import painted_status
from .voucher_columns import STATES, TONES, state_of, taken_off

SHOWN = 50


def heading(voucher: Voucher, staff) -> dict:
    """How it stands today, what it takes off, how often it was used and may be."""
    state = state_of(voucher)
    left = _("any number") if voucher.quantity is None else formats.number(voucher.quantity)
    told = [
        (_("Discount"), taken_off(voucher.percent, voucher.amount, voucher.free_shipping)),
        (_("Used"), formats.number(uses_of(voucher).count())),
        (_("Uses left"), left),
    ]
    return {
        "badges": [{"text": STATES[state], "tone": TONES[state]}],
        "glance": [{"title": title, "value": value} for title, value in told],
    }


def facts_panel(voucher: Voucher, staff) -> dict:
    """What the voucher says."""
    section = section_named("vouchers")
    assert section is not None
    return {"facts": facts_of(section, voucher)}


def uses_panel(voucher: Voucher, staff) -> dict:
    """The latest orders in which it was used; those that were cancelled gave it back."""
    uses = OrderVoucher.objects.filter(voucher=voucher.pk)
    found = uses.select_related("order__status").order_by("-order__placed_at", "-pk")[:SHOWN]
    columns = (
        (_("Order"), ""),
        (_("Date"), "date"),
        (_("Customer"), "wraps"),
        (_("Discount"), "money"),
        (_("Status"), ""),
    )
    rows = [
        (
            fill('<a href="{}">{}</a>', link("orders_view", one.order_id), one.order.reference),
            minute_with_seconds(one.order.placed_at),
            one.order.customer_name,
            formats.money(one.amount, one.order.currency),
            painted_status(one.order.status),
        )
        for one in found
    ]
    return {
        "count": formats.number(uses.count()),
        "empty": "" if rows else _("Nobody has used this voucher yet."),
        "cards": True,
        **as_table(columns, rows),
    }


def for_whom(voucher: Voucher) -> str:
    """Whose it is alone, else everybody's."""
    named = []
    if voucher.customer_id and voucher.customer and not voucher.customer.is_hidden:
        named.append(
            fill('<a href="{}">{}</a>', link("customers_view", voucher.customer_id), voucher.customer)
        )
    elif voucher.customer_id:
        named.append(_("Deleted customer"))
    for slug, one in (("groups", voucher.group), ("tags", voucher.tag)):
        if one is not None:
            named.append(fill('<a href="{}">{}</a>', link(f"{slug}_view", one.pk), one))
    return fill(", ".join(["{}"] * len(named)), *named) if named else _("Everybody")
