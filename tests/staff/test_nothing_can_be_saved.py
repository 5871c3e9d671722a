"""A full disk, a locked or read-only database: reading goes on, and the true reason is told (S10, deliverable 5)."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.people import PASSWORD

FULL = "<h1>The disk of the shop&#x27;s server is full</h1>"


class DiskFull(Exception):
    """What a driver says, by its codes."""

    sqlstate = "53100"
    sqlite_errorcode = sqlite3.SQLITE_FULL


@contextmanager
def full_disk():
    """Whatever writes fails while entered."""

    def refuse(execute, sql, params, many, context):
        if sql.lstrip().split()[0] in ("INSERT", "UPDATE", "DELETE"):
            raise OperationalError("database or disk is full") from DiskFull()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def theirs(client_of, owner) -> Client:
    """The owner's browser; a failure is an answer."""
    client = client_of(owner)
    client.raise_request_exception = False
    return client


def test_pages_to_read_go_on_working(theirs, customer, monkeypatch):
    """S10: it was 400, "malformed or too large", because the sign-in data could not be saved."""
    customer()

    monkeypatch.setattr("backoffice.staff.sessions.RENEWED_AFTER", -1)  # every click renews
    with full_disk():
        for address in ("/", "/customers/", "/activity/", "/profile/"):
            assert theirs.get(address).status_code == 200, address
    assert theirs.get("/customers/").status_code == 200


def test_what_cannot_be_saved_is_told_with_its_reason(theirs, customer):
    """S10."""
    made = customer()
    with full_disk():
        answer = theirs.post(f"/customers/{made.pk}/toggle/newsletter/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert FULL in answer.text


def test_a_sign_in_that_cannot_be_counted_is_no_fault_of_the_person(owner):
    """S10: the throttle's write failed, and said "Too many attempts" to who had tried once."""
    nobody = Client(raise_request_exception=False)
    with full_disk():
        answer = nobody.post("/login/", {"login": owner.email, "password": PASSWORD})
    assert answer.status_code == 503
    assert FULL in answer.text
    assert nobody.post("/login/", {"login": owner.email, "password": PASSWORD}).status_code == 302
