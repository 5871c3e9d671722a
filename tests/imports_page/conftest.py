"""Fixtures of the imports page: who sends files, and what the page says of them."""

import pytest

from backoffice.models import Import
from tests.imports_page.pages import send
from tests.reading import read


@pytest.fixture
def client(shop, client_of, owner):
    return client_of(owner)


@pytest.fixture
def choose(client):
    """`choose("E-mail;…", "customers")` chooses a file; gives the import."""

    def choose(text: str | bytes, section: str = "customers", name: str = "shop.csv") -> Import:
        answer = send(client, text, section, name)
        assert answer.status_code == 302, read(answer).one("main").text
        return Import.objects.get(pk=answer["Location"].split("/")[-2])

    return choose


@pytest.fixture
def page(client):
    """`page(imported)` is its page as somebody reads it."""
    return lambda imported: read(client.get(f"/imports/{imported.pk}/")).one("main")
