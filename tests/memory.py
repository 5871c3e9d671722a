"""Fixture: what a process remembers is forgotten before each test, since tests roll back what they wrote."""

import pytest

from backoffice import lookups, paging


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No lookup, count or page map of an earlier test."""
    lookups.forget()
    paging.forget()
