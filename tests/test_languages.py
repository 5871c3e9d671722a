"""Four languages, complete (deliverable 11): nothing missing, nothing fuzzy, every placeholder kept."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django.utils import translation

from backoffice import formats
from backoffice.sections import section_named

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fr", "pl", "ro")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_0-9]*\}")


@pytest.fixture(params=LANGUAGES)
def catalogue(request):
    return polib.pofile(ROOT / "locale" / request.param / "LC_MESSAGES" / "django.po")


def test_every_text_is_translated(catalogue):
    """A missing or fuzzy entry fails."""
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_every_plural_has_all_its_forms(catalogue):
    """Polish and Romanian have three, French two."""
    forms = int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"]).group(1))
    assert forms == (2 if catalogue.metadata["Language"] == "fr" else 3)
    for entry in catalogue:
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == forms, entry.msgid
            assert all(entry.msgstr_plural.values()), entry.msgid


def test_every_placeholder_is_kept(catalogue):
    """A lost placeholder is a broken sentence, an invented one an error."""
    for entry in catalogue:
        for text in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
            allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(
                PLACEHOLDER.findall(entry.msgid_plural or "")
            )
            assert set(PLACEHOLDER.findall(text)) <= allowed, entry.msgid
            if not entry.msgid_plural:
                assert set(PLACEHOLDER.findall(text)) == allowed, entry.msgid


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext, which only extraction uses")
def test_no_text_of_the_code_is_left_out(tmp_path):
    """What the code says and what the catalogues know are the same texts."""
    target = tmp_path / "tree"
    shutil.copytree(
        ROOT,
        target,
        ignore=shutil.ignore_patterns(".venv", "var", ".git", "tests", "bench", "__pycache__", "*.mo"),
    )
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "fr", "--no-location"],
        cwd=target,
        check=True,
        capture_output=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "backoffice.settings"},
    )
    fresh = polib.pofile(target / "locale" / "fr" / "LC_MESSAGES" / "django.po")
    kept = polib.pofile(ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po")
    assert {entry.msgid for entry in fresh if not entry.obsolete} == {entry.msgid for entry in kept}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["ID", "Gender", "Last name", "First name", "E-mail", "Age", "Enabled", "News.", "Opt."]),
        ("fr", ["ID", "Sexe", "Nom", "Prénom", "Adresse e-mail", "Age", "Activé", "News.", "Part."]),
    ],
)
def test_the_titles_of_the_list_are_those_of_the_documents(language, names):
    """S1.8, decision 2."""
    customers = section_named("customers")
    with translation.override(language):
        classic = customers.column_sets["classic"]
        assert [str(customers.table.column(name).title) for name in classic[:9]] == names


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "9 Aug 2011"), ("fr", "09-08-2011"), ("pl", "09.08.2011"), ("ro", "09.08.2011")],
)
def test_days_are_written_as_each_language_does(language, day):
    """Decision 14, S1.16."""
    with translation.override(language):
        assert formats.day(dt.date(2011, 8, 9)) == day


def test_money_is_written_as_each_language_does():
    """S1.59: comma for decimals, a space and the euro sign at the end in French."""
    with translation.override("fr"):
        assert formats.money(Decimal("622.99"), "EUR") == "622,99\u00a0€"
    with translation.override("en"):
        assert formats.money(Decimal("622.99"), "EUR") == "€622.99"
