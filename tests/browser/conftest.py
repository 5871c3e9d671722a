"""Fixtures of the browser tests: a small shop, and the pages there are."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone

from backoffice.sections import all_sections
from customers.queries import refresh_key_figures
from tests.test_every_url import EVERY_URL, addresses_of


@pytest.fixture
def small_shop(live_server, customer, group, tag, title, mr, mrs) -> SimpleNamespace:
    """Wendy, John, Ada and Bob, with two groups, a tag and a title more than a fresh shop has."""
    wholesale, problem = group("Wholesale", name_fr="Grossistes"), tag("PROBLEM")
    title("Dr", kind="neutral")
    now = timezone.now()
    people = SimpleNamespace(
        john=customer(
            first_name="John",
            last_name="DOE",
            email="pub@prestashop.com",
            title=mr,
            birthday=dt.date(1970, 1, 15),
            newsletter=True,
            partner_offers=True,
            registered_at=now - dt.timedelta(days=4000),
            visited=now,
        ),
        ada=customer(
            first_name="Ada",
            last_name="Byron",
            title=mrs,
            groups=[wholesale],
            registered_at=now - dt.timedelta(days=3),
        ),
        bob=customer(
            first_name="Bob",
            last_name="Ożóg",
            active=False,
            registered_at=now - dt.timedelta(days=2),
            tags=[problem],
        ),
        wendy=customer(
            first_name="Wendy",
            last_name="Moira",
            email="wendy.moira.angela.darling.of.bloomsbury@letters.example.com",
            title=mrs,
            registered_at=now - dt.timedelta(days=1),
        ),
        wholesale=wholesale,
        problem=problem,
    )
    refresh_key_figures()
    return people


@pytest.fixture
def every_page(small_shop, hire) -> list[tuple[str, str]]:
    """(name, address) of every page a GET may ask for, each of a record that is there; no files, no answers to posts."""
    records = {
        section.slug: section.rows().order_by("-pk").first().pk
        for section in all_sections()
        if section.rows().exists()
    }
    records |= {
        "customers": small_shop.john.pk,
        "entry": small_shop.john.history.latest().history_id,
        "staff": hire("viewer", email="somebody@example.com").pk,
    }
    found = {}
    for url in EVERY_URL:
        for address, _right in addresses_of(url, records):
            found.setdefault(address, url.name)
    return [(name, address) for address, name in found.items()]


@pytest.fixture
def opened(signed_in_page, owner) -> Callable:
    """`opened("/customers/", width=375)` is a page of the owner that shows that address."""

    def opened(address: str, *, staff=None, **look):
        page = signed_in_page(staff or owner, **look)
        page.goto(address)
        return page

    return opened
