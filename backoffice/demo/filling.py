"""Filling a shop with generated people, a batch at a time, so that size costs time and not memory."""

import time
from collections.abc import Callable
from contextlib import ExitStack

from django.db import connection, transaction

from ..database.search_index import all_indexes
from ..records.recounting import recount_all
from ..records.seeding import continue_ids
from ..registries import Phase, demo_steps
from .shop import Batch, Shop

BATCH = 5_000
LARGE_FROM = 20_000


def fill(shop: Shop, *, say: Callable[[str], None] = lambda text: None) -> None:
    """The whole shop: the documents' own rows, then `shop.customers` generated people, in one transaction.

    `say` hears how far it is, when it takes longer than a second.
    """
    with transaction.atomic(), ExitStack() as stack:
        if shop.customers >= LARGE_FROM:
            make_room()
            for index in all_indexes():
                stack.enter_context(index.put_aside())
        run(Phase.EXACT, shop)
        run(Phase.FIXED, shop)
        begun = told = time.monotonic()
        for number, first in enumerate(range(0, shop.customers, BATCH)):
            batch = Batch(shop, number, first, min(BATCH, shop.customers - first))
            run(Phase.BATCH, batch)
            batch.load()
            check_what_waits()
            if time.monotonic() - told > 1:
                told = time.monotonic()
                say(f"{first + batch.size:,} of {shop.customers:,} customers, {told - begun:.0f} s")
        continue_ids(*shop.models)
        run(Phase.CLOSING, shop)
        check_what_waits()
        for _difference in recount_all(mend=True):
            pass


def run(phase: Phase, what: Shop | Batch) -> None:
    """Every app's steps of that phase, lowest app first."""
    for step in demo_steps:
        if step.phase is phase:
            step.function(what)


def make_room() -> None:
    """Memory for what one large transaction changes, as long as this connection lives.

    SQLite would else write it out, and read it again, over and over.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-262144")  # KiB


def check_what_waits() -> None:
    """Check the keys written so far, so that PostgreSQL's queue of checks stays short (and DDL stays possible)."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
