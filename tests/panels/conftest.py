"""Fixtures: what customers ordered, put into carts and looked at, and their pages as staff read them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from backoffice.records.recounting import recount_all
from carts.models import Cart, CartLine, Order, OrderLine, Product
from customers.models import Customer, PageView, Visit
from tests.customers.conftest import time_at
from tests.models.conftest import row, seeded
from tests.reading import Node, figures, read

__all__ = ["row", "seeded", "time_at"]
ACCEPTED, CHEQUE = 2, 1


@pytest.fixture
def product(row) -> Callable[..., Product]:
    """`product("Cable")` is one to buy."""
    return lambda name, **fields: row(Product, name=name, **fields)


@pytest.fixture
def order(row) -> Callable[..., Order]:
    """`order(ada, at, cable, lamp, valid=False)`: what she ordered, one of each; paid, unless `owed` says otherwise."""

    def order(
        customer, at: dt.datetime, *products, valid=True, owed="0.00", total="622.99", **fields
    ) -> Order:
        made = row(
            Order,
            customer=customer,
            customer_name=customer.name,
            placed_at=at,
            valid=valid,
            status_id=ACCEPTED if valid else CHEQUE,
            payment="Cheque",
            items_count=len(products),
            products_total=Decimal(total),
            total=Decimal(total),
            paid=Decimal(total) - Decimal(owed),
            value=Decimal(total),
            outstanding=Decimal(owed),
            **fields,
        )
        for one in products:
            row(OrderLine, order=made, product=one, product_name=one.name, quantity=1)
        counted()
        return made

    return order


@pytest.fixture
def cart(row) -> Callable[..., Cart]:
    """`cart(ada, at, cable, ordered=True)`: what she put into a cart, one of each."""

    def cart(customer, at: dt.datetime, *products, **fields) -> Cart:
        fields = {"items_count": len(products), "created_at": at, "changed_at": at, **fields}
        made = row(Cart, customer=customer, **fields)
        for one in products:
            row(CartLine, cart=made, product=one, added_at=at)
        counted()
        return made

    return cart


def counted() -> None:
    """Put the stored figures right, which services move where there are any."""
    list(recount_all(mend=True))


@pytest.fixture
def visit(row) -> Callable[..., Visit]:
    """`visit(ada, at, cable, ip="10.0.0.1")`: she came and looked at the page of that product."""

    def visit(customer: Customer | None, at: dt.datetime, *products, **fields) -> Visit:
        fields = {"last_seen_at": at, "pages_count": len(products), **fields}
        made = row(Visit, customer=customer, started_at=at, **fields)
        for place, one in enumerate(products):
            viewed_at = at + dt.timedelta(seconds=place)
            row(PageView, visit=made, url=f"/products/{one.pk}", product_id=one.pk, viewed_at=viewed_at)
        return made

    return visit


@pytest.fixture
def file(client_of, owner) -> Callable[..., Node]:
    """`file(ada, "?carts=unfinished")` is her page as the owner reads it, or somebody else of the staff."""

    def file(customer, query: str = "", *, staff=owner) -> Node:
        answer = client_of(staff).get(f"/customers/{customer.pk}/{query}")
        assert answer.status_code == 200
        return read(answer)

    return file


class Block:
    """One block of the page: its heading, what stands over its table, the titles of the table and its rows."""

    def __init__(self, page: Node, name: str):
        self.node = page.one("section", "panel", id=name)
        self.heading = self.node.one("h2").text
        self.titles = [one.text for one in self.node.all("th") if one.get("scope") != "row"]
        self.rows = [
            [cell.text for cell in line.walk() if cell.tag in ("th", "td")]
            for line in self.node.all("tr")
            if line.all("td")
        ]
        self.empty = " ".join(one.text for one in self.node.all("div", "empty"))
        self.glance = {title: one for block in self.node.all("dl") for title, one in figures(block).items()}


@pytest.fixture
def block(file) -> Callable[..., Block]:
    """`block(ada, "orders")` is that block of her page."""
    return lambda customer, name, query="", **how: Block(file(customer, query, **how), name)
