"""The vouchers of a customer (S0.51, S1.62, S4.74)."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from backoffice.lists.latest import latest
from backoffice.screen import formats
from backoffice.screen.markup import fill
from backoffice.screen.tables import as_table
from backoffice.tables.switches import draw_switch
from customers.models import Customer

from ..models import Voucher
from ..queries import vouchers_of


def vouchers_panel(customer: Customer, staff) -> dict:
    """Each voucher that is theirs alone: what it takes off, until when, and whether it is enabled."""
    found = latest(vouchers_of(customer))
    return {
        "count": found.count,
        "empty": "" if found.rows else _("%(name)s has no discount vouchers.") % {"name": customer},
        **voucher_table(found.rows),
    }


def voucher_table(vouchers: Iterable[Voucher]) -> dict:
    """Vouchers as a block shows them."""
    columns = (
        (_("Code"), ""),
        (_("Discount"), "wraps"),
        (_("Valid until"), ""),
        (_("Enabled"), "flag"),
    )
    return as_table(columns, map(_row, vouchers))


def _row(voucher: Voucher) -> tuple:
    code = fill('{}<br><span class="muted">{}</span>', voucher.code, voucher.name)
    return (
        code,
        _taken_off(voucher),
        fill('<span class="nowrap">{}</span>', formats.day(voucher.ends_at)),
        draw_switch(voucher.active, label="", url=""),
    )


def _taken_off(voucher: Voucher) -> str:
    parts = []
    if voucher.percent is not None:
        parts.append(formats.percent(voucher.percent / 100, places=2))
    if voucher.amount is not None:
        parts.append(formats.money(voucher.amount, settings.SHOP_CURRENCY))
    if voucher.free_shipping:
        parts.append(_("Free shipping"))
    return ", ".join(parts)
