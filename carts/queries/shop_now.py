"""What the shop now asks: each question is about the last minutes, hours or days, and has an index (decision 55)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncHour
from django.utils import timezone

from backoffice.live.memory import recall
from backoffice.models import Counter
from customers.models import Customer, PageView, Visit
from customers.options import customer_options

from ..models import Cart, CartEvent, CartEventKind, Order
from ..rules import cents_of, in_shop_currency, money
from . import CENT
from .states import CartState, abandoned_before, in_state

LATELY = dt.timedelta(hours=24)
HOURS = 12
LATEST_IDS = 200
TOLD = (
    CartEventKind.ADDED,
    CartEventKind.CHANGED,
    CartEventKind.REMOVED,
    CartEventKind.VOUCHER,
    CartEventKind.SIGNED_IN,
)


def version_of_figures() -> tuple:
    """Changes whenever a figure may: with a visit, a cart, an order or a customer, and every minute, in which visits
    end and hours go by."""
    return (*version_of_online(), *_versions("carts.order", "customers.customer"))


def version_of_online() -> tuple:
    """Changes whenever somebody comes, looks at a page, fills a cart or goes."""
    return (_minute(), *_versions("customers.visit", "carts.cart"), _latest(PageView), _latest(CartEvent))


def version_of_happened() -> tuple:
    """Changes whenever a cart, an order or a new customer does."""
    return (timezone.localdate(), *_versions("carts.order", "customers.customer"), _latest(CartEvent))


def version_of_carts() -> tuple:
    """Changes whenever a cart does, becomes an order or is deleted, when customers come and go, and every minute, in
    which carts are abandoned."""
    return (_minute(), *_versions("carts.cart", "carts.order"), _latest(CartEvent), _customers_online())


def _minute() -> dt.datetime:
    return timezone.now().replace(second=0, microsecond=0)


def _versions(*names: str) -> tuple:
    now = recall("shop_now.counters", Counter.by_name)
    return tuple(now[name].version if name in now else None for name in names)


def _latest(model: type) -> tuple:
    """The latest numbers added up: the highest one may be told before lower ones are."""

    def read() -> tuple:
        keys = list(model.objects.order_by("-pk").values_list("pk", flat=True)[:LATEST_IDS])
        return len(keys), sum(keys)

    return recall(("shop_now.latest", model), read)


def _customers_online() -> tuple:
    def read() -> tuple:
        here = Visit.objects.online().filter(customer__isnull=False)
        return tuple(here.aggregate(n=Count("pk"), keys=Sum("pk")).values())

    return recall("shop_now.customers_online", read)


def who_is_online(most: int) -> list[Visit]:
    """The visits that go on, seen last first, with the page looked at: its path `page` and its product `product_id`."""
    pages = PageView.objects.filter(visit=OuterRef("pk")).order_by("-viewed_at", "-pk")
    online = Visit.objects.online().select_related("customer").order_by("-last_seen_at", "-pk")
    return list(
        online.annotate(
            page=Subquery(pages.values("url")[:1]), product_id=Subquery(pages.values("product_id")[:1])
        )[:most]
    )


def number_online() -> tuple[int, int]:
    """How many visits go on, and how many of them are customers'."""
    found = Visit.objects.online().aggregate(all=Count("pk"), customers=Count("customer"))
    return found["all"], found["customers"]


def visits_by_hour(now: dt.datetime) -> dict[dt.datetime, int]:
    """How many visits began in each of the last twelve hours."""
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    hours = [this_hour - dt.timedelta(hours=back) for back in range(HOURS - 1, -1, -1)]
    hour = TruncHour("started_at", tzinfo=timezone.get_default_timezone())
    began = Visit.objects.filter(started_at__gte=hours[0]).order_by().annotate(hour=hour)
    numbers = dict(began.values_list("hour").annotate(n=Count("pk")))
    return {one: numbers.get(one, 0) for one in hours}


