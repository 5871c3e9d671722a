"""Made-up shoppers who use the storefront API over HTTP as a shop's pages would: look, sign in, order, write; and who
sends what they ordered."""

import heapq
import http.client
import json
import random
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from secrets import token_hex
from urllib.parse import quote, urlsplit

from customers.demo.phrases import CONVERSATIONS

# Seconds that a shopper looks at a page.
SHORTEST, LONGEST = 0.4, 4.0
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
)
REFERRERS = (
    "",
    "",
    "https://www.search.example/",
    "https://news.example/tips",
    "https://www.prices.example/",
)
AWAITING, ACCEPTED, FAILED = "Awaiting cheque payment", "Payment accepted", "Payment error"
SHIPPED, DELIVERED, CANCELED = "Shipped", "Delivered", "Canceled"
# How they pay, with how the order stands then.
PAYMENTS = (
    *(5 * [("Credit card", ACCEPTED)]),
    *(3 * [("PayPal", ACCEPTED)]),
    *(2 * [("Cheque", AWAITING)]),
    ("Credit card", FAILED),
)
# What may become of an order that stands so.
LATER = {
    AWAITING: (*(4 * [(ACCEPTED, SHIPPED, DELIVERED)]), (CANCELED,)),
    ACCEPTED: (*(15 * [(SHIPPED, DELIVERED)]), (CANCELED,)),
    FAILED: ((), (CANCELED,)),
}
FIRST_NAMES = ("Alice", "Bruno", "Clara", "David", "Emma", "Hugo", "Julia", "Leo", "Nora", "Victor")
LAST_NAMES = (
    "Adler",
    "Brand",
    "Costa",
    "Dubois",
    "Ferrari",
    "Kowalski",
    "Martin",
    "Novak",
    "Popescu",
    "Weber",
)
HOMES = (
    {"country": "FR", "address1": "8 rue du Port", "postcode": "69001", "city": "Lyon"},
    {"country": "PL", "address1": "ul. Lipowa 4", "postcode": "00-316", "city": "Warszawa"},
    {"country": "RO", "address1": "Str. Florilor 12", "postcode": "400001", "city": "Cluj-Napoca"},
)


@dataclass(frozen=True)
class Known:
    """A customer whom the shop knows, with an address of theirs where they have one."""

    key: int
    language: str = "en"
    address: int | None = None


@dataclass(frozen=True)
class Town:
    """Where shoppers come from: what the shop sells to everybody, who carries it, its codes, and its customers."""

    products: list[str]
    carriers: list[str]
    codes: list[str]
    customers: list[Known]


@dataclass
class Account:
    """The account that a shopper has opened in the shop."""

    email: str
    password: str


@dataclass
class Placed:
    """An order that was placed, and how it will stand, one after the other."""

    reference: str
    total: str
    to_come: list[str]


@dataclass
class Till:
    """How many orders there were, and those that something is still to become of."""

    orders: int = 0
    under_way: list[Placed] = field(default_factory=list)

    @property
    def chance(self) -> float:
        """How likely the next one who has chosen a carrier orders: soon at first, so that a newcomer sees it, then
        ever more rarely, so that a demo left running sells no more than a shop does."""
        return 0.75 / (1 + self.orders / 4)


class NotReached(Exception):
    """The shop's web server does not answer."""


class Storefront:
    """The shop's pages: they ask the API over one connection."""

    def __init__(self, address: str, secret: str):
        parts = urlsplit(address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.netloc, timeout=10)
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self.answers: Tally = Tally()

    def ask(self, method: str, path: str, body: dict | None = None, **headers: str) -> tuple[int, dict]:
        """Status and answer of one request; NotReached where nobody answers twice."""
        sent = json.dumps(body).encode() if body is not None else None
        for attempt in (1, 2):
            try:
                self._connection.request(method, f"/api/v1{path}", sent, self._headers | headers)
                answer = self._connection.getresponse()
                text = answer.read()
                break
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                if attempt == 2:
                    raise NotReached(str(error)) from error
        self.answers[answer.status] += 1
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, {}


def shopper(shop: Storefront, town: Town, dice: random.Random, till: Till) -> Iterator[float]:
    """One visit after the other, each with a browser of its own; yields how long somebody looks each time.

    Some come back to the one account that is opened here; the others are customers of the town, or nobody known.
    """
    accounts: list[Account] = []
    while True:
        yield from _one_visit(shop, town, dice, accounts, till)
        yield dice.uniform(LONGEST, 3 * LONGEST)


def clerk(shop: Storefront, dice: random.Random, till: Till) -> Iterator[float]:
    """Who sends what was ordered: now and then some orders are one step further."""
    while True:
        yield dice.uniform(LONGEST, 3 * LONGEST)
        for order in [one for one in till.under_way if dice.random() < 0.1]:
            status = order.to_come.pop(0)
            paid = {"paid": order.total} if status == ACCEPTED else {}
            shop.ask("PUT", f"/orders/{order.reference}/status", {"status": status, **paid})
            if not order.to_come:
                till.under_way.remove(order)


