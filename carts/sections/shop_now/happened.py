"""What just happened: carts, orders and sign-ups in one line of time, the latest first."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.screen import formats
from backoffice.screen.markup import filled

from ...models import CartEvent, CartEventKind
from ...queries.shop_now import latest_customers, latest_events, latest_orders, repriced_among
from ..links import customer_link, linked, owner_link, record_url

MOST = 9
# So many changes of carts are looked at: those of one cart in a row are one entry.
LOOKED_AT = 60


class Told(NamedTuple):
    """One thing that happened."""

    key: str
    at: dt.datetime
    icon: str
    text: str
    amount: str = ""


RIGHTS = ("carts.view_cart", "carts.view_order", "customers.view_customer")


def happened_panel(staff) -> dict | None:
    """The latest of everything this person may see, of a day at most."""
    if not any(map(staff.has_perm, RIGHTS)):
        return None
    told = [*_of_carts(staff), *_orders(staff), *_sign_ups(staff)]
    told.sort(key=lambda one: one.at, reverse=True)
    return {
        "entries": [
            {
                "key": one.key,
                "icon": one.icon,
                "text": one.text,
                "amount": one.amount,
                "when": _when(one.at),
                "when_iso": one.at.isoformat(timespec="seconds"),
            }
            for one in told[:MOST]
        ],
        "empty": "" if told else _("Nothing has happened in the last 24 hours."),
    }


def _when(at: dt.datetime) -> str:
    """The hour and minute; with the day where it is not today's."""
    is_today = timezone.localdate(at) == timezone.localdate()
    return formats.time_of(at) if is_today else formats.minute(at)


_SENTENCES = {
    CartEventKind.ADDED: ("plus", gettext_lazy("%(who)s added %(quantity)s × %(product)s")),
    CartEventKind.CHANGED: (
        "carts",
        gettext_lazy("%(who)s now has %(quantity)s × %(product)s"),
    ),
    CartEventKind.REMOVED: ("cross", gettext_lazy("%(who)s removed %(product)s")),
    CartEventKind.VOUCHER: ("vouchers", gettext_lazy("%(who)s used the voucher %(name)s")),
    CartEventKind.SIGNED_IN: ("person", gettext_lazy("%(who)s was identified")),
}
_REPRICED = ("carts", gettext_lazy("%(who)s has a new price: %(quantity)s × %(product)s"))


def _of_carts(staff) -> Iterator[Told]:
    if not staff.has_perm("carts.view_cart"):
        return
    events = list(latest_events(LOOKED_AT))
    runs = [list(run) for _cart, run in groupby(events, key=lambda event: event.cart_id)]
    repriced = repriced_among([run[0] for run in runs[:MOST]])
    for run in runs[:MOST]:
        event = run[0]
        icon, sentence = _REPRICED if event.pk in repriced else _SENTENCES[CartEventKind(event.kind)]
        product = event.product.full_name if event.product else _("a product")
        text = filled(
            sentence,
            who=owner_link(event.cart, staff),
            product=linked(record_url("carts", event.cart_id, staff), product),
            quantity=formats.number(event.quantity),
            name=event.name,
        )
        if len(run) > 1:
            text = _with_more(text, len(run) - 1, is_all=run is not runs[-1] or len(events) < LOOKED_AT)
        yield Told(f"event-{run[-1].pk}", event.at, icon, text, _amount(event))


def _with_more(text: str, number: int, *, is_all: bool) -> str:
    """What changed last in a cart, and how often it changed just before, or more often than that."""
    said = ngettext("%(what)s and %(n)s more change", "%(what)s and %(n)s more changes", number)
    return filled(said, what=text, n=formats.number(number) if is_all else f"{formats.number(number)}+")


def _amount(event: CartEvent) -> str:
    """What was put in comes to."""
    if event.kind not in (CartEventKind.ADDED, CartEventKind.CHANGED) or event.unit_price is None:
        return ""
    return formats.money(event.unit_price * event.quantity, event.cart.currency)


def _orders(staff) -> Iterator[Told]:
    if not staff.has_perm("carts.view_order"):
        return
    for order in latest_orders(MOST):
        text = filled(
            _("%(who)s ordered: %(order)s"),
            who=customer_link(order.customer, staff),
            order=linked(record_url("orders", order.pk, staff), order.reference),
        )
        yield Told(
            f"order-{order.pk}", order.placed_at, "orders", text, formats.money(order.total, order.currency)
        )


def _sign_ups(staff) -> Iterator[Told]:
    if not staff.has_perm("customers.view_customer"):
        return
    for customer in latest_customers(MOST):
        sentence = _("%(who)s bought as a guest") if customer.guest else _("%(who)s signed up")
        yield Told(
            f"customer-{customer.pk}",
            customer.registered_at,
            "customers",
            filled(sentence, who=customer_link(customer, staff)),
        )
