"""Rows in for any section: what an import is, a declared section has for nothing (code finding C12)."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, ManagementUtility, call_command

from backoffice.importing.command import opened
from backoffice.importing.report import Fault, Report
from backoffice.importing.rows import RowsImport
from backoffice.models import Event, RequiredField
from backoffice.records.actors import Actor, Door
from backoffice.sections import all_sections, section_named
from customers.models import Tag, Title
from groups.models import Group
from tests.reading import List

pytestmark = pytest.mark.usefixtures("shop")
NAMED = [one for one in all_sections() if one.importing is None and one.is_imported]


@pytest.fixture
def rows_in(written):
    """`rows_in("groups", text)` takes a file in by the command's door; returns the counts and the faults told."""

    def rows_in(slug: str, text: str, *, dry_run: bool = False, **options):
        work = opened(section_named(slug), written(text), **options)
        faults: list[Fault] = []
        report = work.run(by=Actor(staff=None, door=Door.IMPORT), dry_run=dry_run, tell=faults.append)
        return (report.created, report.updated, report.unchanged, report.refused), [
            str(one) for one in faults
        ]

    return rows_in


def test_groups_tags_titles_and_custom_fields_have_an_import_of_their_own():
    assert [one.slug for one in NAMED] == ["groups", "tags", "fields", "titles"]


def test_the_help_of_all_commands_names_them():
    """It ended with a traceback."""
    told = ManagementUtility(["manage.py", "help"]).main_help_text()
    assert re.search(r"^\[customers\]$.*?^    import_customers$", told, re.MULTILINE | re.DOTALL)


def test_groups_come_with_all_that_a_file_says_of_them(rows_in):
    """S0.60–S0.69: discount, price display and privileges, in the words of any of our languages."""
    text = (
        "Name;Nom en français;Réduction;Price Display Method;Show prices;Livraison gratuite\n"
        "Wholesale;Grossistes;15,00;tax excluded;0;oui\n"
        "Kids;;2.5;TTC;;\n"
    )
    counts, faults = rows_in("groups", text)
    assert counts == (1, 0, 0, 1)
    assert faults == ["Line 3, column “Price Display Method”, “TTC”: This is not one of the choices."]
    made = Group.objects.get(name="Wholesale")
    assert (made.name_fr, made.discount, made.price_display) == (
        "Grossistes",
        Decimal("15.00"),
        "tax_excluded",
    )
    assert (made.show_prices, made.free_shipping) == (False, True)


def test_a_row_about_a_known_group_changes_what_it_says_and_nothing_else(rows_in, group):
    group("Wholesale", discount="15.00", free_shipping=True, show_prices=True)
    assert rows_in("groups", "Name;Discount\nWHOLESALE;12\n") == ((0, 1, 0, 0), [])
    stored = Group.objects.get(name="WHOLESALE")
    assert (stored.discount, stored.free_shipping, stored.show_prices) == (Decimal("12.00"), True, True)
    assert stored.history.latest("history_date").door == Door.IMPORT
    assert rows_in("groups", "Name;Discount\nWHOLESALE;12.00\n") == ((0, 0, 1, 0), [])
    assert stored.history.count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Wholesale;101", "Line 2, column “Discount”, “101”: At most 100, please."),
        ("Wholesale;-1", "Line 2, column “Discount”, “-1”: Amounts can't be negative."),
        ("Wholesale;much", "Line 2, column “Discount”, “much”: Not an amount: write it like 191.20."),
        ("<b>;1", "Line 2, column “Name”, “<b>”: Names can't contain these characters: < > { } ="),
        (
            f"{'x' * 33};1",
            f"Line 2, column “Name”, “{'x' * 33}”: At most 32 characters, please; this has 33.",
        ),
        (";1", "Line 2, column “Name”: This is required for a new record."),
        (
            "Wholesale",
            "Line 2: The row has 1 value, but the header names 2 columns; nothing of it was taken in.",
        ),
    ],
)
def test_what_the_form_refuses_a_file_is_refused_at_its_column(rows_in, row, reason):
    """Decision 27: the same rules; nothing half-written."""
    assert rows_in("groups", f"Name;Discount\n{row}\n") == ((0, 0, 0, 1), [reason])
    assert Group.objects.count() == 1


