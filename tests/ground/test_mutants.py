"""The table of `make mutants`: what it names is there, and every module that was chosen is in it (code finding C19)."""

import tomllib

from dev import ROOT
from tests.sampling import sample

TABLE = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutants"]["tests"]
CHOSEN = (
    "backoffice/records/changes.py",
    *(f"backoffice/lists/{name}.py" for name in ("asked", "found", "page", "undo")),
    *(f"backoffice/lists/{name}.py" for name in ("bulk", "selection", "selection_bar", "questions")),
    "backoffice/tables/filters.py",
    "customers/services/*.py",
    "backoffice/importing/*.py",
)


def test_modules_and_tests_are_where_the_table_says():
    """A module or a test that was moved takes its line along."""
    named = {*TABLE, *(f"tests/{test}" for tests in TABLE.values() for test in tests)}
    assert {name for name in named if not (ROOT / name).is_file()} == set()


def test_every_chosen_module_that_does_anything_is_in_the_table():
    files = [file for pattern in CHOSEN for file in ROOT.glob(pattern)]
    doing = {str(file.relative_to(ROOT)) for file in files if "\ndef " in file.read_text()}
    assert doing - TABLE.keys() == set()


def test_a_sample_is_the_same_every_time_and_never_more_than_there_is():
    """Scores of two days can be compared: the same changes were tried."""
    assert sample(list("abcdefghij"), 3) == ["a", "g", "j"]
    assert sample(list("abc"), 3) == sample(list("abc"), 30) == sample(list("abc"), None) == ["a", "b", "c"]
