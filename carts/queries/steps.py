"""What happened to a cart, step by step: its events and the pages seen meanwhile (S0.82, decision 55)."""

import datetime as dt
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from customers.models import PageView, Visit
from customers.rules.visits import SILENCE

from ..models import Cart, CartEvent, CartEventKind
from ..rules.replay import State, replay

MOST_VISITS, MOST_PAGES = 100, 500


@dataclass(frozen=True)
class Step:
    """A moment in the life of a cart: an event of it, or a page that was looked at."""

    at: dt.datetime
    event: CartEvent | None = None
    page: PageView | None = None


@dataclass(frozen=True)
class Steps:
    """All that is known to have happened to a cart; `is_whole`: from its beginning on."""

    all: Sequence[Step]
    is_whole: bool

    def state_at(self, number: int) -> State:
        """The cart after so many steps; after all of them it is as it is now."""
        return replay(step.event for step in self.all[:number] if step.event)


def steps_of(cart: Cart, *, with_pages: bool = True) -> Steps:
    """Its events, one after the other as they were numbered, with the pages among them by their time."""
    events = list(CartEvent.objects.filter(cart=cart.pk).order_by("pk"))
    pages = _pages_during(cart) if with_pages else []
    merged = heapq.merge(
        _by_time(events), ((page.viewed_at, 0, page) for page in pages), key=lambda one: one[:2]
    )
    steps = [
        Step(one.at, event=one) if isinstance(one, CartEvent) else Step(at, page=one)
        for at, _kind, one in merged
    ]
    return Steps(steps, is_whole=bool(events) and events[0].kind == CartEventKind.CREATED)


def _by_time(events: list[CartEvent]) -> Iterator[tuple[dt.datetime, int, CartEvent]]:
    """Each with the latest moment so far: the clock of a program that states an older one turns no order round."""
    latest = None
    for event in events:
        latest = event.at if latest is None else max(latest, event.at)
        yield latest, 1, event


def _pages_during(cart: Cart) -> list[PageView]:
    """The pages seen by the cart's browser, or its customer, from half an hour before it began to half an hour after
    its last change."""
    if not cart.visitor and cart.customer_id is None:
        return []
    whose = Q(visitor=cart.visitor) if cart.visitor else Q(customer=cart.customer_id)
    first, last = cart.created_at - SILENCE, cart.changed_at + SILENCE
    visits = Visit.objects.filter(whose, last_seen_at__gte=first, started_at__lte=last).order_by("started_at")
    keys = list(visits.values_list("pk", flat=True)[:MOST_VISITS])
    pages = (
        PageView.objects.filter(visit__in=keys, viewed_at__range=(first, last))
        if keys
        else PageView.objects.none()
    )
    return list(pages.order_by("viewed_at", "pk")[:MOST_PAGES])
