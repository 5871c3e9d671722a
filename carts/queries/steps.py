"""What happened to a cart, step by step: its events and the pages seen meanwhile (S0.82, decision 55)."""

import datetime as dt
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from customers.models import PageView, Visit
from customers.rules.visits import SILENCE

from ..models import Cart, CartEvent, CartEventKind
from ..rules.replay import State, replay

MOST_VISITS, MOST_PAGES = 100, 500


class Event(NamedTuple):
    """An event of a cart as it is stored."""

    kind: str
    product_id: int | None
    customisation: str
    quantity: int
    unit_price: Decimal | None
    name: str
    at: dt.datetime


class Page(NamedTuple):
    """A page that was looked at."""

    at: dt.datetime
    url: str
    product_id: int | None


@dataclass(frozen=True)
class Steps:
    """All that is known to have happened to a cart; `is_whole`: from its beginning on."""

    all: Sequence[Event | Page]
    is_whole: bool

    def state_at(self, number: int) -> State:
        """The cart after so many steps; after all of them it is as it is now."""
        return replay(step for step in self.all[:number] if isinstance(step, Event))

    @cached_property
    def repriced(self) -> set[int]:
        """The steps, by their numbers from 1 on, that changed no quantity but what one costs: who signed in has a
        discount."""
        found, quantities = set(), {}
        for number, step in enumerate(self.all, start=1):
            if isinstance(step, Event) and step.product_id is not None:
                place = (step.product_id, step.customisation)
                if step.kind == CartEventKind.CHANGED and quantities.get(place) == step.quantity:
                    found.add(number)
                quantities[place] = step.quantity
        return found


def steps_of(cart: Cart, *, with_pages: bool = True) -> Steps:
    """Its events, one after the other as they were numbered, with the pages among them by their time."""
    rows = CartEvent.objects.filter(cart=cart.pk).order_by("pk").values_list(*Event._fields)
    events = [Event(*row) for row in rows]
    pages = [(page.at, page) for page in _pages_during(cart)] if with_pages else []
    merged = heapq.merge(pages, _by_time(events), key=lambda one: one[0])
    return Steps(
        [step for _at, step in merged], is_whole=bool(events) and events[0].kind == CartEventKind.CREATED
    )


def _by_time(events: list[Event]) -> Iterator[tuple[dt.datetime, Event]]:
    """Each with the latest moment so far: the clock of a program that states an older one turns no order round."""
    latest = None
    for event in events:
        latest = event.at if latest is None else max(latest, event.at)
        yield latest, event


def _pages_during(cart: Cart) -> list[Page]:
    """The pages seen by the cart's browser, or its customer, from half an hour before it began to half an hour after
    its last change."""
    if not cart.visitor and cart.customer_id is None:
        return []
    whose = Q(visitor=cart.visitor) if cart.visitor else Q(customer=cart.customer_id)
    first, last = cart.created_at - SILENCE, cart.changed_at + SILENCE
    visits = Visit.objects.filter(whose, last_seen_at__gte=first, started_at__lte=last).order_by("started_at")
    keys = list(visits.values_list("pk", flat=True)[:MOST_VISITS])
    if not keys:
        return []
    pages = PageView.objects.filter(visit__in=keys, viewed_at__range=(first, last)).order_by(
        "viewed_at", "pk"
    )
    return [Page(*row) for row in pages.values_list("viewed_at", "url", "product_id")[:MOST_PAGES]]
