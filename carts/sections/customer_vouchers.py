"""The vouchers that a customer can use though not everybody can: their own, their groups' and their tags' (S0.51)."""

from collections import Counter

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.lists.latest import latest
from backoffice.records.changes import refusal_to_change
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill, filled
from backoffice.screen.tables import as_table
from customers.models import Customer

from ..models import OrderVoucher, Voucher
from ..queries.vouchers import vouchers_for
from ..services.voucher_uses import STANDS
from .links import linked, record_url
from .voucher_columns import STATES, TONES, listed, state_of, taken_off, told_end


def vouchers_panel(customer: Customer, staff) -> dict:
    """The latest of them: by what they are the customer's, how many uses are left to them, how each stands today."""
    vouchers = vouchers_for(customer.pk).select_related("group", "tag").order_by("-pk")
    found = latest(vouchers)
    uses = _uses(customer, found.rows)
    columns = (
        (_("Code"), "wraps"),
        (_("Discount"), "wraps"),
        (_("Uses left"), "num"),
        (pgettext("of a voucher", "Status"), "wraps"),
    )
    may_add = staff.has_perm("carts.add_voucher") and not refusal_to_change(customer)
    return {
        "count": found.count,
        "url": f"{link('vouchers_list')}?available_to={customer.pk}" if found.rows else "",
        "empty": "" if found.rows else _("%(name)s has no discount vouchers.") % {"name": customer},
        "add_url": f"{link('vouchers_add')}?customer={customer.pk}" if may_add else "",
        "add_title": _("Add a voucher"),
        "cards": True,
        **as_table(columns, [_row(one, uses[one.pk], staff) for one in found.rows]),
    }


def _uses(customer: Customer, vouchers: list[Voucher]) -> Counter[int | None]:
    """How often the customer used each of them, as far as that is limited."""
    limited = [one for one in vouchers if one.per_customer is not None]
    uses = OrderVoucher.objects.filter(STANDS, voucher__in=limited, order__customer=customer.pk)
    return Counter(uses.values_list("voucher", flat=True))


def _row(voucher: Voucher, uses: int, staff) -> tuple:
    left = _left(voucher, uses)
    state = state_of(voucher)
    if state == "usable" and left == 0:
        state = "used_up"
    end = _("until %(day)s") % {"day": told_end(voucher.ends_at)} if voucher.ends_at else ""
    return (
        fill(
            '<a class="strong" href="{}">{}</a><br>{}<br><span class="muted">{}</span>',
            link("vouchers_view", voucher.pk),
            voucher.code,
            _whose(voucher, staff),
            voucher.name,
        ),
        taken_off(voucher.percent, voucher.amount, voucher.free_shipping),
        _("any") if left is None else formats.number(left),
        fill(
            '<span class="badge badge-{}">{}</span> <span class="muted">{}</span>',
            TONES[state],
            STATES[state],
            end,
        ),
    )


def _left(voucher: Voucher, uses: int) -> int | None:
    """How often the customer may still use it; None for any number (facts 4.8)."""
    own = None if voucher.per_customer is None else max(0, voucher.per_customer - uses)
    return min((one for one in (own, voucher.quantity) if one is not None), default=None)


def _whose(voucher: Voucher, staff) -> SafeString:
    """By what it is theirs: their own, or that of a group or a tag."""
    told = [fill("{}", pgettext("voucher", "Personal"))] if voucher.customer_id else []
    for title, slug, one in ((_("Group"), "groups", voucher.group), (_("Tag"), "tags", voucher.tag)):
        if one is not None:
            named = linked(record_url(slug, one.pk, staff), one)
            told.append(filled(_("%(label)s: %(value)s"), label=title, value=named))
    return listed(told)
