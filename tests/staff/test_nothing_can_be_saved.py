"""A full disk, a locked or read-only database: reading goes on, and the true reason is told (S10, deliverable 5)."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.db import InternalError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.test import Client, RequestFactory

from backoffice.views import errors
from tests.people import PASSWORD

FULL = "<h1>The disk of the shop&#x27;s server is full</h1>"


class DiskFull(Exception):
    """What a driver says, by its codes."""

    sqlstate = "53100"
    sqlite_errorcode = sqlite3.SQLITE_FULL


@contextmanager
def full_disk():
    """Whatever writes fails while entered."""
    real = CursorWrapper._execute

    def refuse(self, sql, params, *more):
        if sql.lstrip().split()[0] in ("INSERT", "UPDATE", "DELETE"):
            raise OperationalError("database or disk is full") from DiskFull()
        return real(self, sql, params, *more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CursorWrapper, "_execute", refuse)
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


# What a database says, by its codes, and what people are told of it.
CODES = [
    ("sqlstate", "55P03", "This is being changed right now", "5"),
    ("sqlstate", "57014", "This takes too long", "30"),
    ("sqlstate", "25006", "Nothing can be saved at the moment", "60"),
    ("sqlstate", "53100", "The disk of the shop&#x27;s server is full", "60"),
    ("sqlstate", "57P01", "The shop&#x27;s database cannot be reached", "30"),
    ("sqlite_errorcode", sqlite3.SQLITE_BUSY, "This is being changed right now", "5"),
    ("sqlite_errorcode", sqlite3.SQLITE_READONLY_DIRECTORY, "Nothing can be saved at the moment", "60"),
    ("sqlite_errorcode", sqlite3.SQLITE_FULL, "The disk of the shop&#x27;s server is full", "60"),
]


@pytest.mark.parametrize(("name", "code", "title", "seconds"), CODES)
def test_the_true_reason_is_told(name, code, title, seconds):
    """S10, deliverable 5: a read-only server is no 500, a full disk no fault of the person."""
    cause = DiskFull()
    cause.sqlstate = cause.sqlite_errorcode = None
    setattr(cause, name, code)
    kind = InternalError if code == "25006" else OperationalError
    try:
        raise kind("of jane.doe@example.com") from cause
    except kind:
        answer = errors.broken(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, seconds)
    assert f"<h1>{title}</h1>" in answer.text
    assert "jane.doe" not in answer.text


@pytest.mark.parametrize("signed_in", [True, False])
def test_without_a_database_the_process_is_alive_all_the_same(client_of, owner, monkeypatch, signed_in):
    """Decision 31, S3: nobody is looked up there; who restarts a server because its database is away helps nobody."""
    theirs = client_of(owner) if signed_in else Client()

    def refuse(*args, **said):
        raise OperationalError("connection refused")

    with monkeypatch.context() as without:
        without.setattr(BaseDatabaseWrapper, "cursor", refuse)
        answer = theirs.get("/alive/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_pages_of_staff_are_kept_nowhere(client_of, owner, customer):
    """S13: personal data, the secret of the code app, error pages: by no cache and no browser's history."""
    theirs = client_of(owner)
    for address in ("/", "/customers/", f"/customers/{customer().pk}/", "/profile/", "/no/such/page/"):
        assert "no-store" in theirs.get(address)["Cache-Control"], address
    assert "no-store" not in Client().get("/help/").get("Cache-Control", "")
