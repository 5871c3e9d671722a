"""`manage.py import_customers FILE`: exit status, words, options (interface.md)."""

import io
import os
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backoffice.importing import command
from customers.models import Customer

from .conftest import FILES


@pytest.fixture
def run(shop, capsys):
    """`run("prestashop_1_7.csv", "--dry-run")` gives exit status and all that was printed."""

    def run(file, *options) -> tuple[int, str]:
        try:
            call_command("import_customers", str(FILES / file), *options)
        except CommandError as error:
            printed = capsys.readouterr()
            return error.returncode, f"{printed.out}{error}"
        return 0, capsys.readouterr().out

    return run


def test_status_0_when_all_rows_went_in(run):
    """Interface."""
    status, said = run("prestashop_1_7.csv")
    assert status == 0
    assert said.splitlines()[-1] == "4 created, 0 updated, 0 unchanged, 0 refused"
    assert Customer.objects.count() == 4


def test_status_1_when_some_were_refused_each_with_line_column_and_reason(run):
    """Interface; the others are in."""
    status, said = run("magento_composite.csv")
    assert status == 1
    assert "Line 4, column “dob”, “1974-13-01 00:00:00”: There is no such day or time." in said
    assert said.endswith("1 created, 0 updated, 0 unchanged, 1 refused\n1 row was refused.")
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "options", "said"),
    [
        ("nowhere.csv", (), "There is no file "),
        (".", (), "is a folder"),
        ("addresses.csv", (), "file of addresses"),
        ("polish_windows_1250.csv", (), "--encoding windows-1250: E-mail;Imię;Nazwisko"),
        ("prestashop_1_7.csv", ("--encoding", "klingon"), "no encoding that is known here"),
        ("prestashop_1_7.csv", ("--delimiter", "#"), "A delimiter is one of"),
        ("prestashop_1_7.csv", ("--delimiter", ","), "names no known column"),
        ("sylius.csv", ("--key", "id"), "These columns are missing: ID."),
    ],
)
def test_status_2_when_the_file_cannot_be_read_and_nothing_is_changed(run, file, options, said):
    """Interface, decision 25."""
    status, told = run(file, *options)
    assert status == 2
    assert said in told
    assert not Customer.objects.exists()


def test_the_encoding_that_was_asked_for_is_taken(run):
    """Decision 25: the answer to the question."""
    status, _said = run("polish_windows_1250.csv", "--encoding", "cp1250")
    assert status == 0
    assert Customer.objects.get().last_name == "Wąs"


def test_a_dry_run_says_so(run):
    """Habit 15, L106: it tells what would be, not what was."""
    status, said = run("prestashop_1_7.csv", "--dry-run")
    assert status == 0
    assert said.endswith(
        "4 would be created, 0 would be updated, 0 would stay unchanged, 0 would be refused\n"
        "This was a dry run: nothing was changed.\n"
    )
    assert not Customer.objects.exists()


def test_cells_are_printed_without_what_a_terminal_would_obey(run, written, capsys):
    """A file cannot write on the screen of who imports it."""
    path = written("E-mail;Last name;First name\nada@shop.example;\x1b[2J\x1b]0;title\x07;Ada\n")
    status, said = run(path)
    assert status == 1
    assert "\x1b" not in said
    assert "\x07" not in said


def test_an_import_goes_on_where_nobody_listens_any_more(shop, written):
    """`import_customers FILE | head`: a pipe that was closed stops the words, not the work."""
    ends, starts = os.pipe()
    os.close(ends)
    path = written("E-mail;Last name;First name\nada@shop;B;Ada\nbo@shop.example;Bo;Bo\n")
    with open(starts, "w", buffering=1) as nobody, pytest.raises(CommandError, match="1 row was refused"):
        call_command("import_customers", str(path), stdout=nobody)
    assert Customer.objects.get().email == "bo@shop.example"


def test_a_terminal_that_lacks_a_letter_does_not_stop_an_import(shop, written):
    """Faults are told with quotation marks that Latin-2 and its kind do not have."""
    path = written("E-mail;Last name;First name\nada@shop;B;Ada\nbo@shop.example;Bo;Bo\n")
    terminal = io.TextIOWrapper(printed := io.BytesIO(), encoding="latin-1")
    with pytest.raises(CommandError, match="1 row was refused"):
        call_command("import_customers", str(path), stdout=terminal)
    terminal.flush()
    assert b"Line 2, column ?E-mail?, ?ada@shop?: Not a valid e-mail address" in printed.getvalue()
    assert Customer.objects.get().email == "bo@shop.example"


@pytest.mark.parametrize("key", ["phone", ""])
def test_the_key_is_the_address_or_the_id(run, key):
    """Interface: --key email|id."""
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_customers", str(FILES / "sylius.csv"), f"--key={key}")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_terminal_is_told_how_far_an_import_is_after_a_second_and_twice_in_each(monkeypatch, is_terminal):
    """Habit 15; in a log file the line would stand there for ever."""
    clock = SimpleNamespace(monotonic=lambda: clock.now, now=100.0)
    screen = io.StringIO()
    screen.isatty = lambda: is_terminal
    monkeypatch.setattr(command, "time", clock)
    monkeypatch.setattr(command.sys, "stderr", screen)
    progress = command._Progress(12_345)
    told = []
    for clock.now in (101.0, 101.25, 101.75, 102.0):
        progress(int(clock.now * 4))
        told.append(screen.getvalue())
    first, second = ("\r405 / 12,345", "\r408 / 12,345") if is_terminal else ("", "")
    assert told == ["", first, first, first + second]
    progress.clear()
    progress.clear()
    assert screen.getvalue() == (f"{first}{second}\r\033[K" if is_terminal else "")


def test_remarks_about_rows_that_went_in_are_told_before_the_summary(run, written):
    """Facts 10.2."""
    path = written("ID;E-mail;Last name;First name\n999;ada@shop.example;Byron;Ada\n")
    assert run(path, "--key", "id") == (
        0,
        "ID → ID\nE-mail → E-mail\nLast name → Last name\nFirst name → First name\n"
        "Line 2, column “ID”: nobody here has this ID: a new customer\n"
        "1 created, 0 updated, 0 unchanged, 0 refused\n",
    )


def test_ctrl_c_stops_an_import_with_status_1_and_a_dry_run_without_a_word_about_what_stays(run, monkeypatch):
    """Interface: what went in stays."""

    def ctrl_c(self, done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command._Progress, "__call__", ctrl_c)
    status, said = run("prestashop_1_7.csv", "--dry-run")
    assert (status, said.splitlines()[-1]) == (0, "This was a dry run: nothing was changed.")
    status, said = run("prestashop_1_7.csv")
    assert status == 1
    assert said.endswith("Stopped before the end. What went in stays; the same file can be imported again.")
    assert Customer.objects.count() == 4
