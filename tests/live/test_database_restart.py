"""PostgreSQL crashes and comes back while shoppers and staff are at work (issue 10, Faults): a cluster of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.jobs.conftest import until
from tests.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
SHOPPERS = 4
SECONDS_AWAY = 2
# A shop with a customer, a product and a cart for each shopper; says what signs a program and a member of staff in.
FILLING = f"""
import json
from importlib import import_module
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from backoffice.access.scopes import Scope
from backoffice.records.actors import Actor
from backoffice.registries import seeds
from backoffice.staff.api_tokens.services import create_token
from backoffice.staff.models import StaffMember
from carts.services.carts import Beginning, begin_cart
from carts.services.products import put_product
from customers.models import Customer

call_command("create_roles", verbosity=0)
by = Actor.command()
put_product("CUP", {{"name": "Cup", "price": 10}}, by=by)
for number in range({SHOPPERS}):
    begin_cart(Beginning(key=f"c{{number}}"), by=by)
owner = StaffMember.objects.create_user(email="owner@example.com", role="owner", name="Owner")
client = Client()
client.force_login(owner)
print(json.dumps([create_token("Shop", Scope.values, by=by)[1], client.session.session_key]))
"""


@pytest.fixture(scope="module")
def shop():
    """A shop on a cluster of its own, where what is acknowledged is written, and the image's web server before it."""
    cluster = Cluster("fsync=off", "full_page_writes=off", "synchronous_commit=on")
    cluster.start()
    environment = {
        **os.environ,
        "DATABASE_URL": cluster.url,
        "DJANGO_SETTINGS_MODULE": "tests.live.restart_settings",
        "API_REQUESTS_A_MINUTE": "1000000",
        "PYTHONPATH": str(ROOT),
    }

    def manage(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "django", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "-v0")
    secret, session = json.loads(manage("shell", "-v0", "-c", FILLING).splitlines()[-1])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "backoffice.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    found = SimpleNamespace(cluster=cluster, port=port, secret=secret, session=session)
    until(lambda: answered(found, "GET", "/alive/")[0] == 200, seconds=60)
    yield found
    server.terminate()
    server.wait(timeout=30)
    cluster.remove()


def answered(shop, method: str, path: str, body=None, **headers: str) -> tuple[int, dict, str]:
    """Status, headers and text of an answer; status 0 where there was none."""
    connection = http.client.HTTPConnection("localhost", shop.port, timeout=30)
    try:
        connection.request(method, path, body=json.dumps(body) if body is not None else None, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, {}, ""
    finally:
        connection.close()


def put(shop, cart: str, key: str) -> tuple[int, dict, str]:
    headers = {
        "Authorization": f"Bearer {shop.secret}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    return answered(shop, "POST", f"/api/v1/carts/{cart}/lines", {"product": "CUP"}, **headers)


def poll(shop) -> tuple[int, dict, str]:
    return answered(
        shop, "GET", "/customers/999/live/?v=", Cookie=f"sessionid={shop.session}", **{"HX-Request": "true"}
    )


@pytest.mark.only_on("postgresql")
def test_nothing_acknowledged_is_lost_and_all_goes_on_by_itself(shop):
    """Each shopper repeats what was not acknowledged under the same key, as docs/storefront-api.md says."""
    answers, screens, done, is_over = [], [], [0] * SHOPPERS, threading.Event()

    def shopping(number: int) -> None:
        while not is_over.is_set():
            key = f"k{number}-{done[number]}"
            answer = put(shop, f"c{number}", key)
            answers.append(answer)
            if answer[0] == 200:
                done[number] += 1
            else:
                time.sleep(0.1)

    def watching() -> None:
        while not is_over.is_set():
            screens.append(poll(shop))
            time.sleep(0.1)

    threads = [threading.Thread(target=shopping, args=[number]) for number in range(SHOPPERS)]
    threads.append(threading.Thread(target=watching))
    for thread in threads:
        thread.start()
    until(lambda: all(number >= 5 for number in done))
    shop.cluster.end(signal.SIGQUIT)
    time.sleep(SECONDS_AWAY)
    shop.cluster.start()
    before = list(done)
    try:
        until(lambda: all(now >= then + 5 for now, then in zip(done, before, strict=True)))
        until(lambda: screens[-1][0] == 404)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()

    assert {status for status, _headers, _text in answers} == {200, 503}
    refusals = [one for one in [*answers, *screens] if one[0] == 503]
    assert all("Retry-After" in headers for _status, headers, _text in refusals)
    assert {status for status, _headers, _text in screens} == {404, 503}
    for _status, _headers, text in refusals:
        assert not any(word in text for word in ("Traceback", "psycopg", "SELECT", "socket"))
    for number in range(SHOPPERS):
        head = {"Authorization": f"Bearer {shop.secret}"}
        cart = json.loads(answered(shop, "GET", f"/api/v1/carts/c{number}", **head)[2])
        assert cart["items_count"] in (
            done[number],
            done[number] + 1,
        )  # the last one was sent as the test ended
        assert put(shop, f"c{number}", f"k{number}-{done[number]}")[0] == 200
        cart = json.loads(answered(shop, "GET", f"/api/v1/carts/c{number}", **head)[2])
        assert cart["items_count"] == done[number] + 1
