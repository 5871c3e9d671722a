"""What two hundred screens that follow cost, and how soon a change is on one: `python -m bench.live --shop URL`.

Each screen is the page of a customer with a cart, in a session of its own, and asks every two seconds. First nothing
changes, and the CPU time of the web processes and of their database backends is taken; then one screen is a real
browser, with 199 more beside it, and a product is put into its customer's cart over the API again and again, at any
moment between two questions. Wished for: half of one core; 2.5 s at the 95th percentile. The carts are thrown away
afterwards.
"""

import html
import http.client
import json
import os
import random
import re
import sys
import threading
import time

from dev import find_chromium

from .serving import Notes, Server, p95, parser, served, signed_in, throw_away

EVERY = 2.0
MOST_CORES = 0.5
MOST_SECONDS = 2.5
ASKS = re.compile(r'id="live"\s+hx-get="([^"]+)"')
TICK = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Measures, and says by its status whether both limits are kept."""
    asking = parser("live", __doc__)
    asking.add_argument("--screens", type=int, default=200)
    asking.add_argument("--seconds", type=int, default=30, help="how long nothing changes")
    asking.add_argument("--changes", type=int, default=60)
    asked = asking.parse_args()
    os.environ["API_REQUESTS_A_MINUTE"] = str(10**9)
    notes = Notes()
    with served(asked) as server:
        secret, carts = _filled(asked.screens)
        try:
            with _screens(server, list(carts)[1:]):
                cores = _cores(server, asked.seconds)
                notes.add(f"{asked.screens} screens: {cores:.2f} of a core while nothing changes")
                seconds = _seen(server, secret, *next(iter(carts.items())), asked.changes)
        finally:
            throw_away(carts.values(), ["measured-live"])
    notes.add(
        f"from the API's answer to the screen of a browser with {asked.screens - 1} more beside it:"
        f" p50 {sorted(seconds)[len(seconds) // 2]:.2f} s, p95 {p95(seconds):.2f} s, n {len(seconds)}"
    )
    if asked.write:
        notes.write("live")
    return int(cores > MOST_CORES or p95(seconds) > MOST_SECONDS)


class _screens:
    """While entered, screens that show these customers ask by turns, as browsers do."""

    def __init__(self, server: Server, customers: list[int]) -> None:
        self.over = threading.Event()
        self.cookies = [signed_in() for _customer in customers]
        self.threads = [
            threading.Thread(target=self._follow, args=[server, *one], daemon=True)
            for one in zip(self.cookies, customers, strict=True)
        ]

    def __enter__(self) -> None:
        for thread in self.threads:
            thread.start()
            time.sleep(0.05)
        time.sleep(2 * EVERY)

    def __exit__(self, *_fault) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()
        from django.contrib.sessions.models import Session

        Session.objects.filter(pk__in=[one.partition("=")[2] for one in self.cookies]).delete()

    def _follow(self, server: Server, cookie: str, customer: int) -> None:
        address = html.unescape(ASKS.search(server.ask(f"/customers/{customer}/")[1]).group(1))
        headers = {"Cookie": cookie, "HX-Request": "true", "Accept-Encoding": "gzip"}
        connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
        time.sleep(random.uniform(0, EVERY))
        while not self.over.is_set():
            began = time.monotonic()
            try:
                connection.request("GET", address, headers=headers)
                answer = connection.getresponse()
                answer.read()
            except (http.client.HTTPException, OSError):  # closed after five seconds without a question
                connection.close()
                continue
            if answer.status != 204:
                sys.exit(f"{address}: {answer.status}")
            time.sleep(max(0, began + EVERY - time.monotonic()))


def _cores(server: Server, seconds: int) -> float:
    """How much of a core the web processes and their database backends use."""
    pids = [*server.processes(), *_backends()]
    before, began = _cpu(pids), time.monotonic()
    time.sleep(seconds)
    return (_cpu(pids) - before) / (time.monotonic() - began)


def _backends() -> list[int]:
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor.fetchall()]


def _cpu(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as stat:
            told = stat.read().rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / TICK


def _seen(server: Server, secret: str, customer: int, key: str, changes: int) -> list[float]:
    """Seconds from the API's answer until the browser shows the new total, for each change."""
    from playwright.sync_api import sync_playwright

    name, _sign, value = server.cookie.partition("=")
    seconds = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(os.environ), args=["--no-sandbox"]
        )
        context = chromium.new_context(base_url=f"http://localhost:{server.port}", locale="en")
        context.add_cookies([{"name": name, "value": value, "url": f"http://localhost:{server.port}"}])
        page = context.new_page()
        page.goto(f"/customers/{customer}/")
        for number in range(2, changes + 2):
            page.wait_for_timeout(random.uniform(0, 1000 * EVERY))
            _put(server, secret, key)
            began = time.monotonic()
            page.locator("#carts").get_by_text(f"€{10 * number}.00").wait_for(timeout=20_000)
            seconds.append(time.monotonic() - began)
        chromium.close()
    return seconds


def _put(server: Server, secret: str, key: str) -> None:
    connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    connection.request(
        "POST", f"/api/v1/carts/{key}/lines", json.dumps({"product": "measured-live"}), headers
    )
    answer = connection.getresponse()
    if answer.status != 200:
        sys.exit(answer.read().decode())


def _filled(screens: int) -> tuple[str, dict[int, str]]:
    """The secret of a token, and for each of so many customers a cart with one product, by its key."""
    from backoffice.access.scopes import Scope
    from backoffice.records.actors import Actor
    from backoffice.staff.api_tokens.services import create_token
    from carts.models import Product
    from carts.services.carts import Beginning, Wanted, add_line, begin_cart
    from carts.services.products import put_product
    from customers.models import Customer

    by = Actor.command()
    put_product("measured-live", {"name": "Measured", "price": 10}, by=by)
    product = Product.objects.to_be_sold().get(reference="measured-live")
    carts = {}
    for customer in Customer.objects.active().registered().order_by("-pk")[:screens]:
        carts[customer.pk] = f"measured-live-{customer.pk}"
        begin_cart(Beginning(key=carts[customer.pk], customer=customer, currency="EUR"), by=by)
        add_line(carts[customer.pk], Wanted(product, 1), by=by)
    if len(carts) < screens:
        sys.exit(f"The shop has {len(carts)} customers: fill it with more.")
    return create_token("Measuring", Scope.values, by=by)[1], carts


if __name__ == "__main__":
    sys.exit(main())