def carts_of_visits(visits: Iterable[Visit]) -> dict[int, Cart]:
    """The cart each of these visits fills, the one changed last, by the visit's number.

    Of their browser or, where that has none, of their customer; never another customer's.
    """
    visits = list(visits)
    tokens = {visit.visitor for visit in visits if visit.visitor}
    customers = {visit.customer_id for visit in visits if visit.customer_id}
    carts = (
        not_ordered().filter(Q(visitor__in=tokens) | Q(customer__in=customers)).order_by("changed_at", "pk")
    )
    by_visitor: dict[str, list[Cart]] = defaultdict(list)
    by_customer: dict[int, Cart] = {}
    for cart in carts.only("visitor", "customer", "total", "currency", "items_count"):
        by_customer[cart.customer_id] = cart
        if cart.visitor:
            by_visitor[cart.visitor].insert(0, cart)

    def cart_of(visit: Visit) -> Cart | None:
        whose = visit.customer_id
        of_browser = by_visitor[visit.visitor]
        if whose is None:
            return next(iter(of_browser), None)
        return next((one for one in of_browser if one.customer_id in (None, whose)), by_customer.get(whose))

    found = {visit.pk: cart_of(visit) for visit in visits}
    return {key: cart for key, cart in found.items() if cart}


def not_ordered() -> QuerySet[Cart]:
    """The carts being filled: not ordered, and not abandoned yet (decision 16)."""
    return Cart.objects.filled().filter(in_state(CartState.NOT_ORDERED, abandoned_before()))


def being_filled() -> tuple[int, Decimal]:
    """How many carts are being filled, and what is in them in the shop's currency; read once for all screens that get
    the same version of the figures."""
    return recall(("shop_now.being_filled", version_of_online()), _being_filled, seconds=60)


def _being_filled() -> tuple[int, Decimal]:
    by_rate = not_ordered().order_by().values("rate").annotate(n=Count("pk"), sum_total=Sum("total"))
    found = [
        (one["n"], in_shop_currency(cents_of(one["sum_total"].quantize(CENT)), one["rate"]))
        for one in by_rate
    ]
    return sum(number for number, _cents in found), money(sum(cents for _number, cents in found))


def abandoned_soon() -> tuple[QuerySet[Cart], dt.timedelta]:
    """The carts that nobody has touched for three quarters of the time after which they count as abandoned, those first
    of which least is left; and that time."""
    after = customer_options().abandoned_after
    carts = not_ordered().filter(changed_at__lte=timezone.now() - after * 3 / 4)
    return carts.order_by("changed_at", "id"), after


def latest_events(most: int) -> QuerySet[CartEvent]:
    """What happened to carts within a day, the latest first."""
    found = CartEvent.objects.filter(kind__in=TOLD, at__gte=timezone.now() - LATELY)
    return found.select_related("cart", "cart__customer", "product").order_by("-at", "-pk")[:most]


def repriced_among(events: Iterable[CartEvent]) -> set[int]:
    """Those of these events, by their numbers, that changed no quantity but what one costs: who signs in may have a
    discount."""
    changed = CartEvent.objects.filter(pk__in=[one.pk for one in events if one.kind == CartEventKind.CHANGED])
    line = {name: OuterRef(name) for name in ("cart", "product", "customisation")}
    before = CartEvent.objects.filter(**line, pk__lt=OuterRef("pk")).order_by("-pk").values("quantity")[:1]
    same = changed.annotate(before=Subquery(before)).filter(before=F("quantity"))
    return set(same.values_list("pk", flat=True))


def latest_orders(most: int) -> QuerySet[Order]:
    """What was ordered within a day, the latest first."""
    found = Order.objects.filter(placed_at__gte=timezone.now() - LATELY)
    return found.select_related("customer").order_by("-placed_at", "-pk")[:most]


def latest_customers(most: int) -> QuerySet[Customer]:
    """Who registered within a day, the latest first."""
    found = Customer.objects.here().filter(registered_at__gte=timezone.now() - LATELY)
    return found.order_by("-registered_at", "-pk")[:most]
