"""How long the database may take, and what is said when it took longer (S2, S3, S10, decision 54)."""

import os
import signal
import socket
import threading
import time

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client

from backoffice.database.failures import Failure, failure_of
from backoffice.database.limits import COMMAND, JOB, PAGE, Limits, in_force, limited
from backoffice.views import health
from customers.models import Customer
from groups.models import Group


def shown(name: str) -> str:
    """A setting of the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return cursor.fetchone()[0]


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_limits_begin_and_end_with_a_transaction():
    """Decision 54: behind a pool the next transaction is another one's session."""
    before = shown("statement_timeout")
    with limited(PAGE), transaction.atomic():
        assert [shown(name) for name in PAGE.settings] == ["15s", "5s", "10s"]
    assert shown("statement_timeout") == before
    with limited(JOB), transaction.atomic():
        assert [shown(name) for name in JOB.settings] == ["10min", "30s", "1min"]
    with transaction.atomic():
        assert [shown(name) for name in COMMAND.settings] == ["0", "0", "0"]


def test_every_request_has_the_limits_of_a_page(client, monkeypatch):
    """S2: whatever a view does."""
    seen = []
    monkeypatch.setattr(health, "last_seen", lambda: seen.append(in_force()))
    client.get("/health/")
    monkeypatch.setattr(health.JsonResponse, "__init__", lambda *_: seen.append(in_force()) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get("/alive/")
    assert (seen[0].statement, seen[-1]) == (1, PAGE)
    assert in_force() == COMMAND


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("limits", "statement", "failure"),
    [
        (Limits(statement=0.1), "SELECT pg_sleep(5)", Failure.SLOW),
        (Limits(lock=0.1), "SELECT * FROM groups_group FOR UPDATE", Failure.BUSY),
        (Limits(), "SET TRANSACTION READ ONLY; DELETE FROM groups_group", Failure.READ_ONLY),
    ],
)
def test_a_limit_is_told_apart_from_a_database_that_is_away(limits, statement, failure):
    """S10: by its code."""
    Group.objects.get_or_create(pk=1, defaults={"name": "Default"})
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT * FROM groups_group FOR UPDATE")
    began = time.monotonic()
    with (
        pytest.raises(DatabaseError) as told,
        limited(limits),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    other.rollback()
    other.close()
    assert failure_of(told.value) is failure
    assert time.monotonic() - began < 3


@pytest.mark.django_db(transaction=True)
def test_somebody_elses_change_is_told_as_such(client_of, owner, customer, monkeypatch):
    """S2: who waited for a lock too long is told that it is being changed just now, not that the database is away."""
    made = customer()
    theirs = client_of(owner)
    theirs.raise_request_exception = False
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 200")
    else:
        monkeypatch.setattr("backoffice.database.postgresql.base.in_force", lambda: Limits(lock=0.2))
    other = connection.copy()
    if other.vendor == "sqlite":
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
    else:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT * FROM customers_customer WHERE id = %s FOR UPDATE", [made.pk])
    answer = theirs.post(f"/customers/{made.pk}/toggle/newsletter/")
    other.rollback()
    other.close()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "<h1>This is being changed right now</h1>" in answer.text
    assert Customer.objects.get(pk=made.pk).newsletter is False


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_no_cursor_stays_on_the_server_outside_of_a_transaction(customer):
    """Decision 54: behind a pool it would be gone at the next fetch."""
    for _number in range(3):
        customer()
    rows = Customer.objects.order_by("pk").iterator(chunk_size=1)
    next(rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone() == (0,)
    assert len(list(rows)) == 2


def backends_of_this_test() -> list[int]:
    """The processes of the server that answer the connections of this test, and of no other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor.fetchall()]


@pytest.fixture
def frozen(tmp_path_factory, monkeypatch):
    """`frozen()`: kept connections get no answer any more, and new ones none either; other tests go on."""
    stopped = []
    folder = tmp_path_factory.mktemp("pg")
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(folder / f".s.PGSQL.{connection.settings_dict['PORT'] or 5432}"))
    door.listen(50)

    def freeze() -> None:
        for process in backends_of_this_test():
            os.kill(process, signal.SIGSTOP)
            stopped.append(process)
        monkeypatch.setitem(connection.settings_dict, "HOST", str(folder))

    yield freeze
    monkeypatch.undo()
    for process in stopped:
        os.kill(process, signal.SIGCONT)
    door.close()
    time.sleep(1.1)  # until this process asks it again


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_told_within_three_seconds(client_of, owner, frozen, monkeypatch):
    """S3: on a kept connection, on a new one, and on the page that says whether the shop works."""
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    clients = [client_of(owner), client_of(owner), Client(), Client()]
    answers = []

    def ask(client, address: str, ready: threading.Barrier) -> None:
        client.raise_request_exception = False
        client.get("/health/")  # this thread's own connection, kept
        ready.wait()
        ready.wait()
        began = time.monotonic()
        answer = client.get(address)
        answers.append((address, answer.status_code, time.monotonic() - began))
        again = client.get("/health/").status_code
        answers.append(("/health/", again, time.monotonic() - began))
        connection.close()

    ready = threading.Barrier(len(clients) + 1)
    addresses = ["/", "/customers/", "/health/", "/alive/"]
    threads = [
        threading.Thread(target=ask, args=(client, address, ready))
        for client, address in zip(clients, addresses, strict=True)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    frozen()
    ready.wait()
    for thread in threads:
        thread.join(timeout=20)
    first = {address: (status, seconds) for address, status, seconds in answers[:4]}
    assert len(answers) == 8
    assert all(status == (200 if address == "/alive/" else 503) for address, status, _seconds in answers)
    assert all(seconds < 3 for _status, seconds in first.values()), answers


def test_what_is_no_fault_of_the_database_is_none():
    """S10."""
    assert failure_of(ValueError()) is None
    assert failure_of(None) is None
    assert failure_of(OperationalError("connection refused")) is Failure.AWAY
