"""What one write of the storefront API costs beside the bare SQL that it needs: `python -m bench.api --shop URL`.

A line is put into a cart of five: one more of a product that is in it, and a product that is new. Each is asked of the
whole application (WSGI, production settings), and done by hand-written statements over the same connection, the
commit included, in turn within one run: what the token may, the cart locked, the product, its lines, the prices of the
customer's group where a line is new, the line, the totals, the event. The rows are thrown away afterwards.
"""

import argparse
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

import django

from .serving import throw_away

LIMIT = 3.0
LINES = 5
# Named as in the tables; the parameters are those of `Written`.
TOKEN = "SELECT id, scopes FROM backoffice_apitoken WHERE token_hash = %s AND revoked_at IS NULL"
CART = "SELECT id, customer_id, items_count, total, version FROM carts_cart WHERE key = %s{lock}"
PRODUCT = "SELECT id, price, tax_rate, active, category_id FROM carts_product WHERE reference = %s"
ONLY_FOR = "SELECT group_id FROM carts_product_exclusive_to WHERE product_id = %s"
GROUP = (
    "SELECT g.discount, g.free_shipping FROM customers_customer c JOIN groups_group g ON g.id = c.default_group_id"
    " WHERE c.id = %s"
)
DISCOUNTS = (
    "SELECT d.category_id, d.discount FROM customers_customer c"
    " JOIN carts_categorydiscount d ON d.group_id = c.default_group_id WHERE c.id = %s"
)
OTHERS = "SELECT id, product_id, customisation, quantity, unit_price, tax_rate FROM carts_cartline WHERE cart_id = %s"
VOUCHERS = (
    "SELECT v.percent, v.amount, v.free_shipping FROM carts_cart_vouchers u JOIN carts_voucher v ON v.id = u.voucher_id"
    " WHERE u.cart_id = %s"
)
MORE = "UPDATE carts_cartline SET quantity = quantity + 1 WHERE cart_id = %s AND product_id = %s"
NEW = (
    "INSERT INTO carts_cartline (cart_id, product_id, customisation, quantity, unit_price, tax_rate, added_at)"
    " VALUES (%s, %s, '', 1, 10, 20, %s)"
)
TOTALS = (
    "UPDATE carts_cart SET items_count = items_count + 1, products_total = products_total + 10, total = total + 10,"
    " version = version + 1, changed_at = %s WHERE id = %s"
)
EVENT = (
    "INSERT INTO carts_cartevent (cart_id, kind, product_id, customisation, quantity, unit_price, name, at)"
    " VALUES (%s, 'changed', %s, '', 2, 10, '', %s)"
)


@dataclass(frozen=True)
class Written:
    """What both sides write: the token's secret, the carts by key, the products by reference."""

    secret: str
    carts: list[str]
    products: list[str]


def main(arguments: list[str]) -> int:
    """Measures, prints the table, and says by its status whether the limit is kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shop", required=True, help="the database, as DATABASE_URL has it")
    parser.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args(arguments)
    os.environ["DATABASE_URL"] = chosen.shop
    os.environ["API_REQUESTS_A_MINUTE"] = str(10**9)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    told = [measured(kind, chosen.rounds) for kind in ("one more", "a new product")]
    print("| put a line | API, ms | bare SQL, ms | times |")
    print("| --- | ---: | ---: | ---: |")
    for kind, ours, bare in told:
        print(f"| {kind} | {ours * 1000:.2f} | {bare * 1000:.2f} | {ours / bare:.2f} |")
    return int(any(ours / bare > LIMIT for _kind, ours, bare in told))


def measured(kind: str, rounds: int) -> tuple[str, float, float]:
    """The middle of what either side took; each round asks both, in turn first."""
    written = _fill(rounds)
    beside = _beside()
    try:
        application = _application()
        bare_carts, own_carts = written.carts[0::2], written.carts[1::2]
        ours, bare = [], []
        for number in range(-5, rounds):
            product = written.products[0] if kind == "one more" else written.products[-1]
            sides: list[tuple[list, Callable]] = [
                (ours, partial(application, written.secret, own_carts[number], product)),
                (
                    bare,
                    partial(_by_hand, written.secret, bare_carts[number], product, is_new=kind != "one more"),
                ),
            ]
            for times, work in sides if number % 2 else reversed(sides):
                began = time.perf_counter()
                work()
                times.append(time.perf_counter() - began)
        return kind, statistics.median(ours[5:]), statistics.median(bare[5:])
    finally:
        beside()
        throw_away(written.carts, written.products)


def _beside() -> Callable[[], None]:
    """Another connection, as a shop's other processes have it: SQLite tidies up whenever the last one is closed."""
    import sqlite3

    from django.db import connection

    if connection.vendor != "sqlite":
        return lambda: None
    other = sqlite3.connect(connection.settings_dict["NAME"])
    other.execute("SELECT count(*) FROM carts_cart").fetchone()
    return other.close


