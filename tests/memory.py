"""Fixtures: what a process remembers (lookups, counts, the reader's language) is forgotten before each test."""

import pytest
from django.conf import settings
from django.utils import translation

from backoffice.lists import downloads, paging
from backoffice.live import memory
from backoffice.tables import lookups


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No lookup, count, page or language of an earlier test."""
    lookups.forget()
    paging.forget()
    downloads.forget()
    memory.forget()
    translation.activate(settings.LANGUAGE_CODE)
