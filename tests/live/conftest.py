"""Fixtures of the tests of what follows: the address that a page asks, taken from the page."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from backoffice.live import memory

ASKS = re.compile(r'id="live"\s+hx-get="([^"]+)"')


@pytest.fixture
def asked_by() -> Callable[[object], str]:
    """`asked_by(answer)`: the address that this page, or part of one, asks next."""
    return lambda answer: unescape(ASKS.search(answer.text).group(1))


@pytest.fixture
def poll(client_of, owner) -> Callable:
    """`poll(address)`: what htmx gets when it asks; what the process remembers of an instant before is forgotten."""

    def poll(address: str, staff=None, *, client=None):
        memory.forget()
        return (client or client_of(staff or owner)).get(
            address, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/customers/1/"}
        )

    return poll