def _one_visit(
    shop: Storefront, town: Town, dice: random.Random, accounts: list[Account], till: Till
) -> Iterator[float]:
    visitor = token_hex(16)
    came = {"visitor": visitor, "user_agent": dice.choice(BROWSERS), "referrer": dice.choice(REFERRERS)}
    came["ip"] = f"198.51.100.{dice.randrange(1, 255)}"
    shop.ask("POST", "/visits", {**came, "page": "/"})
    yield _looks(dice)
    key, items = "", 0
    for _ in range(dice.randrange(1, 7)):
        product = dice.choice(town.products)
        shop.ask("POST", "/visits/pages", {**came, "page": f"/products/{quote(product)}", "product": product})
        is_there = shop.ask("GET", f"/prices?product={quote(product)}")[1].get("stock", 0) > 0
        yield _looks(dice)
        if is_there and dice.random() < 0.6:
            if not key:
                key = shop.ask("POST", "/carts", {"visitor": visitor})[1].get("key", "")
            items = _fills(shop, dice, key, product)
            yield _looks(dice)
    throw = dice.random()
    if items and throw < 0.2:
        yield from _signs_in(shop, dice, key, visitor, accounts)
        yield from _checks_out(shop, town, dice, key, till)
    elif items and town.customers and throw < 0.75:
        yield from _is_known(shop, dice, key, visitor, dice.choice(town.customers))
        yield from _checks_out(shop, town, dice, key, till)
    yield _looks(dice)
    if dice.random() < 0.5:  # the others close their browser, which tells nobody
        shop.ask("POST", "/visits/end", {"visitor": visitor})


def _fills(shop: Storefront, dice: random.Random, key: str, product: str) -> int:
    """One more, or some, or none; how many things are in the cart then."""
    throw = dice.random()
    if throw < 0.75:
        said = shop.ask("POST", f"/carts/{key}/lines", {"product": product, "quantity": 1})
    elif throw < 0.9:
        said = shop.ask("PUT", f"/carts/{key}/lines", {"product": product, "quantity": dice.randrange(1, 5)})
    else:
        said = shop.ask("DELETE", f"/carts/{key}/lines?product={quote(product)}")
    return said[1].get("items_count", 0)


def _signs_in(
    shop: Storefront, dice: random.Random, key: str, visitor: str, accounts: list[Account]
) -> Iterator[float]:
    """With the account of theirs, which they open the first time; the cart is theirs then, and goes to their home."""
    if not accounts:
        first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
        opened = Account(f"{first}.{last}.{token_hex(3)}@example.com".lower(), token_hex(8))
        said = {"first_name": first, "last_name": last, "email": opened.email, "password": opened.password}
        if shop.ask("POST", "/customers", said)[0] != 200:
            return
        accounts.append(opened)
        yield _looks(dice)
    account = accounts[0]
    said = {"email": account.email, "password": account.password, "visitor": visitor, "cart": key}
    signed_in = shop.ask("POST", "/sign-in", said)[1]
    yield _looks(dice)
    own = {"Customer-Token": signed_in.get("token", "")}
    homes = shop.ask("GET", "/me/addresses", **own)[1].get("addresses") or [
        shop.ask("POST", "/me/addresses", dice.choice(HOMES), **own)[1]
    ]
    _sends(shop, key, homes[0].get("id"))
    yield _looks(dice)


def _is_known(
    shop: Storefront, dice: random.Random, key: str, visitor: str, customer: Known
) -> Iterator[float]:
    """The shop knows who it is: the cart is theirs, and goes to their home. Some write instead of choosing on."""
    shop.ask("PUT", f"/carts/{key}/customer", {"customer_id": customer.key})
    shop.ask("POST", "/visits", {"visitor": visitor, "customer_id": customer.key})
    yield _looks(dice)
    if dice.random() < 0.15:
        subject, text, _answer = dice.choice(CONVERSATIONS[customer.language])
        said = {"customer_id": customer.key, "subject": subject, "text": text, "language": customer.language}
        shop.ask("POST", "/messages", said)
        yield _looks(dice)
    if customer.address:
        _sends(shop, key, customer.address)
        yield _looks(dice)


def _sends(shop: Storefront, key: str, address: int | None) -> None:
    said = {"billing_address_id": address, "shipping_address_id": address}
    shop.ask("PUT", f"/carts/{key}/addresses", said)


def _checks_out(shop: Storefront, town: Town, dice: random.Random, key: str, till: Till) -> Iterator[float]:
    """Some use a voucher, some choose a carrier, some of them order; the others leave their cart behind."""
    if town.codes and dice.random() < 0.3:
        shop.ask("POST", f"/carts/{key}/vouchers", {"code": dice.choice(town.codes)})
        yield _looks(dice)
    if not town.carriers or dice.random() < 0.2:
        return
    cart = shop.ask("PUT", f"/carts/{key}/carrier", {"carrier": dice.choice(town.carriers)})[1]
    yield _looks(dice)
    if dice.random() < till.chance:
        till.orders += 1
        payment, status = dice.choice(PAYMENTS)
        paid = {"paid": cart.get("total", "0")} if status == ACCEPTED else {}
        said = {"payment": payment, "status": status, **paid}
        order = shop.ask("POST", f"/carts/{key}/order", said)[1]
        if to_come := list(dice.choice(LATER[status])) if "reference" in order else []:
            till.under_way.append(Placed(order["reference"], order["total"], to_come))


def _looks(dice: random.Random) -> float:
    return dice.uniform(SHORTEST, LONGEST)


def go_shopping(
    shop: Storefront,
    town: Town,
    *,
    shoppers: int,
    seconds: float,
    dice: random.Random,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """So many shoppers at once, for so long, and a clerk; each click is one after another's, so that nothing is
    overrun."""
    ends = clock() + seconds
    till = Till()
    people = [*(shopper(shop, town, dice, till) for _ in range(shoppers)), clerk(shop, dice, till)]
    waiting = [
        (clock() + dice.uniform(0, min(LONGEST, seconds / 2)), place, one) for place, one in enumerate(people)
    ]
    heapq.heapify(waiting)
    while waiting and waiting[0][0] < ends:
        due, place, one = heapq.heappop(waiting)
        if (pause := due - clock()) > 0:
            sleep(pause)
        heapq.heappush(waiting, (clock() + next(one), place, one))
