"""What pages cost while slow readers take exports: `python -m bench.downloads --shop URL`.

Starts the web server as the image does, lets some readers take the customers' file at so many bytes a second, and asks
for list pages beside them; prints the pages' times and, on PostgreSQL, the oldest transaction that was seen.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("/customers/", "/customers/?sort=last_name", "/customers/?newsletter=true", "/customers/?page=20")


class Readers:
    """Downloads that go on, slowly, until they are ended."""

    def __init__(self, port: int, cookie: str, speed: int):
        self.port, self.cookie, self.speed = port, cookie, speed
        self.ended = threading.Event()
        self.running, self.refused = 0, 0

    def read(self) -> None:
        """One of them."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        connection.connect()
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        connection.request("GET", "/customers/export/", headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        if answer.status != 200:
            self.refused += 1
            return
        self.running += 1
        while not self.ended.is_set() and answer.read(self.speed // 4):
            self.ended.wait(0.25)
        self.running -= 1


def ask(port: int, path: str, cookie: str) -> float:
    """Seconds until the whole page is there."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status}")
    connection.close()
    return time.perf_counter() - began


def told(name: str, seconds: list[float]) -> str:
    """Middle and 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    last = ordered[round(0.95 * (len(ordered) - 1))]
    return (
        f"{name}: p50 {statistics.median(ordered) * 1000:.0f} ms, p95 {last * 1000:.0f} ms, n {len(ordered)}"
    )


def oldest_transaction() -> float:
    """Seconds that the oldest transaction of this database has been open; 0 on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return float(cursor.fetchone()[0])


def signed_in() -> str:
    """The cookie of an owner's session."""
    from django.test import Client

    from backoffice.staff.models import StaffMember

    client = Client()
    owner = StaffMember.objects.filter(role="owner", is_active=True).first()
    client.force_login(
        owner or StaffMember.objects.create_user(email="owner@example.com", role="owner", name="O")
    )
    return f"sessionid={client.session.session_key}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.downloads", description=__doc__.partition("\n")[0])
    parser.add_argument("--shop", required=True, metavar="URL", help="a database that `generate` filled")
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--speed", type=int, default=60_000, help="bytes a second of each reader")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument(
        "--threads", type=int, help="of each of the two web processes; gunicorn.conf.py's otherwise"
    )
    asked = parser.parse_args()
    os.environ |= {"DATABASE_URL": asked.shop, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    os.environ |= {"ALLOWED_HOSTS": "localhost,testserver", "PYTHONPATH": str(ROOT)}
    django.setup()
    manage = [sys.executable, "-m", "django"]
    subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], cwd=ROOT, check=True)
    cookie = signed_in()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = [sys.executable, "-m", "gunicorn", "backoffice.wsgi", "--bind", f"127.0.0.1:{port}"]
    server += ["--threads", str(asked.threads)] if asked.threads else []
    process = subprocess.Popen([*server, "--log-level", "warning"], cwd=ROOT)
    try:
        _measure(asked, port, cookie)
    finally:
        process.terminate()
        process.wait()


def _measure(asked, port: int, cookie: str) -> None:
    for _try in range(100):
        try:
            ask(port, "/alive/", cookie)
            break
        except OSError:
            time.sleep(0.2)
    for path in LISTS * 4:
        ask(port, path, cookie)
    print(told("alone", [ask(port, LISTS[n % len(LISTS)], cookie) for n in range(asked.rounds)]))
    readers = Readers(port, cookie, asked.speed)
    threads = [threading.Thread(target=readers.read, daemon=True) for _ in range(asked.readers)]
    for thread in threads:
        thread.start()
    latest = time.monotonic() + 30
    while readers.running + readers.refused < asked.readers and time.monotonic() < latest:
        time.sleep(0.1)
    times, oldest = [], 0.0
    for number in range(asked.rounds):
        times.append(ask(port, LISTS[number % len(LISTS)], cookie))
        oldest = max(oldest, oldest_transaction())
    print(told(f"beside {readers.running} readers ({readers.refused} refused)", times))
    print(f"oldest transaction seen: {oldest:.2f} s")
    readers.ended.set()


if __name__ == "__main__":
    main()
