"""What was deleted is gone from the file, too (deliverable 7, S22)."""

import subprocess
from pathlib import Path

import pytest
from django.db import connection

from backoffice.jobs.upkeep import forget_deleted_text
from customers.models import Customer

pytestmark = pytest.mark.only_on("sqlite")
ADDRESS = "qzx.lovelace@wjq-mill.example"


def pragma(name: str) -> int:
    """A setting of the connection."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def raw() -> bytes:
    """Every byte that the database keeps on disk, read by another process.

    Closing a file drops all locks that this process has on it: SQLite's own, too, and the next worker's end would take
    the log away from under the connection.
    """
    name = str(connection.settings_dict["NAME"])
    files = [name + end for end in ("", "-wal") if Path(name + end).exists()]
    return subprocess.run(["cat", *files], capture_output=True, check=True).stdout


@pytest.mark.django_db(transaction=True)
def test_a_deleted_address_is_neither_in_the_raw_file_nor_in_the_search_index(customer):
    """Deliverable 7: the row is overwritten, the index put together anew, the log emptied."""
    made = customer(email=ADDRESS)
    customer(email="ada@shop.example")
    assert forget_deleted_text() == "7 search indexes put together anew"
    assert ADDRESS.encode() in raw()
    assert b"qzx" in raw()
    Customer._base_manager.filter(pk=made.pk).delete()
    Customer.history.filter(id=made.pk).delete()  # it goes on by itself, until somebody is erased
    forget_deleted_text()
    assert pragma("secure_delete") == 1
    assert ADDRESS.encode() not in raw()
    assert b"qzx" not in raw()
    assert b"wjq" not in raw()
    assert list(Customer.objects.filter(search_text__holds="shop").values_list("email", flat=True)) == [
        "ada@shop.example"
    ]


def test_what_was_saved_survives_a_power_cut():
    """S22: the product's own setting; the tests themselves do without."""
    from backoffice.settings import DATABASES

    assert "PRAGMA synchronous=FULL" in DATABASES["default"]["OPTIONS"]["init_command"]
