"""`manage.py simulate_shoppers`: it drives the API as shoppers would, and is bounded (interface.md)."""

import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from backoffice.models import ApiToken
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.demo.shoppers import Town, go_shopping
from carts.models import Cart, Order, Product
from carts.services.carts import Beginning, Wanted, add_line, begin_cart
from customers.models import Visit
from tests.shop_api import Program


class Pages:
    """The shop's pages, asking by the tests' own client."""

    def __init__(self, program: Program):
        self.program = program
        self.refused: list[tuple] = []

    def ask(self, method: str, path: str, body: dict | None = None) -> tuple[int, dict]:
        answer = self.program.ask(method, path, body)
        if answer.status_code >= 400:
            self.refused.append((method, path, body, answer.text))
        return answer.status_code, answer.json()


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self):
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_shoppers_look_fill_carts_leave_and_order(program, product, carrier, customer):
    """Ten minutes of five shoppers: everything that they do is allowed, and every figure is right."""
    for reference in ("CUP", "LAMP", "BOOK"):
        product(reference, "10.00", stock=1000)
    carrier("Post", "4.99")
    town = Town(["CUP", "LAMP", "BOOK"], ["Post"], [], [customer().pk for _ in range(5)])
    pages, clock = Pages(program), Clock()
    go_shopping(
        pages,
        town,
        shoppers=5,
        seconds=600,
        dice=random.Random(1),
        sleep=clock.sleep,
        clock=lambda: clock.now,
    )
    assert pages.refused == []
    assert clock.now <= 600
    assert Visit.objects.count() > 20
    assert Cart.objects.filled().filter(ordered=False).count() > 3
    assert 0 < Order.objects.count() < Cart.objects.count()
    assert list(recount_all(mend=False)) == []


def test_the_command_goes_shopping_over_http_and_leaves_no_open_token(
    live_server, program, product, customer
):
    product("CUP", "10.00")
    customer()
    told = StringIO()
    call_command("simulate_shoppers", shoppers=3, seconds=3, url=live_server.url, seed=2, stdout=told)
    assert told.getvalue().startswith("3 shoppers asked ")
    assert "× 200" in told.getvalue()
    assert ApiToken.objects.get(name="Simulated shoppers").revoked_at is not None


@pytest.mark.parametrize("said", [{"shoppers": 0}, {"shoppers": 201}, {"seconds": 0}, {"seconds": 90_000}])
def test_it_is_bounded(said, program):
    with pytest.raises(CommandError) as refused:
        call_command("simulate_shoppers", **said)
    assert refused.value.returncode == 2
    assert not ApiToken.objects.filter(name="Simulated shoppers").exists()


def test_a_shop_that_does_not_answer_is_told(program, product):
    product("CUP", "10.00")
    with pytest.raises(CommandError, match="Start the shop first"):
        call_command("simulate_shoppers", seconds=1, url="http://127.0.0.1:9")


def test_nobody_buys_away_what_the_documents_show(program, product, customer, monkeypatch):
    """The demo's iPod touch: 70 in stock, whoever shops beside it (interface.md)."""
    product("TOUCH", "469.00", stock=70)
    john = customer()
    monkeypatch.setattr("carts.management.commands.simulate_shoppers.JOHN_ID", john.pk)
    cart = begin_cart(Beginning(customer=john, visitor="browser-1"), by=Actor.command())
    add_line(cart.key, Wanted(Product.objects.to_be_sold().get(), 1), by=Actor.command())
    with pytest.raises(CommandError, match="There are no products to buy"):
        call_command("simulate_shoppers", seconds=1)