def test_good_rows_go_in_beside_bad_ones_and_the_same_name_twice_is_told(rows_in):
    """Decision 24."""
    counts, faults = rows_in("tags", "Tag\nVIP\nvip\n{}\nLate\n")
    assert counts == (2, 0, 0, 2)
    assert faults == [
        "Line 3, column “Tag”, “vip”: Line 2 already covers this record.",
        "Line 4, column “Tag”, “{}”: Names can't contain these characters: < > { } =",
    ]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["Late", "VIP"]


def test_a_dry_run_tells_the_same_and_changes_nothing(rows_in):
    text = "Name;Gender\nDr;neutral\nProf.;Neutre\nSir;x\n"
    told = rows_in("titles", text, dry_run=True)
    assert told[0] == (2, 0, 0, 1)
    assert Title.objects.count() == 2
    assert Event.objects.filter(kind="import").count() == 0
    assert rows_in("titles", text) == told
    assert {one.name: one.kind for one in Title.objects.all()}.items() >= {
        "Dr": "neutral",
        "Prof.": "neutral",
    }.items()


def test_the_activity_page_keeps_the_first_hundred_letters_of_a_files_name(tmp_path):
    """Issue 2, bad input."""
    path = tmp_path / f"{'x' * 99}yz.csv"
    path.write_text("Name\nVIP\n")
    call_command("import_tags", str(path))
    (event,) = Event.objects.filter(kind="import")
    assert event.facts == {"rows": 1, "file": f"{'x' * 99}y", "created": 1, "updated": 0, "refused": 0}


def test_our_own_number_can_say_which_record_is_meant(rows_in, tag):
    """Decision 44: only where `--key id` says so."""
    vip = tag("VIP")
    assert rows_in("tags", f"ID;Name\n{vip.pk};Very important\n", key="id") == ((0, 1, 0, 0), [])
    assert Tag.objects.get(pk=vip.pk).name == "Very important"
    counts, faults = rows_in("tags", f"ID;Name\n{vip.pk};Late\n")
    assert (counts, faults) == ((1, 0, 0, 0), [])


def test_a_name_that_another_record_has_is_refused_as_on_the_page(rows_in, tag):
    vip, late = tag("VIP"), tag("Late")
    counts, faults = rows_in("tags", f"ID;Name\n{vip.pk};late\n", key="id")
    assert counts == (0, 0, 0, 1)
    assert faults == [f"Line 2, column “Name”, “late”: “Late” (ID {late.pk}) already has this name."]


def test_the_command_says_what_it_did_and_how_it_went(written, capsys):
    """interface.md: exit 0 when all rows went in, 1 when some were refused, 2 when the file cannot be read."""
    call_command("import_groups", written("Name;Discount\nWholesale;15\n"))
    assert capsys.readouterr().out == (
        "Name → Name\nDiscount → Discount\n1 created, 0 updated, 0 unchanged, 0 refused\n"
    )
    with pytest.raises(CommandError) as refused:
        call_command("import_groups", written("Name;Discount;Colour\nWholesale;200;red\n"))
    assert (refused.value.returncode, str(refused.value)) == (1, "1 row was refused.")
    assert "Column “Colour” is not used: nothing here has this name." in capsys.readouterr().out
    with pytest.raises(CommandError) as unreadable:
        call_command("import_groups", written("Discount;Colour\n15;red\n"))
    assert unreadable.value.returncode == 2
    assert "These columns are missing: Name." in str(unreadable.value)
    assert Event.objects.filter(kind="import", target="groups").count() == 2


@pytest.mark.parametrize("section", NAMED, ids=lambda one: one.slug)
def test_our_own_export_comes_back_unchanged(section, one_of, client_of, owner, rows_in, choose):
    """D-65: what the list shows goes out and comes in again."""
    one_of(section.slug)
    choose(*section.table.names(), section=section.slug)
    answer = client_of(owner).get(f"/{section.slug}/export/")
    text = b"".join(answer.streaming_content).decode()
    counts, faults = rows_in(section.slug, text)
    assert (counts, faults) == ((0, 0, section.rows().count(), 0), [])


