"""The report of an import is stored in no language: each reader reads it in his own (issue 9, what was left, 1)."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from backoffice.models import Import
from tests.reading import read

from .pages import begin

HEAD = "First name;Last name;E-mail;Birthday\n"
ROWS = "Ada;Byron;ada@example.com;99/99/1985\nBob;Hope;bob@example.com;1980-01-01;more\n"


def in_words_of(language):
    """Why the two rows are refused."""
    with translation.override(language):
        yield translation.gettext("There is no such day or time.")
        one, many = (
            "The row has %(found)s value, but the header names %(columns)s columns; nothing of it was taken in.",
            "The row has %(found)s values, but the header names %(columns)s columns; nothing of it was taken in.",
        )
        yield translation.ngettext(one, many, 5) % {"found": 5, "columns": 4}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(HEAD + ROWS)
    return path


@pytest.fixture
def reader(client_of, hire):
    """`reader("fr")`: the page and the file of the report, as somebody of that language reads them."""

    def reader(language):
        boss = hire("manager", language=language)
        seen, imported = client_of(boss), Import.objects.get()
        page = read(seen.get(reverse("import", args=[imported.pk]))).one("main").text
        answer = seen.get(reverse("import_report", args=[imported.pk]))
        return page, b"".join(answer.streaming_content).decode() if answer.streaming else ""

    return reader


@pytest.mark.parametrize("language", ["en", "pl", "ro"])
def test_who_reads_a_report_reads_it_in_his_own_language(choose, client, reader, language):
    begin(client, choose(HEAD + ROWS))
    page, file = reader(language)
    for reason in in_words_of(language):
        assert reason in page
        assert reason in file


@pytest.mark.parametrize("language", ["en", "pl"])
def test_so_it_is_with_an_import_by_command(shop, file, reader, language):
    with pytest.raises(CommandError):
        call_command("import_customers", str(file))
    page, file = reader(language)
    for reason in in_words_of(language):
        assert reason in page
        assert reason in file
