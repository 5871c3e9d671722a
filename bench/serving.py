"""The web server as the image starts it, on a shop that `generate` filled, and what is asked of it."""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import django

from .results import RESULTS, measured_on, put_into_results

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("/customers/", "/customers/?sort=last_name", "/customers/?newsletter=true", "/customers/?page=20")
# Any secret will do, where cookie and form say the same.
TOKEN = "benchbenchbenchbenchbenchbenchbe"


@dataclass(frozen=True)
class Server:
    """Where it listens, as whom it is asked, and its process: the parent of those that answer."""

    port: int
    cookie: str
    process: subprocess.Popen

    def ask(self, path: str, form: list[tuple[str, str]] | None = None) -> tuple[float, str]:
        """Seconds until the whole page is there, and the page; with a form it is posted, and a redirect followed."""
        headers = {"Cookie": f"{self.cookie}; csrftoken={TOKEN}"}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode([*form, ("csrfmiddlewaretoken", TOKEN)])
        began = time.perf_counter()
        connection = http.client.HTTPConnection("localhost", self.port, timeout=120)
        connection.request("GET" if form is None else "POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        seconds = time.perf_counter() - began
        connection.close()
        if answer.status == 302:
            more, page = self.ask(answer.headers["Location"])
            return seconds + more, page
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status}\n{page}")
        return seconds, page

    def processes(self) -> list[int]:
        """Those that answer."""
        return [int(one) for one in _children(self.process.pid).read_text().split()]


def _children(pid: int) -> Path:
    return Path(f"/proc/{pid}/task/{pid}/children")


def parser(name: str, said: str) -> argparse.ArgumentParser:
    """The options that all of these measurements have."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=said.partition("\n")[0])
    parser.add_argument("--shop", required=True, metavar="URL", help="a database that `generate` filled")
    parser.add_argument(
        "--threads", type=int, help="of each of the two web processes; gunicorn.conf.py's otherwise"
    )
    parser.add_argument(
        "--write", action="store_true", help=f"put what is found into {RESULTS.relative_to(ROOT)}"
    )
    return parser


class Notes:
    """What is found, line by line: printed as it comes, and kept."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, line: str) -> None:
        """One more line."""
        print(line, flush=True)
        self.lines.append(f"- {line}")

    def write(self, mark: str) -> None:
        """Put it between the marks of that name into the results."""
        from django.db import connection

        database = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
        put_into_results(mark, f"{measured_on(database)}.\n\n" + "\n".join(self.lines))


@contextmanager
def served(asked: argparse.Namespace) -> Iterator[Server]:
    """While entered, the product serves that shop."""
    os.environ |= {"DATABASE_URL": asked.shop, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    os.environ |= {"ALLOWED_HOSTS": "localhost,testserver", "PYTHONPATH": str(ROOT)}
    django.setup()
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"], cwd=ROOT, check=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "backoffice.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--threads", str(asked.threads)] if asked.threads else []
    cookie = signed_in()
    process = subprocess.Popen([*command, "--log-level", "warning"], cwd=ROOT)
    try:
        server = Server(port, cookie, process)
        _wait_for(server)
        for path in LISTS * 4:
            server.ask(path)
        yield server
    finally:
        process.terminate()
        process.wait()


def signed_in() -> str:
    """The cookie of a new session of an owner."""
    from django.test import Client

    from backoffice.staff.models import StaffMember

    client = Client()
    owner = StaffMember.objects.filter(role="owner", is_active=True).first()
    client.force_login(
        owner or StaffMember.objects.create_user(email="owner@example.com", role="owner", name="O")
    )
    return f"sessionid={client.session.session_key}"


def _wait_for(server: Server) -> None:
    for _try in range(100):
        try:
            server.ask("/alive/")
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("The web server does not answer.")


def p95(seconds: list[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(seconds)
    return ordered[round(0.95 * (len(ordered) - 1))]


def told(name: str, seconds: list[float]) -> str:
    """Middle and 95th percentile, in milliseconds."""
    middle = statistics.median(seconds)
    return f"{name}: p50 {middle * 1000:.0f} ms, p95 {p95(seconds) * 1000:.0f} ms, n {len(seconds)}"


def oldest_transaction() -> float:
    """Seconds that the oldest transaction of this database has been open; 0 on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return float(cursor.fetchone()[0])


def throw_away(carts: Collection[str], products: Collection[str]) -> None:
    """Delete the carts of these keys and the products of these references, with the token that measured them."""
    from backoffice.models import ApiToken
    from backoffice.records.recounting import recount_all
    from carts.models import Cart, CartEvent, CartLine, Product

    for model in (CartEvent, CartLine):
        model.objects.filter(cart__key__in=carts).delete()
    Cart.objects.filter(key__in=carts).delete()
    Product.objects.filter(reference__in=products).delete()
    ApiToken.objects.filter(name="Measuring").delete()
    for _difference in recount_all(mend=True):
        pass