def test_a_field_that_staff_made_required_is_needed_for_a_new_record(rows_in):
    """Decision 40: every door that writes obeys."""
    RequiredField.objects.create(section="titles", field="name_pl")
    counts, faults = rows_in("titles", "Name;Gender\nDr;neutral\n")
    assert (counts, faults) == (
        (0, 0, 0, 1),
        ["Line 2, column “Name in Polish”: This is required for a new record."],
    )


def test_a_required_yes_or_no_has_to_be_on_for_a_new_record_and_can_be_switched_off(rows_in):
    """Decision 40, D13: the same for every section."""
    RequiredField.objects.create(section="groups", field="show_prices")
    counts, faults = rows_in("groups", "Name;Show prices\nDefault;0\nWholesale;0\n")
    assert (counts, faults) == (
        (0, 1, 0, 1),
        ["Line 3, column “Show prices”, “0”: The settings of this shop require this to be on."],
    )


def test_two_records_called_alike_are_known_by_how_they_are_written(rows_in):
    """V3: a shop has such pairs from the time before."""
    plain, accented = Tag.objects.create(name="Cafe"), Tag.objects.create(name="Café")
    assert rows_in("tags", "Name\nCafe\nCafé\n") == ((0, 0, 2, 0), [])
    assert Tag.objects.count() == 2
    assert (plain.name, accented.name) == ("Cafe", "Café")


def test_what_came_in_stands_in_the_list(rows_in, client_of, owner):
    rows_in("tags", "Name\n<script>alert(1)</script>\nÉté\n")
    page = List(client_of(owner).get("/tags/"))
    assert len(page.ids) == 1


def test_a_column_of_our_numbers_that_is_asked_for_is_not_told_to_be_unused(written, tag):
    """Each remark of an import is true."""
    vip = tag("VIP")
    file = written(f"ID;Name\n{vip.pk};Late\n")
    assert opened(section_named("tags"), file, key="id").notices == []
    assert opened(section_named("tags"), file).notices == [
        "Column “ID” is not used: nothing here has this name."
    ]


def test_several_records_in_one_cell_are_those_that_are_stored_in_whatever_order(written, customer, group):
    """A row that says what is so already changes nothing; one of another group does."""
    loyal, late = group("Loyalty"), group("Late")
    made = customer(groups=[customer().default_group, loyal])

    def counts(cell: str) -> tuple[int, int]:
        work = RowsImport(section_named("customers"), written(f"ID;Groups\n{made.pk};{cell}\n"), key="id")
        report = work.run(by=Actor.command(), tell=lambda fault: pytest.fail(str(fault)))
        return report.updated, report.unchanged

    assert counts("loyalty, Default") == (0, 1)
    assert counts("Default, Late") == (1, 0)
    assert set(made.groups.all()) == {made.default_group, late}


def test_a_row_too_short_to_say_which_record_it_is_about_is_told(rows_in, tag):
    """S4.34: its number would have been in the cell that is missing."""
    vip = tag("VIP")
    assert rows_in("tags", f"Name;ID\nLate\nVery important;{vip.pk}\n", key="id") == (
        (0, 1, 0, 1),
        ["Line 2: The row has 1 value, but the header names 2 columns; nothing of it was taken in."],
    )


def test_what_a_service_refuses_without_naming_a_field_is_told_of_the_row(written):
    def refuse(record, values, *, by):
        raise ValidationError("Not on a Sunday.")

    tags = section_named("tags")
    work = RowsImport(replace(tags, editing=replace(tags.editing, save=refuse)), written("Name\nVIP\n"))
    faults: list[Fault] = []
    report = work.run(by=Actor.command(), tell=faults.append)
    assert (report.refused, [str(one) for one in faults]) == (1, ["Line 2: Not on a Sunday."])


def test_a_report_counts_the_rows_that_are_in_and_shows_a_long_cell_in_short():
    report = Report(tell=lambda fault: None, created=1, updated=2, unchanged=4, refused=8)
    assert report.rows == 7
    assert str(Fault(2, "Name", "x" * 60, "No.")) == f"Line 2, column “Name”, “{'x' * 60}”: No."
    assert str(Fault(2, "Name", "x" * 61, "No.")) == f"Line 2, column “Name”, “{'x' * 59}…”: No."
