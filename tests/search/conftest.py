"""Fixtures of the search's tests."""

import pytest


@pytest.fixture
def client(client_of, owner):
    """The owner's browser."""
    return client_of(owner)
