"""The figures of the shop now: who is here and what is in carts, orders and new customers beside last week."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.lists.paging import kept_count
from backoffice.lists.pictures import Bar, bars
from backoffice.models import Counter
from backoffice.screen import formats
from customers.models import Customer

from ...models import Order
from ...queries.shop_now import being_filled, number_online, visits_by_hour
from ...queries.weeks import Span, Total, TwoWeeks, two_weeks
from ..links import list_url
from .weeks import letters, picture_of, trend


def cards_panel(staff) -> dict | None:
    """A card for each thing this person may see."""
    counters, span = Counter.by_name(), Span()
    cards = [*_here(staff, span), *_orders(staff, span, counters), *_customers(staff, span, counters)]
    return {"cards": cards} if cards else None


# --- Right now ------------------------------------------------------------------------------------------------------


def _here(staff, span: Span) -> Iterator[dict]:
    figures = [*_online(staff), *_in_carts(staff)]
    if figures:
        card = {"name": "here", "title": _("Right now"), "figures": figures}
        yield {**card, "picture": _hours(staff, span)} if staff.has_perm("customers.view_visit") else card


def _online(staff) -> Iterator[dict]:
    if staff.has_perm("customers.view_visit"):
        online, customers = number_online()
        note = ngettext("%(n)s customer", "%(n)s customers", customers) % {"n": formats.number(customers)}
        yield {
            "title": _("Online"),
            "value": formats.number(online),
            "url": list_url("visits", staff, online="true"),
            "note": note if online else "",
        }


def _in_carts(staff) -> Iterator[dict]:
    if staff.has_perm("carts.view_cart"):
        number, worth = being_filled()
        note = ngettext("%(n)s cart", "%(n)s carts", number) % {"n": formats.number(number)}
        yield {
            "title": _("In carts"),
            "value": formats.shop_money(worth),
            "url": list_url("carts", staff, status="not_ordered"),
            "note": note,
        }


def _hours(staff, span: Span) -> dict:
    """A bar for each of the last twelve hours; that of this hour, which goes on, is pale."""
    minute = span.now.replace(second=0, microsecond=0)
    numbers = kept_count(("visits by hour", minute), lambda: visits_by_hour(span.now))
    told = []
    for place, (hour, number) in enumerate(numbers.items()):
        clock = formats.time_of(hour)
        tone = 3 if place == len(numbers) - 1 else 1
        told.append(Bar(formats.labelled(clock, formats.number(number)), number, 12.5 * place, tone))
    title = _("Visits an hour, the last 12 hours: %(numbers)s") % {
        "numbers": ", ".join(map(formats.number, numbers.values()))
    }
    first = next(iter(numbers))
    return {
        "html": bars(title, told, width=145.5),
        "url": list_url("visits", staff, started_after=str(timezone.localdate(first))),
        "title": _("Visits an hour"),
        "ends": [formats.time_of(first), _("now")],
    }


# --- Orders and new customers ---------------------------------------------------------------------------------------


def _orders(staff, span: Span, counters: dict[str, Counter]) -> Iterator[dict]:
    if not staff.has_perm("carts.view_order"):
        return
    version = _version(counters, Order)
    found = two_weeks(Order.objects.all(), "placed_at", span, version=version, amount="value")

    def since(day: dt.date) -> str:
        return list_url("orders", staff, placed_after=str(day))

    yield _card("orders", _("Orders"), found, since, money=True)


def _customers(staff, span: Span, counters: dict[str, Counter]) -> Iterator[dict]:
    if not staff.has_perm("customers.view_customer"):
        return
    found = two_weeks(Customer.objects.here(), "registered_at", span, version=_version(counters, Customer))

    def since(day: dt.date) -> str:
        return list_url("customers", staff, registered_after=str(day))

    yield _card("signups", _("New customers"), found, since)


def _version(counters: dict[str, Counter], model) -> int:
    counter = counters.get(model._meta.label_lower)
    return counter.version if counter else 0


def _card(name: str, title: str, found: TwoWeeks, since, *, money: bool = False) -> dict:
    """Today and this week, each beside the same hours a week ago, and two bars a day."""
    span = found.span
    figures = [
        _figure(_("Today"), found.today, _("%(n)s by this time a week ago"), since(span.today), money),
        _figure(_("This week"), found.week, _("%(n)s by this time last week"), since(span.monday), money),
    ]
    picture = {
        "html": picture_of(found, title),
        "url": since(span.last_week[0]),
        "title": _("This week beside last week, which is pale"),
        "days": letters(),
    }
    return {"name": name, "title": title, "figures": figures, "picture": picture}


def _figure(title: str, sums: tuple[Total, Total], sentence: str, url: str, money: bool) -> dict:
    now, before = sums
    return {
        "title": title,
        "value": formats.number(now.number),
        "url": url,
        "amount": formats.shop_money(now.amount) if money and now.number else "",
        "trend": trend(now, before),
        "note": sentence % {"n": formats.number(before.number)},
    }
