"""`manage.py simulate_shoppers`: it drives the API as shoppers would, and is bounded (interface.md)."""

import random
import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from backoffice.models import ApiToken
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.demo.shoppers import Known, Till, Town, go_shopping
from carts.models import Cart, CartEvent, Order, OrderVoucher, Product, Voucher
from carts.services.carts import Beginning, Wanted, add_line, begin_cart
from customers.models import Customer, Message, PageView, Visit
from tests.shop_api import Program


class Pages:
    """The shop's pages, asking by the tests' own client."""

    def __init__(self, program: Program):
        self.program = program
        self.refused: list[tuple] = []

    def ask(self, method: str, path: str, body: dict | None = None, **headers) -> tuple[int, dict]:
        answer = self.program.ask(method, path, body, **headers)
        if answer.status_code >= 400:
            self.refused.append((method, path, body, answer.text))
        return answer.status_code, answer.json()


class MadeUp:
    """A shop that takes all that is asked, and has so many of each thing."""

    def __init__(self, stock: int):
        self.stock = stock
        self.asked: Counter = Counter()

    def ask(self, method: str, path: str, body: dict | None = None, **headers) -> tuple[int, dict]:
        self.asked[method, path] += 1
        has = {"stock": self.stock, "key": "1", "items_count": 1, "reference": "A", "total": "10.00"}
        return 200, has


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self):
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def town(product, carrier, customer, address, countries) -> Town:
    """Five customers of a shop that sells three things; two of them have an address."""
    for reference in ("CUP", "LAMP", "BOOK"):
        product(reference, "10.00", stock=1000)
    carrier("Post", "4.99")
    Voucher.objects.create(code="TEN", name="Ten", percent=10, per_customer=None)
    assert list(recount_all(mend=True))
    people = [customer(language=code) for code in ("en", "fr", "pl", "ro", "en")]
    homes = [address(one).pk for one in people[:2]] + [None] * 3
    known = [Known(one.pk, one.language, home) for one, home in zip(people, homes, strict=True)]
    return Town(["CUP", "LAMP", "BOOK"], ["Post"], ["TEN"], known)


@pytest.fixture
def shopping(program, town):
    """`shopping(6, 60)`: what so many shoppers asked in so many seconds that was refused."""

    def shopping(shoppers: int, seconds: int, *, seed: int = 1) -> list[tuple]:
        pages, clock = Pages(program), Clock()
        go_shopping(
            pages,
            town,
            shoppers=shoppers,
            seconds=seconds,
            dice=random.Random(seed),
            sleep=clock.sleep,
            clock=lambda: clock.now,
        )
        assert clock.now <= seconds
        return pages.refused

    return shopping


def test_shoppers_do_what_people_do(shopping, settings):
    """Ten minutes of five: look, fill carts, leave, sign in, send home, order, write; every figure is right."""
    settings.API_REQUESTS_A_MINUTE = 10**6
    assert shopping(5, 600) == []
    assert Visit.objects.count() > 20
    assert Cart.objects.filled().filter(ordered=False).count() > 3
    assert 0 < Order.objects.count() < Cart.objects.count()
    assert Order.objects.exclude(shipping_address="").exists()
    assert OrderVoucher.objects.filter(code="TEN").exists()
    assert Message.objects.filter(thread__customer__isnull=False).exists()
    opened = Customer.objects.filter(email__endswith="@example.com", shop_sessions__isnull=False).distinct()
    assert 0 < opened.count() <= 5, "each opens one account, and comes back to it"
    assert Cart.objects.filter(customer__in=opened, shipping_address__isnull=False).exists()
    assert list(recount_all(mend=False)) == []


@pytest.mark.alike
def test_what_was_ordered_is_paid_sent_and_delivered_with_a_few_that_fail(shopping, settings, monkeypatch):
    """All orders waited for a cheque for ever; a cheque is waited for, a card is not."""
    settings.API_REQUESTS_A_MINUTE = 10**6
    monkeypatch.setattr(Till, "chance", 0.75)
    assert shopping(8, 500) == []
    stand = Counter(Order.objects.values_list("status__name", flat=True))
    stood = set(Order.history.values_list("status__name", flat=True))
    assert {"Awaiting cheque payment", "Payment accepted", "Shipped", "Delivered"} < stood
    assert 0 < stand["Canceled"] + stand["Payment error"] < stand.total() / 4
    waited = Order.history.filter(status__name="Awaiting cheque payment").values("id")
    waiting = Order.objects.filter(pk__in=waited)
    assert set(waiting.values_list("payment", flat=True)) == {"Cheque"}
    sent = Order.objects.filter(status__name__in=["Shipped", "Delivered"])
    assert not sent.exclude(paid=F("total")).exists()
    assert sent.first().history.filter(status__name="Payment accepted").exists()
    assert list(recount_all(mend=False)) == []


