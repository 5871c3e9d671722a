"""Fill an empty, migrated shop with customers by bulk load: `python -m bench.generate --customers 1000000`.

DATABASE_URL says where. The same seed, number and day give the same shop. Stored figures, counters and key figures
are right afterwards; `manage.py recount --check` proves it.
"""

import argparse
import datetime as dt
import os
import sys
import time
from itertools import chain
from random import Random

import django

BLOCK = 10_000


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__.partition("\n")[0])
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument(
        "--lean", action="store_true", help="only what lists of customers read; a third of the time"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--day", type=dt.date.fromisoformat, default=None, help="the shop's last day, today by default"
    )
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from customers.models import Customer

    if Customer.objects.exists():
        sys.exit("There are customers already; this fills an empty shop only.")
    began = time.perf_counter()
    for table, rows in fill(asked.customers, seed=asked.seed, day=asked.day, lean=asked.lean).items():
        print(f"{rows:>12,} {table}")
    print(f"{time.perf_counter() - began:.0f} s")


def fill(customers: int, *, seed: int = 1, day: dt.date | None = None, lean: bool = False) -> dict[str, int]:
    """Put that many customers and what belongs to them into an empty shop; returns the rows by table."""
    from django.db import connection, transaction

    from backoffice.records.seeding import continue_ids

    from .assortment import fill_small_tables
    from .loading import analyze, bare_tables
    from .people import People
    from .trade import Trade

    random = Random(seed)
    midnight = dt.datetime.combine(day or dt.date.today(), dt.time.min, dt.UTC)
    moment = moments(midnight)
    products = fill_small_tables(random)
    facts = {"now": int(midnight.timestamp()), "lean": lean, "moment": moment}
    trade = Trade(random, products, **facts)
    people = People(random, trade, number=customers, **facts)
    loaders = [*people.loaders, *trade.loaders]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
    with bare_tables([one.model for one in loaders]):
        for first in range(1, customers + 1, BLOCK):
            people.block(first, min(first + BLOCK - 1, customers))
            with transaction.atomic():
                for loader in loaders:
                    loader.write()
    continue_ids(*(one.model for one in loaders))
    _count()
    analyze()
    return {one.model._meta.db_table: one.written for one in loaders}


def moments(midnight: dt.datetime):
    """A function that writes seconds since 1970 as a moment, quickly; None stays None."""
    epoch = dt.date(1970, 1, 1)
    days = [(epoch + dt.timedelta(days=n)).isoformat() for n in range((midnight.date() - epoch).days + 2)]
    times = [f"{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}" for n in range(86_400)]
    return lambda at: None if at is None else f"{days[at // 86_400]} {times[at % 86_400]}"


def _count() -> None:
    """The counters of all lists, the members of groups and tags, and the key figures."""
    from django.db.models import Q

    from addresses.models import Address, Country
    from backoffice.records.recounting import recount_list
    from carts.models import Cart, Order, Product, Voucher
    from customers.models import Customer, Mail, Message, Note, Tag, Task, Thread, Title, Visit
    from customers.queries import refresh_key_figures
    from customers.services.recounting import MEMBERS, TAGGED
    from groups.models import Group

    here = Q(deleted=False)
    lists = [recount_list(Customer, mend=True, here=here)]
    lists.append(recount_list(Address, mend=True, here=here & Q(customer__deleted=False)))
    lists.append(recount_list(Cart, mend=True, here=Q(items_count__gt=0)))
    plain = (Country, Group, Title, Tag, Note, Task, Thread, Message, Mail, Visit, Order, Product, Voucher)
    lists += [recount_list(model, mend=True) for model in plain]
    for _difference in chain(*lists, MEMBERS.differences(mend=True), TAGGED.differences(mend=True)):
        pass
    refresh_key_figures()


if __name__ == "__main__":
    main()