def _application() -> Callable[[str, str, str], None]:
    """One request as a web server would call it."""
    from django.core.wsgi import get_wsgi_application

    serve = get_wsgi_application()

    def ask(secret: str, key: str, product: str) -> None:
        body = json.dumps({"product": product, "quantity": 1}).encode()
        statuses: list[str] = []
        answer = serve(
            {
                "REQUEST_METHOD": "POST",
                "PATH_INFO": f"/api/v1/carts/{key}/lines",
                "QUERY_STRING": "",
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80",
                "REMOTE_ADDR": "127.0.0.1",
                "CONTENT_TYPE": "application/json",
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_AUTHORIZATION": f"Bearer {secret}",
                "wsgi.input": io.BytesIO(body),
                "wsgi.errors": sys.stderr,
                "wsgi.url_scheme": "http",
            },
            lambda status, _headers: statuses.append(status),
        )
        text = b"".join(answer)
        answer.close()
        if statuses != ["200 OK"]:
            raise RuntimeError(f"{statuses}: {text.decode()}")

    return ask


def _by_hand(secret: str, key: str, product: str, *, is_new: bool) -> None:
    """The same write by nothing but its statements."""
    from django.db import connection, transaction
    from django.utils import timezone

    with connection.cursor() as cursor:
        cursor.execute(TOKEN, [sha256(secret.encode()).hexdigest()])
        cursor.fetchone()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CART.format(lock=" FOR UPDATE" if connection.vendor == "postgresql" else ""), [key])
        cart, customer, *_rest = cursor.fetchone()
        cursor.execute(PRODUCT, [product])
        (number, *_rest) = cursor.fetchone()
        for statement, parameter in ((OTHERS, cart), (VOUCHERS, cart), (ONLY_FOR, number)):
            cursor.execute(statement, [parameter])
            cursor.fetchall()
        if is_new:
            for statement in (GROUP, DISCOUNTS):
                cursor.execute(statement, [customer])
                cursor.fetchall()
        now = f"{timezone.now():%Y-%m-%d %H:%M:%S.%f}"
        cursor.execute(*((NEW, [cart, number, now]) if is_new else (MORE, [cart, number])))
        cursor.execute(TOTALS, [now, cart])
        cursor.execute(EVENT, [cart, number, now])


def _fill(rounds: int) -> Written:
    from backoffice.access.scopes import Scope
    from backoffice.records.actors import Actor
    from backoffice.staff.api_tokens.services import create_token
    from carts.models import Product
    from carts.services.carts import Beginning, Wanted, add_line, begin_cart
    from carts.services.products import put_product
    from customers.models import Customer

    by = Actor.command()
    _token, secret = create_token("Measuring", Scope.values, by=by)
    customer = Customer.objects.active().registered().order_by("-pk")[0]
    names = [f"measured-{number}" for number in range(LINES + 1)]
    for name in names:
        put_product(name, {"name": name, "price": 10}, by=by)
    keys = [f"measured-{number}" for number in range(2 * (rounds + 5))]
    products = {one.reference: one for one in Product.objects.to_be_sold().filter(reference__in=names)}
    for key in keys:
        begin_cart(Beginning(key=key, customer=customer), by=by)
        for name in names[:LINES]:
            add_line(key, Wanted(products[name], 1), by=by)
    return Written(secret, keys, names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
