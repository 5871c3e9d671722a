"""What orders are found by: the name they were placed in, and all that finds their customer (`Order.search_text`)."""

from collections.abc import Collection

from django.db.models import QuerySet

from backoffice.database import bulk_sql
from backoffice.models import Counter

from ..models import Order

_WORDS = Order._meta.get_field("search_text")
_READ = ("customer_name", "customer_email", "search_text", "customer__search_text")


def follow(customers: Collection[int]) -> None:
    """Have the orders of these locked customers be found by what they are called now.

    Orders have no new version by it, nor history: nothing that they say is another.
    """
    found = (
        (order, words_of(order)) for order in with_words(Order.objects.filter(customer__among=customers))
    )
    _write(["search_text"], [(order.pk, words) for order, words in found if words != order.search_text])


def outlive(customers: Collection[int]) -> None:
    """Have the orders of these locked customers, who go for good next, be nobody's, found by the name they keep."""
    orders = with_words(Order.objects.filter(customer__among=customers))
    for order in orders:
        order.customer = None
    _write(["customer_id", "search_text"], [(order.pk, None, words_of(order)) for order in orders])


def with_words(orders: QuerySet) -> QuerySet:
    """These orders with all that `words_of` reads, and no more."""
    return orders.select_related("customer").only("customer", *_READ)


def words_of(order: Order) -> str:
    """What an order ought to be found by."""
    return _WORDS.text_of(order)


def _write(names: list[str], rows: list[tuple]) -> None:
    if rows:
        bulk_sql.update(Order, names, rows)
        Counter.move(Order._meta.label_lower)
