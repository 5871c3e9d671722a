"""The product's settings where it is really used (issue 2, deliverable 2)."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from backoffice.checks import shop_currency_is_known

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments, **environment):
    """manage.py as on a server: nothing of this environment but the path."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DEMO": "false", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_djangos_own_check_for_production_finds_nothing(tmp_path):
    found = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY="a key as long and mixed as those that a real installation has: 0123456789 abcdefgh",
        ALLOWED_HOSTS="shop.example.com",
        TRUSTED_ORIGINS="https://shop.example.com",
        DATABASE_URL=f"sqlite:///{tmp_path}/shop.sqlite3",
    )
    assert (found.returncode, found.stdout) == (0, "System check identified no issues (3 silenced).\n"), (
        found.stderr
    )


def test_passwords_are_hashed_by_argon2(tmp_path):
    """Deliverable 2; the tests themselves run with a quicker hash."""
    asked = "from django.contrib.auth.hashers import make_password; print(make_password('a password'))"
    hashed = manage(
        "shell",
        "--no-imports",
        "-c",
        asked,
        SECRET_KEY="x",
        DATABASE_URL=f"sqlite:///{tmp_path}/shop.sqlite3",
    )
    assert hashed.stdout.startswith("argon2$argon2id$"), hashed.stderr


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "31536000 False False"),
        ({"HSTS_SECONDS": "60", "HSTS_SUBDOMAINS": "true", "HSTS_PRELOAD": "true"}, "60 True True"),
    ],
)
def test_browsers_are_bound_for_this_host_alone_unless_told(tmp_path, chosen, said):
    """S19: `includeSubDomains; preload` bound the whole domain of the shop for a year."""
    names = ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")
    asked = f"from django.conf import settings; print({', '.join(f'settings.SECURE_HSTS_{one}' for one in names)})"
    shown = manage(
        *("shell", "--no-imports", "-c", asked),
        SECRET_KEY="x",
        DATABASE_URL=f"sqlite:///{tmp_path}/shop.sqlite3",
        **chosen,
    )
    assert shown.stdout.strip() == said, shown.stderr


def test_commands_that_sign_nothing_need_no_secret(tmp_path):
    """G12: migrations can be checked, and files collected, where no shop is set up; the models have none missing."""
    found = manage(
        "makemigrations", "--check", "--dry-run", DATABASE_URL=f"sqlite:///{tmp_path}/shop.sqlite3"
    )
    assert (found.returncode, found.stdout) == (0, "No changes detected\n"), found.stderr


@pytest.mark.parametrize("command", ["migrate", "recount", "demo"])
@pytest.mark.parametrize(
    "database", ["sqlite:////nowhere/at/all/shop.sqlite3", "postgres://shop:x@127.0.0.1:1/shop"]
)
def test_a_database_that_is_not_there_is_one_sentence(command, database):
    """S10: it was sixty lines of a traceback, with the sentence below them."""
    told = manage(command, SECRET_KEY="x", DATABASE_URL=database)
    assert told.returncode == 1
    assert told.stderr.startswith("The database cannot be reached: ")
    assert "Traceback" not in told.stderr


def test_settings_that_are_missing_are_told_in_a_sentence(tmp_path):
    """Not in a traceback about something else, which is what Django ends in."""
    (tmp_path / "unset.py").write_text(
        "from django.core.exceptions import ImproperlyConfigured\nraise ImproperlyConfigured('Set SECRET_KEY.')\n"
    )
    found = manage("migrate", DJANGO_SETTINGS_MODULE="unset", PYTHONPATH=str(tmp_path))
    assert (found.returncode, found.stderr) == (1, "Set SECRET_KEY.\n")


@pytest.mark.parametrize("currency", ["EURO", "€", "XX1", "E"])
def test_a_currency_that_is_none_is_refused_in_a_sentence(tmp_path, currency):
    """Every amount would be written by it."""
    database = f"sqlite:///{tmp_path}/shop.sqlite3"
    found = manage("migrate", SECRET_KEY="x", SHOP_CURRENCY=currency, DATABASE_URL=database)
    assert found.returncode == 1
    assert f"SHOP_CURRENCY is “{currency}”, which is no currency of ISO 4217." in found.stderr
    assert "Traceback" not in found.stderr


def test_currencies_are_those_of_iso_4217(settings):
    for settings.SHOP_CURRENCY in ("EUR", "PLN", "RON", "CHF", "JPY"):
        assert shop_currency_is_known(None) == []


COMMANDS = (
    "create_owner boss@example.com",
    "create_roles",
    "demo",
    "import_customers tests/customers/files/prestashop_1_7.csv",
    "recount --check",
    "worker --once",
)


def test_a_command_before_migrate_says_what_to_run_first(tmp_path):
    """One sentence and exit status 1, no traceback."""
    every = (
        "import sys\n"
        "from django.core.management import execute_from_command_line\n"
        "for line in sys.argv[1:]:\n"
        "    try: execute_from_command_line(['manage.py', *line.split()])\n"
        "    except SystemExit as end: print(end.code)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", every, *COMMANDS],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "backoffice.settings",
            "SECRET_KEY": "x",
            "DATABASE_URL": f"sqlite:///{tmp_path}/shop.sqlite3",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    sentence = "The database is not prepared. Run first: manage.py migrate"
    assert found.stderr.splitlines() == [sentence] * len(COMMANDS)
    assert found.stdout.splitlines() == ["1"] * len(COMMANDS)


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        ("office.example.com", "office.example.com"),
        (" office.example.com , localhost", "office.example.com"),
        (".example.com", "example.com"),
        ("*", "localhost"),
    ],
)
def test_the_image_asks_for_its_health_by_a_name_that_is_allowed(client, db, settings, allowed, host):
    """Else the container would count as ill: an unknown host is answered 400."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    line = next(one for one in lines if one.lstrip().startswith("host ="))
    place = {"os": SimpleNamespace(environ={"ALLOWED_HOSTS": allowed})}
    exec(line.strip().rstrip("\\"), place)
    assert place["host"] == host
    settings.ALLOWED_HOSTS = [one.strip() for one in allowed.split(",")]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("file", [".gitignore", ".dockerignore"])
def test_secrets_written_beside_the_compose_file_stay_there(file):
    """`.env` holds the key and the database's password: neither the repository nor an image takes it in (G12)."""
    assert ".env" in (ROOT / file).read_text().splitlines()


def test_every_page_carries_the_headers_that_protect_it(client, owner):
    """G1, G5: no inline script or style, no foreign content, no frame, no sniffing."""
    client.force_login(owner)
    page = client.get("/")
    policy = dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in page["Permissions-Policy"]
