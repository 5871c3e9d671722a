"""The page of a voucher: what it gives, to whom, and who used it."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_facts, as_table
from backoffice.sections import section_named
from backoffice.sections.doors import facts_of

from ..models import OrderVoucher, Voucher
from ..services.voucher_uses import given_back_of, uses_of
from .links import customer_link
from .order_columns import painted_status
from .voucher_columns import STATES, TONES, listed, state_of, taken_off

SHOWN = 50
# A code for everybody may have hundreds of thousands of uses: more than so many are not counted one by one.
COUNTED = 10_000


def heading(voucher: Voucher, staff) -> dict:
    """How it stands today, what it takes off, how often it was used and may be."""
    state = state_of(voucher)
    left = _("any number") if voucher.quantity is None else formats.number(voucher.quantity)
    told = [
        (_("Discount"), taken_off(voucher.percent, voucher.amount, voucher.free_shipping)),
        (_("Used"), _used(voucher)),
        (_("Uses left"), left),
    ]
    return {
        "badges": [{"text": STATES[state], "tone": TONES[state]}],
        "glance": as_facts(told),
    }


def _used(voucher: Voucher) -> str:
    """How often orders that stand used it, and how many gave it back."""
    used, back = _number(uses_of(voucher)), _number(given_back_of(voucher))
    if not back:
        return _counted(used)
    told = _("%(used)s (given back by orders that came to nothing: %(back)s)")
    return told % {"used": _counted(used), "back": _counted(back)}


def _number(uses: QuerySet[OrderVoucher]) -> int:
    return uses.order_by()[: COUNTED + 1].count()


def _counted(number: int) -> str:
    if number <= COUNTED:
        return formats.number(number)
    return _("more than %(n)s") % {"n": formats.number(COUNTED)}


def facts_panel(voucher: Voucher, staff) -> dict:
    """What the voucher says."""
    section = section_named("vouchers")
    assert section is not None
    return {"said": " ".join(_explained(voucher)), "facts": facts_of(section, voucher)}


def _explained(voucher: Voucher) -> list[str]:
    """Who can use it now, or why nobody can: what the shop's pages would answer (facts 1.10, 4.8)."""
    said = {
        "usable": "",
        "early": _("It can be used from %(time)s on.") % {"time": formats.minute(voucher.starts_at)},
        "over": _("It expired on %(time)s: nobody can use it any more.")
        % {"time": formats.minute(voucher.ends_at)},
        "used_up": _("All its uses are taken: nobody can use it until it has more."),
        "disabled": _("It is switched off: nobody can use it until somebody switches it on."),
    }
    return [one for one in (said[state_of(voucher)], *_only_for(voucher)) if one]


def _only_for(voucher: Voucher) -> Iterator[str]:
    if voucher.customer_id:
        yield _(
            "Only one customer can use it; to everybody else the shop says that there is no such voucher."
        )
    if voucher.group:
        yield _("Only members of the group %(group)s can use it.") % {
            "group": formats.quoted(voucher.group.local_name)
        }
    if voucher.tag:
        yield _("Only customers with the tag %(tag)s can use it.") % {"tag": formats.quoted(voucher.tag.name)}
    if not (voucher.customer_id or voucher.group or voucher.tag):
        yield _("Whoever knows the code can use it.") if state_of(voucher) == "usable" else ""


def uses_panel(voucher: Voucher, staff) -> dict:
    """The orders that used it last; those that were cancelled gave it back."""
    uses = OrderVoucher.objects.filter(voucher=voucher.pk)
    found = uses.select_related("order__status", "order__customer").order_by("-pk")[:SHOWN]
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
            customer_link(one.order.customer, staff, nobody=one.order.customer_name),
            formats.money(one.amount, one.order.currency),
            painted_status(one.order.status),
        )
        for one in found
    ]
    return {
        "count": _counted(_number(uses)),
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
    return listed(named) if named else _("Everybody")
