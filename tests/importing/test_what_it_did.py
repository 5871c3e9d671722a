"""What a run tells beyond created and updated, and what it tells once (findings I6, I8, I17)."""

import pytest
from django.core.management import CommandError, call_command

from backoffice.importing.command import opened
from backoffice.importing.reading import Unreadable
from backoffice.records.actors import Actor
from backoffice.sections import section_named
from customers import services
from customers.models import Customer

HEAD = "E-mail;Last name;First name"


def test_consents_on_and_off_groups_left_and_tags_taken_are_counted(take_in, customer, group, tag):
    """I6: all that was “3 updated”."""
    vip, kids = group("VIP"), group("Kids")
    customer(email="a@shop.example", groups=[vip, kids], tags=[tag("Late"), tag("Loud")], newsletter=True)
    customer(email="b@shop.example", groups=[vip], partner_offers=False)
    text = (
        f"{HEAD};Groups;Tags;Newsletter;Optin\n"
        "a@shop.example;;;Kids;Late;0;0\n"
        "b@shop.example;;;Kids;;1;1\n"
        "c@shop.example;Cy;Cy;Kids;;1;0\n"
    )
    told = take_in(text, dry_run=True)
    assert told.remarks == [
        "Newsletter: would be switched on for 2, off for 1.",
        "Partner offers: would be switched on for 1, off for 0.",
        "Groups that would be left: “VIP” (2).",
        "Tags that would be taken away: “Loud” (1).",
    ]
    assert take_in(text).remarks == [
        "Newsletter: switched on for 2, off for 1.",
        "Partner offers: switched on for 1, off for 0.",
        "Groups left: “VIP” (2).",
        "Tags taken away: “Loud” (1).",
    ]
    assert take_in(text).remarks == []


def test_who_left_and_is_switched_on_again_is_told(take_in, customer):
    """I6, S4.14: nobody is written to again without a word."""
    left = customer(email="a@shop.example", newsletter=True)
    services.switch(left, "newsletter", False, by=Actor.command())
    customer(email="b@shop.example")
    outcome = take_in("E-mail;Newsletter\na@shop.example;1\nb@shop.example;1\n")
    assert outcome.remarks == [
        "Newsletter: switched on for 2, off for 0.",
        "Line 2, column “Newsletter”: switched on again for somebody who had switched it off",
    ]


# A column that is missing (I8)


@pytest.mark.parametrize(
    ("head", "row", "missing"),
    [
        ("E-mail;Last name", "c{n}@shop.example;Byron", "First name"),
        ("E-mail;First name", "c{n}@shop.example;Ada", "Last name"),
        ("E-mail;Groups", "c{n}@shop.example;VIP", "Last name, First name"),
    ],
)
def test_a_column_that_new_customers_need_is_missed_once(take_in, head, row, missing):
    """I8: 100,000 lines and exit 1 for one column."""
    rows = "".join(row.format(n=n) + "\n" for n in range(30))
    with pytest.raises(Unreadable) as refusal:
        take_in(f"{head}\n{rows}")
    assert refusal.value.message.startswith(f"These columns are missing: {missing}. The first line has: ")
    assert not Customer.objects.exists()


def test_the_command_ends_with_status_2_then(shop, written):
    """Interface: nothing was changed."""
    with pytest.raises(CommandError) as refusal:
        call_command("import_customers", str(written("E-mail;Last name\nada@shop.example;Byron\n")))
    assert refusal.value.returncode == 2


def test_a_mass_change_of_people_who_are_here_needs_no_names(take_in, customer):
    """D-22; who is not here is shown by ten examples, and counted."""
    customer(email="ada@shop.example")
    rows = "".join(f"c{n}@shop.example;1\n" for n in range(30))
    outcome = take_in(f"E-mail;Newsletter\n{rows}ada@shop.example;1\n")
    assert outcome.counts == (0, 1, 0, 30)
    assert len(outcome.faults) == 20
    assert outcome.remarks[:2] == [
        "Column “Last name”, 20 more rows: This is required for a new record.",
        "Column “First name”, 20 more rows: This is required for a new record.",
    ]


def test_of_any_section_a_column_is_missed_once(shop, written, tag):
    """I8, the kind: by the number of a record the name is needed of new ones only."""
    vip = tag("VIP")
    with pytest.raises(Unreadable, match="These columns are missing: Name"):
        opened(section_named("tags"), written("ID;Colour\n900;red\n"), key="id")
    opened(section_named("tags"), written(f"ID;Colour\n900;red\n{vip.pk};red\n"), key="id")


def test_a_file_without_rows_misses_nothing(take_in):
    assert take_in("E-mail;Groups\n").counts == (0, 0, 0, 0)


# A dry run speaks of what would be (I17)


def test_a_dry_run_never_says_that_it_did_something(shop, written, capsys, customer):
    """I17: “Groups made: …”, “9 updated”, “1 row was refused”."""
    customer(email="ada@shop.example", newsletter=True)
    text = (
        "ID;E-mail;Last name;First name;Groups;Tags;Newsletter\n"
        "900;ada@shop.example;Byron;Ada;VIP;Late;0\n"
        "901;bo@shop.example;Bo;Bo;VIP;Late;1\n"
        "902;bad;Cy;Cy;;;\n"
    )
    with pytest.raises(CommandError) as refusal:
        call_command("import_customers", str(written(text)), "--dry-run", "--without-bad-cells")
    assert str(refusal.value) == "1 row would be refused."
    said = capsys.readouterr().out
    assert "1 would be created, 1 would be updated" in said
    for done in (
        "created:",
        "left:",
        "taken away:",
        "switched on for",
        "added as",
        " was refused",
        "Renamed",
    ):
        assert not [line for line in said.splitlines() if done in line and "would be" not in line]
