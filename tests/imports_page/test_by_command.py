"""What was taken in on the server, by command, stands among the imports of before (issue 9, what was left, 7)."""

import pytest
from django.core.management import CommandError, call_command

from backoffice.models import Import, ImportRow
from customers.models import Tag
from tests.reading import read

from .pages import figures


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tags.csv"
    path.write_text("Name\nVIP\n\nRECURRENT\n" + "x" * 300 + "\n")
    return path


def test_it_is_told_with_its_file_counts_report_and_records(client, page, file):
    with pytest.raises(CommandError):
        call_command("import_tags", str(file))
    (row,) = read(client.get("/imports/")).one("tbody").all("tr")
    assert "tags.csv" in row.text
    assert "Command line" in row.text
    assert "2 created" in row.text
    imported = Import.objects.get()
    main = page(imported)
    assert figures(main) == ["2 created", "0 updated", "0 unchanged", "1 refused"]
    assert len(imported.figures["faults"]) == 1
    assert sorted(ImportRow.objects.values_list("record", flat=True)) == sorted(
        Tag.objects.values_list("pk", flat=True)
    )
    assert main.all("a", href=f"/tags/?import={imported.pk}")


def test_a_dry_run_leaves_nothing_behind(shop, file):
    with pytest.raises(CommandError):
        call_command("import_tags", str(file), dry_run=True)
    assert not Import.objects.exists()


def test_one_whose_process_was_ended_says_how_far_it_came(client, page):
    """Issue 9, what was left: it stood there as "Not imported yet", as if nothing of it were in."""
    imported = Import.objects.create(section="tags", file="tags.csv", size=20)
    for line, name in enumerate(("VIP", "RECURRENT"), start=2):
        made = Tag.objects.create(name=name)
        ImportRow.objects.create(imported=imported, record=made.pk, line=line, created=True)
    (row,) = read(client.get("/imports/")).one("tbody").all("tr")
    assert "Not finished: 2 rows are in." in row.text
    assert "Not finished: 2 rows are in." in page(imported).text
