"""What the page of a customer costs: as many queries for somebody with very much as for anybody (issue 8, speed)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from addresses.models import Address
from carts.models import Voucher

NOW = timezone.now()
MOST = 50


@pytest.fixture
def queries_of(client_of, owner):
    """`queries_of(ada)` gives what her page asks the database."""
    client = client_of(owner)

    def queries_of(customer) -> list[str]:
        client.get(f"/customers/{customer.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/customers/{customer.pk}/").status_code == 200
        return [one["sql"] for one in asked]

    return queries_of


@pytest.fixture
def lived(customer, seeded, order, cart, visit, product, row):
    """`lived(3)`: somebody with so many orders, carts, visits, addresses and vouchers."""

    def lived(number: int):
        made = customer()
        for place in range(number):
            at = NOW - dt.timedelta(days=place)
            bought, wanted = product(f"Bought {place}"), product(f"Wanted {place}")
            order(made, at, bought)
            cart(made, at, wanted)
            visit(made, at, wanted, ip="10.0.0.1")
            row(Address, customer=made)
            row(Voucher, customer=made, code=f"V{made.pk}-{place}")
        return made

    return lived


def test_the_page_asks_as_often_for_much_as_for_little(lived, queries_of):
    """Point 4: one response, a fixed number of queries."""
    one, many = queries_of(lived(1)), queries_of(lived(13))
    assert len(one) == len(many), "\n".join(sorted(set(many) ^ set(one)))
    assert len(many) <= MOST, "\n".join(many)


def test_nothing_is_counted_for_it(lived, queries_of):
    """D-1, D-97: orders and carts by stored figures, all else as far as a hundred – with the rows."""
    tables = ("carts_", "customers_visit", "addresses_")
    counts = [
        sql for sql in queries_of(lived(3)) if "COUNT(" in sql.upper() and any(one in sql for one in tables)
    ]
    assert counts == []


def test_each_question_about_what_may_be_very_much_is_bounded(lived, queries_of):
    """5,000 orders, 5,000 carts, 20,000 visits: read is what is shown, and a little more."""
    grows = ('FROM "carts_order"', 'FROM "carts_cart"', 'FROM "customers_visit"', 'FROM "customers_pageview"')
    asked = [sql for sql in queries_of(lived(3)) if any(one in sql for one in grows)]
    assert len(asked) >= 6
    for sql in asked:
        assert "LIMIT" in sql, sql
