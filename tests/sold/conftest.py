"""Fixtures of the pages of what is sold."""

import pytest


@pytest.fixture
def client(client_of, owner, shop):
    """The owner's browser."""
    return client_of(owner)
