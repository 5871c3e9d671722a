"""What a process remembers (lookups, counts, the reader's language) is forgotten before each test; its garbage is
looked for more rarely than Python does, which takes a tenth of the time of a run."""

import gc

import pytest
from django.conf import settings
from django.utils import translation

from backoffice.lists import downloads, paging
from backoffice.live import memory
from backoffice.tables import lookups


def pytest_collection_finish(session: pytest.Session) -> None:
    """The product and the tests stay: only what a test makes is looked through."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No lookup, count, page or language of an earlier test."""
    lookups.forget()
    paging.forget()
    downloads.forget()
    memory.forget()
    translation.activate(settings.LANGUAGE_CODE)
