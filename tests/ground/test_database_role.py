"""The role that web server and worker sign in as: what it may, what it may not, and for how long (S18, S2)."""

import datetime as dt

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from backoffice.database.roles import only_added_to
from backoffice.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = "shop of ours"


@pytest.fixture
def role():
    """A connection of the application's own role, after the owner ran the command."""
    quoted = connection.ops.quote_name(ROLE)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {quoted} LOGIN")
    call_command("database_role", ROLE, verbosity=0)
    settings = connection.settings_dict
    theirs = psycopg.connect(host=settings["HOST"], dbname=settings["NAME"], user=ROLE, autocommit=True)
    yield theirs
    theirs.close()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {quoted}")
        cursor.execute(f"DROP ROLE {quoted}")


@pytest.mark.only_on("postgresql")
def test_the_application_works_but_changes_no_history_and_no_table(role):
    """S18: history and Activity are append-only by the database, not by courtesy."""
    role.execute("INSERT INTO groups_group (id, name) SELECT 0, 'x' WHERE false")
    role.execute("UPDATE customers_customer SET active = true WHERE false")
    role.execute("DELETE FROM customers_customer WHERE false")
    role.execute("SELECT nextval(pg_get_serial_sequence('customers_customer', 'id'))")
    for table in ("backoffice_event", "customers_historicalcustomer"):
        role.execute(f"INSERT INTO {table} SELECT * FROM {table} WHERE false")
        for refused in (f"UPDATE {table} SET id = 0", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                role.execute(refused)
    for refused in (
        "DROP TABLE customers_tag",
        "CREATE TABLE mine (id int)",
        "DELETE FROM django_migrations",
        "CREATE EXTENSION file_fdw",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute(refused)


@pytest.mark.only_on("postgresql")
def test_a_table_that_an_update_brings_works_before_the_command_is_run_again(role):
    """An update that forgot it left the shop standing: "permission denied for table …" at each page of what was new."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE brought_later (id bigserial PRIMARY KEY, name text)")
    try:
        role.execute("INSERT INTO brought_later (name) VALUES ('x')")
        role.execute("UPDATE brought_later SET name = 'y'")
        assert role.execute("SELECT id, name FROM brought_later").fetchall() == [(1, "y")]
        role.execute("DELETE FROM brought_later")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute("DROP TABLE brought_later")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE brought_later")


@pytest.mark.only_on("postgresql")
def test_old_lines_of_the_activity_go_by_the_owners_function_and_no_young_one(role):
    """Decision 50: the worker has the application's role; a month stays, whatever is asked."""
    for days in (40, 20):
        Event.objects.create(kind="x", at=timezone.now() - dt.timedelta(days=days))
    assert role.execute("SELECT delete_old_events(now(), 100)").fetchone() == (1,)
    assert Event.objects.count() == 1


@pytest.mark.only_on("postgresql")
def test_its_statements_have_limits_outside_of_transactions_too(role):
    """S2, decision 54: of the role, so that a pool's sessions have them."""
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "TimeZone")
    found = [role.execute("SELECT current_setting(%s)", [name]).fetchone()[0] for name in names]
    assert found == ["15s", "5s", "10s", "UTC"]


def test_every_history_and_the_events_are_only_added_to():
    """S18: each model that keeps history, whatever app it is of."""
    names = {model._meta.label for model in only_added_to()}
    assert {"backoffice.Event", "customers.HistoricalCustomer", "addresses.HistoricalAddress"} <= names
    assert not names & {"customers.Customer", "customers.CustomerFigures", "backoffice.Counter"}


@pytest.mark.only_on("sqlite")
def test_on_sqlite_the_command_says_that_there_is_nothing_to_do():
    with pytest.raises(CommandError, match=r"Only PostgreSQL has roles\.") as refused:
        call_command("database_role")
    assert refused.value.returncode == 2
