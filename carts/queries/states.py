"""What becomes of carts: ordered, not ordered, abandoned (decision 16), and whose owners are in the shop now."""

import datetime as dt
import json
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from customers.models import Visit
from customers.options import customer_options
from customers.rules.visits import SILENCE

from ..models import Cart


class CartState(TextChoices):
    """What a cart is; each is exactly one of these."""

    ORDERED = "ordered", pgettext_lazy("cart", "Ordered")
    NOT_ORDERED = "not_ordered", pgettext_lazy("cart", "Not ordered")
    ABANDONED = "abandoned", pgettext_lazy("cart", "Abandoned")


def state_of(*, ordered: bool, changed_at: dt.datetime, abandoned_before: dt.datetime) -> CartState:
    """Without an order, and left alone for longer than the shop waits, it is abandoned; exactly as long is not."""
    if ordered:
        return CartState.ORDERED
    return CartState.ABANDONED if changed_at < abandoned_before else CartState.NOT_ORDERED


def abandoned_before() -> dt.datetime:
    """The moment since which a cart has to have changed, not to be abandoned."""
    return timezone.now() - customer_options().abandoned_after


def in_state(state: str, before: dt.datetime) -> Q:
    """The carts in that state, where those left alone since `before` are abandoned."""
    return {
        CartState.ORDERED: Q(ordered=True),
        CartState.NOT_ORDERED: Q(ordered=False, changed_at__gte=before),
        CartState.ABANDONED: Q(ordered=False, changed_at__lt=before),
    }[CartState(state)]


def online_carts() -> QuerySet[Cart, dict]:
    """The numbers of the carts of whoever is in the shop, as browser or as customer: of the visits that go on.

    Two questions, each answered by an index of its own, since there are few visitors and many carts.
    """
    here = Visit.objects.online().order_by()
    browsers = here.exclude(visitor="").values("visitor")
    people = here.filter(customer__isnull=False).values("customer")
    carts = Cart.objects.order_by()
    of_browsers = carts.exclude(visitor="").filter(visitor__in=browsers).values("pk")
    return of_browsers.union(carts.filter(customer__in=people).values("pk"))


def online_among(carts: Iterable[tuple[int, str, int | None]]) -> set[int]:
    """Those of these carts (number, visitor, customer) whose owner is in the shop now; one query."""
    carts = list(carts)
    browsers = [visitor for _pk, visitor, _customer in carts if visitor]
    people = [customer for _pk, _visitor, customer in carts if customer]
    here = _online(browsers, people)
    return {pk for pk, visitor, customer in carts if visitor in here or customer in here}


def _online(browsers: list[str], people: list[int]) -> set[str | int]:
    """The browsers and customers of these who are on a visit that goes on, as `VisitQuerySet.online` says it.

    Written out: every page of carts asks, and putting it together costs more than the whole answer.
    """
    since = connection.ops.adapt_datetimefield_value(timezone.now() - SILENCE)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT v.visitor, v.customer_id FROM customers_visit v WHERE v.last_seen_at >= %s"
                " AND (v.visitor = ANY(%s) AND v.visitor <> '' OR v.customer_id = ANY(%s)) AND NOT EXISTS (SELECT 1"
                " FROM customers_visitor b WHERE b.token = v.visitor AND b.visit_id IS DISTINCT FROM v.id)",
                [since, browsers, people],
            )
        else:
            cursor.execute(
                "SELECT v.visitor, v.customer_id FROM customers_visit v WHERE v.last_seen_at >= %s"
                " AND (v.visitor IN (SELECT value FROM json_each(%s)) AND v.visitor <> ''"
                " OR v.customer_id IN (SELECT value FROM json_each(%s))) AND NOT EXISTS (SELECT 1"
                " FROM customers_visitor b WHERE b.token = v.visitor AND b.visit_id IS NOT v.id)",
                [since, json.dumps(browsers), json.dumps(people)],
            )
        return {one for pair in cursor.fetchall() for one in pair if one}