@pytest.mark.parametrize(("stock", "least", "most"), [(1, 15, 45), (0, 0, 0), (-1, 0, 0)])
def test_a_demo_left_running_sells_no_more_than_a_shop_does_and_nothing_that_is_out(stock, least, most):
    """Half an hour of the demo's six: they sold hundreds of times what last week had, and stock went below zero."""
    shop, clock = MadeUp(stock), Clock()
    town = Town(["CUP"], ["Post"], [], [Known(1)])
    dice = random.Random(1)
    go_shopping(shop, town, shoppers=6, seconds=1800, dice=dice, sleep=clock.sleep, clock=lambda: clock.now)
    assert shop.asked["POST", "/visits"] > 300
    assert least <= shop.asked["POST", "/carts/1/order"] <= most


@pytest.mark.parametrize("seed", range(3))
def test_something_is_to_be_seen_in_the_first_minute(shopping, seed):
    """Issue 10, point 11: six shoppers, as the demo has them; and no more than a small machine bears."""
    shopping(6, 60, seed=seed)
    assert Cart.objects.filled().count() >= 4
    assert CartEvent.objects.count() >= 12
    assert Order.objects.exists()
    assert PageView.objects.count() < 6 * 60


def test_the_command_goes_shopping_over_http_and_leaves_no_open_token(
    live_server, program, product, customer
):
    product("CUP", "10.00")
    customer()
    told = StringIO()
    call_command("simulate_shoppers", shoppers=3, seconds=3, url=live_server.url, seed=2, stdout=told)
    assert re.fullmatch(r"3 shoppers asked (\d+) times in 3 s: \1 × 200\.\n", told.getvalue())
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
        call_command("simulate_shoppers", seconds=1, url="http://127.0.0.1:9/")
    assert ApiToken.objects.get(name="Simulated shoppers").revoked_at is not None


def test_without_an_address_it_says_how_to_name_one(program, product):
    product("CUP", "10.00")
    with pytest.raises(CommandError, match="--url") as refused:
        call_command("simulate_shoppers", seconds=1, url="")
    assert refused.value.returncode == 2
    assert not ApiToken.objects.filter(name="Simulated shoppers").exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("127.0.0.1:8801", "begins with neither http:// nor https://"),
        ("localhost:8801", "begins with neither http:// nor https://"),
        ("ftp://127.0.0.1:8801", "begins with neither http:// nor https://"),
        ("http://127.0.0.1:abc", "names no host, or a port that there is not"),
        ("http://127.0.0.1:99999", "names no host, or a port that there is not"),
        ("http://:8801", "names no host, or a port that there is not"),
        ("http://[::1", "names no host, or a port that there is not"),
        ("http://shop example", "names no host, or a port that there is not"),
        (f"http://{'a' * 64}.example", "names no host, or a port that there is not"),
        ("http://127.0.0.1:8801/shop/", "says more than a host and a port"),
        ("http://ada:secret@127.0.0.1:8801", "says more than a host and a port"),
        ("http://127.0.0.1:8801?page=1", "says more than a host and a port"),
    ],
)
def test_an_address_that_is_none_of_a_shop_is_refused_before_there_is_a_token(url, told, program, product):
    """They were a traceback, a shop that was to be started, or taken without what stood behind the port."""
    product("CUP", "10.00")
    with pytest.raises(CommandError) as refused:
        call_command("simulate_shoppers", seconds=1, url=url)
    assert str(refused.value) == f"“{url}” {told}. Say --url http://127.0.0.1:8000."
    assert refused.value.returncode == 2
    assert not ApiToken.objects.filter(name="Simulated shoppers").exists()


def test_nobody_buys_away_what_the_documents_show(program, product, customer, monkeypatch):
    """The demo's iPod touch: 70 in stock, whoever shops beside it (interface.md)."""
    product("TOUCH", "469.00", stock=70)
    john = customer()
    monkeypatch.setattr("carts.management.commands.simulate_shoppers.JOHN_ID", john.pk)
    cart = begin_cart(Beginning(customer=john, visitor="browser-1"), by=Actor.command())
    add_line(cart.key, Wanted(Product.objects.to_be_sold().get(), 1), by=Actor.command())
    with pytest.raises(CommandError, match="There are no products to buy"):
        call_command("simulate_shoppers", seconds=1)
