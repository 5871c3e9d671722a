"""A dry run tells what the import would do, and nobody waits for it (D18)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.importing import rows as generic
from backoffice.importing.command import opened
from backoffice.models import Counter
from backoffice.records.actors import Actor, Door
from backoffice.sections import section_named
from customers.importing import importer
from customers.importing.earlier import Claims
from customers.models import Customer, Tag
from groups.models import Group

from .conftest import FILES

HEAD = "ID;E-mail;Last name;First name;Groups;Tags;Guest"
WRITING = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "BEGIN")


def test_a_dry_run_writes_and_locks_nothing(take_in, customer):
    """D18: the back office answered "cannot be reached" for the length of a dry run."""
    customer(email="ada@shop.example")
    text = f"{HEAD}\n1;ada@shop.example;Byron;Ada;Village;VIP;0\n2;bo@shop.example;Bo;Bo;Village;VIP;0\n"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert take_in(text, dry_run=True).counts == (1, 1, 0, 0)
    said = [one["sql"].upper() for one in queries]
    assert [sql for sql in said if sql.startswith(WRITING) or "FOR UPDATE" in sql] == []


@pytest.mark.parametrize("block", [1, 2, 3, 100])
@pytest.mark.parametrize("key", ["email", "id"])
def test_a_dry_run_knows_what_its_earlier_blocks_would_have_done(take_in, monkeypatch, customer, key, block):
    """D18: addresses, numbers, guests, groups and tags; the same told as by the import itself, whatever the block."""
    monkeypatch.setattr(importer, "BLOCK", block)
    known = customer(email="zoe@shop.example", last_name="Lund", first_name="Zoe")
    other = customer(email="kim@shop.example", last_name="Kim", first_name="Kim")
    text = (
        f"{HEAD}\n"
        "900;ada@shop.example;Byron;Ada;Village;VIP;0\n"
        "901;ADA@shop.example;Byron;Ada;Village;vip;0\n"
        "900;bo@shop.example;Bo;Bo;village, Harvest;;0\n"
        f"{known.pk};zoe@new.example;Lund;Zoe;Village;;0\n"
        f"{known.pk};zoe@new.example;Lund;Zoe;Village;;0\n"
        "902;zoe@shop.example;Lund;Zoe;Harvest;;0\n"
        f"{other.pk};zoe@new.example;Kim;Kim;;;0\n"
        "903;guest@shop.example;Byron;Ada;;;1\n"
        "903;guest@shop.example;Byron;Ada;;;1\n"
        "904;guest@shop.example;Byron;Ada;;;1\n"
    )
    before = list(Customer.objects.order_by("pk").values())
    told = take_in(text, key=key, dry_run=True)
    assert list(Customer.objects.order_by("pk").values()) == before
    assert Group.objects.count() == 1
    assert not Tag.objects.exists()
    done = take_in(text, key=key)
    assert (told.counts, told.faults) == (done.counts, done.faults)
    assert told.report.warnings == done.report.warnings
    made = [one for one in done.remarks if " created: " in one]
    assert made
    assert len([one for one in told.remarks if "would be created: " in one]) == len(made)


def test_the_size_of_a_block_changes_nothing_of_what_is_told(take_in, monkeypatch):
    """D16, D18: a row does not know in which block it stands."""
    text = "".join(
        f"{n % 7};c{n % 5}@shop.example;{'Byron' if n % 3 else 'King'};Ada;Village;VIP;{n % 2}\n"
        for n in range(40)
    )
    told = {}
    for block in (1, 3, 100):
        monkeypatch.setattr(importer, "BLOCK", block)
        for key in ("email", "id"):
            outcome = take_in(f"{HEAD}\n{text}", key=key, dry_run=True)
            told.setdefault(key, []).append((outcome.counts, outcome.faults, outcome.remarks))
    for first, second, third in told.values():
        assert first == second == third


def test_a_dry_run_of_a_large_file_keeps_few_bytes_of_each_row():
    """P10: the memory for a million rows is hardly more than that for 100,000."""
    claims = Claims()
    for n in range(100_000):
        claims.note(f"somebody.with.a.long.name.{n}@shop.example", n + 1)
        if n % 2_000 == 1_999:
            claims.keep()
    assert claims.get("somebody.with.a.long.name.0@shop.example") == 1
    assert claims.get("somebody.with.a.long.name.99999@shop.example") == 100_000
    assert claims.get("nobody@shop.example") == 0
    table = claims._kept
    assert table._keys.itemsize * len(table._keys) + table._lines.itemsize * len(table._lines) < 40 * 100_000


@pytest.mark.parametrize("name", ["prestashop_1_7", "shopify_2023", "magento_composite", "shopware"])
def test_the_counts_of_lists_stay(take_in, name):
    """D18: no counter moves, not for a moment."""
    before = list(Counter.objects.order_by("pk").values())
    take_in(FILES / f"{name}.csv", dry_run=True)
    assert list(Counter.objects.order_by("pk").values()) == before


# Sections that are imported by their declarations


@pytest.fixture
def tags_in(shop, written):
    """`tags_in("Name\\nVIP\\n")` takes tags in; gives the counts and the faults told."""

    def tags_in(text: str, *, key: str = "name", dry_run: bool = False):
        faults = []
        work = opened(section_named("tags"), written(text), key=key)
        report = work.run(by=Actor(staff=None, door=Door.IMPORT), dry_run=dry_run, tell=faults.append)
        counts = (report.created, report.updated, report.unchanged, report.refused)
        return counts, [str(fault) for fault in faults], report.remarks()

    return tags_in


@pytest.mark.parametrize("block", [1, 2, 100])
@pytest.mark.parametrize("key", ["name", "id"])
def test_blocks_of_any_section_are_undone_one_by_one_and_remembered(tags_in, monkeypatch, tag, key, block):
    """D18, D21: what an earlier block would have made is known to the later ones; twice is once."""
    monkeypatch.setattr(generic, "BLOCK", block)
    late = tag("Late")
    text = f"ID;Name\n900;VIP\n{late.pk};Later\n901;vip\n902;Kid\n{late.pk};Latest\n903;<b>\n"
    told = tags_in(text, key=key, dry_run=True)
    assert list(Tag.objects.values_list("name", flat=True)) == ["Late"]
    done = tags_in(text, key=key)
    assert told[:2] == done[:2]
    if key == "id":
        assert done[0] == (2, 1, 0, 3)
        assert done[2] == ["Renamed:", f"  ID {late.pk}: Late → Later"]
        assert told[2] == ["Would be renamed:", f"  ID {late.pk}: Late → Later"]
    again = tags_in(text, key=key)
    assert again[0] == (0, 0, done[0][0] + done[0][1], done[0][3])


def test_a_dry_run_of_any_section_moves_no_count(tags_in):
    """D18: whoever changed a list waited for the row of its count."""
    with CaptureQueriesContext(connection) as queries:
        assert tags_in("Name\nVIP\nKid\n", dry_run=True)[0] == (2, 0, 0, 0)
    counter = Counter._meta.db_table
    assert [one["sql"] for one in queries if counter in one["sql"] and "UPDATE" in one["sql"].upper()] == []
