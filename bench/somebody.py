"""Somebody who did very much in a generated shop: orders, carts, visits and messages by the thousand."""

import datetime as dt
from random import Random

from django.db import transaction
from django.db.models import F, Max

from backoffice.models import Counter
from backoffice.records.recounting import recount_all
from backoffice.records.seeding import continue_ids
from carts.models import Cart, Order, Product
from carts.services.order_words import words_of
from customers.models import Customer, Message, Thread, Visit

from .generate import moments
from .loading import Loader, analyze
from .trade import Trade

ORDERS, CARTS, VISITS, MESSAGES = 5_000, 5_000, 20_000, 2_000
THREADS = 200


def put_very_much_on(customer: Customer) -> None:
    """Give this customer what the heaviest one has (issue 8, speed); stored figures and counters are right then."""
    random = Random(customer.pk)
    midnight = dt.datetime.combine(dt.date.today(), dt.time.min, dt.UTC)
    prices = Product.objects.values_list("pk", "name", "price")
    products = [(key, name, int(price * 100)) for key, name, price in prices]
    facts = {"now": int(midnight.timestamp()), "lean": False, "moment": moments(midnight)}
    trade = Trade(random, products, **facts)
    for name, model in (("visit_id", Visit), ("cart_id", Cart), ("order_id", Order)):
        setattr(trade, name, model.objects.aggregate(last=Max("pk"))["last"] or 0)
    since = facts["now"] - 5 * 365 * 86_400
    name, email = customer.name, customer.email
    words = words_of(Order(customer=customer, customer_name=name, customer_email=email))
    trade.live(customer.pk, name, email, words, since, ORDERS, CARTS - ORDERS, VISITS - ORDERS)
    letters = _letters(customer, facts["moment"], since)
    with transaction.atomic():
        for loader in (*trade.loaders, *letters):
            loader.write()
    continue_ids(Visit, Cart, Order, Thread, Message)
    for model, more in ((Visit, VISITS), (Order, ORDERS), (Thread, THREADS), (Message, MESSAGES)):
        Counter.objects.filter(name=model._meta.label_lower).update(value=F("value") + more)
    for _difference in recount_all(mend=True):
        pass
    analyze()


def _letters(customer: Customer, moment, since: int) -> tuple[Loader, Loader]:
    threads = Loader(Thread, "id", "customer", "subject", "status", "created_at", "last_message_at")
    messages = Loader(Message, "thread", "direction", "text", "sent_at")
    last = Thread.objects.aggregate(last=Max("pk"))["last"] or 0
    for number in range(THREADS):
        first = since + number * 86_400
        threads.add(
            last + 1 + number, customer.pk, "My order", "closed", moment(first), moment(first + 3_600)
        )
        for place in range(MESSAGES // THREADS):
            by = "staff" if place % 2 else "customer"
            messages.add(last + 1 + number, by, "When will it come?", moment(first + 300 * place))
    return threads, messages
