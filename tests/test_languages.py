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
from django import forms
from django.http import QueryDict
from django.utils import translation

from backoffice.lists.page import ListPage
from backoffice.screen import formats
from backoffice.sections import section_named
from customers.importing.importer import CustomerImport

pytestmark = pytest.mark.alike

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
        classic = customers.listing.sets["classic"].columns
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


@pytest.mark.parametrize(
    ("language", "whole", "part"),
    [
        ("en", "53%", "12.5%"),
        ("fr", "53\u00a0%", "12,5\u00a0%"),
        ("pl", "53%", "12,5%"),
        ("ro", "53\u00a0%", "12,5\u00a0%"),
    ],
)
def test_percentages_are_written_as_each_language_does(language, whole, part):
    """Decision 14, facts 2.6: a blank before the sign where the language has one."""
    with translation.override(language):
        assert formats.percent(0.5312) == whole
        assert formats.percent(Decimal("0.125"), places=2) == part


@pytest.mark.parametrize(
    ("language", "chips"),
    [
        ("en", ["Registration from 3 May 2026", "Age to 40", "First name: Ada"]),
        ("fr", ["Inscription à partir du 03-05-2026", "Âge jusqu’à 40", "Prénom\u00a0: Ada"]),
        ("pl", ["Rejestracja od 03.05.2026", "Wiek do 40", "Imię: Ada"]),
        ("ro", ["Înregistrare de la 03.05.2026", "Vârsta până la 40", "Prenume: Ada"]),
    ],
)
def test_a_filter_in_force_reads_as_a_person_would_say_it(language, chips, owner):
    """Design, D-73."""
    asked = QueryDict("registered_after=2026-05-03&age_max=40&first_name=Ada")
    with translation.override(language):
        page = ListPage(section_named("customers"), asked, owner)
        assert {chip["label"] for chip in page.chips} == set(chips)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Column “Age” is not used: calculated from the birthday."),
        (
            "fr",
            "La colonne «\u00a0Age\u00a0» n’est pas utilisée\u00a0: elle se calcule à partir de la date de naissance.",
        ),
        ("pl", "Kolumna „Age” jest pomijana: wartość obliczana z daty urodzenia."),
        ("ro", "Coloana „Age” nu este folosită: se calculează din data nașterii."),
    ],
)
def test_an_import_quotes_as_each_language_does(language, told, shop, tmp_path):
    file = tmp_path / "shop.csv"
    file.write_text("E-mail;Last name;First name;Age\nada@shop.example;Byron;Ada;36\n")
    with translation.override(language):
        assert CustomerImport(file).notices == [told]


def test_romanian_has_commas_below_its_letters_and_no_cedillas(catalogue):
    """ș and ț, as Romanian is written; the libraries' older catalogues still have ş and ţ."""
    for entry in catalogue:
        assert not set("şţŞŢ") & set("".join([entry.msgstr, *entry.msgstr_plural.values()])), entry.msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_libraries_lack_are_ours(language):
    """backoffice/screen/library_texts.py: "Ensure this value is less than or equal to 100." in each language."""
    with translation.override(language):
        field = forms.DecimalField(max_value=100)
        with pytest.raises(forms.ValidationError) as refused:
            field.clean("101")
        told = {"fr": "100 au maximum.", "pl": "Najwyżej 100.", "ro": "Cel mult 100."}[language]
        assert refused.value.messages == [told]


def test_french_has_one_apostrophe_and_a_blank_before_its_colons():
    """L58, L60."""
    for entry in polib.pofile(ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert "'" not in text, entry.msgid
            assert not re.search(r"[^\u00a0]:(?!//)(\s|$)", text), entry.msgid


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("67% Female", "67% Female · 33% Male")),
        ("fr", ("67\u00a0% de femmes", "67\u00a0% de femmes · 33\u00a0% d’hommes")),
        ("pl", ("67% kobiet", "67% kobiet · 33% mężczyzn")),
        ("ro", ("67\u00a0% femei", "67\u00a0% femei · 33\u00a0% bărbați")),
    ],
)
def test_shares_of_men_and_women_are_counted_as_each_language_does(language, told, owner):
    """L1 to L3."""
    with translation.override(language):
        page = ListPage(section_named("customers"), QueryDict(""), owner)
        shares = section_named("customers").key_figures.draw(
            {"female": 2, "male": 1, "active_people": 3}, page
        )[0]
        assert (shares["value"], shares["note"]) == told


@pytest.mark.parametrize(
    ("language", "context", "text", "said"),
    [
        ("pl", "note", "Only staff see it, never the customer.", "Widzą go tylko pracownicy, nigdy klient."),
        (
            "pl",
            "risk rating",
            "Only staff see it, never the customer.",
            "Widzą ją tylko pracownicy, nigdy klient.",
        ),
        ("pl", "cart", "Ordered", "Zamówiony"),
        ("pl", "cart", "Not ordered", "Niezamówiony"),
        ("pl", "cart", "Abandoned", "Porzucony"),
    ],
)
def test_a_word_agrees_with_what_it_is_said_of(language, context, text, said):
    """Trial of the customer's file: a note was feminine in Polish, the states of carts had two forms."""
    entries = polib.pofile(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")
    assert entries.find(text, msgctxt=context or False).msgstr == said


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Français"), ("pl", "Francuski"), ("ro", "Franceză"), ("en", "French")]
)
def test_a_language_that_stands_by_itself_has_a_capital(language, said):
    """Trial of the customer's file: “francuski” in its head, “Francuski” among the e-mails."""
    with translation.override(language):
        assert formats.language_label("fr") == said
