"""What was taken in on the server, by command, stands among the imports of before (issue 9, what was left, 7)."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.importing import uploads
from backoffice.models import Import, ImportBlock, ImportRow
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


@pytest.fixture
def many_faults(shop, tmp_path):
    """An import by command of 70 rows, of which 60 are refused."""
    path = tmp_path / "tags.csv"
    rows = [f"{'x' * 300}{n}" if n % 7 else f"Tag {n}" for n in range(70)]
    path.write_text("\n".join(["Name", *rows]))
    with pytest.raises(CommandError):
        call_command("import_tags", str(path))
    return Import.objects.get()


def report(client, imported) -> list[str]:
    answer = client.get(f"/imports/{imported.pk}/report/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode().splitlines()[1:]


def test_its_report_as_a_file_has_every_fault_as_that_of_the_page(client, page, many_faults):
    """It had the first fifty, on the page alone."""
    lines = report(client, many_faults)
    assert (many_faults.figures["faults_count"], len(lines)) == (60, 60)
    assert [line.split(";")[0] for line in lines[:3]] == ['"3"', '"4"', '"5"']
    main = page(many_faults)
    assert "These are the first; the report as CSV has them all." in main.text
    assert main.all("a", href=f"/imports/{many_faults.pk}/report/")


def test_the_faults_go_when_those_of_jobs_go_and_the_import_stays(client, page, many_faults):
    """Decision 50: they quote cells of the file."""
    for days, left in ((29, 1), (31, 0)):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            uploads.forget_files()
        assert ImportBlock.objects.count() == left
    assert client.get(f"/imports/{many_faults.pk}/report/").status_code == 404
    main = page(many_faults)
    assert "These are the first" not in main.text
    assert figures(main) == ["10 created", "0 updated", "0 unchanged", "60 refused"]


def test_a_file_without_faults_keeps_no_report(client, shop, tmp_path):
    path = tmp_path / "tags.csv"
    path.write_text("Name\nVIP\n")
    call_command("import_tags", str(path))
    assert not ImportBlock.objects.exists()
    assert client.get(f"/imports/{Import.objects.get().pk}/report/").status_code == 404
