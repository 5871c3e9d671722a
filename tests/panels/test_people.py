"""Connections and addresses on the page of a customer, and the page of John DOE as the documents print it."""

import datetime as dt

import pytest
from django.utils import timezone

from addresses.models import Address
from backoffice.staff.models import StaffMember
from tests.demo.conftest import filled
from tests.reading import read

from .conftest import Block

__all__ = ["filled"]
NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def ada(seeded, customer):
    return customer(first_name="Ada", last_name="Byron")


def test_connections_tell_when_how_long_with_what_and_from_where(block, ada, visit):
    """S0.53, S1.65, S1.66, S4.76; B7: pages viewed and device both; the total time to the second."""
    at = dt.datetime(2030, 3, 11, 8, 5, 7, tzinfo=dt.UTC)
    visit(
        ada,
        at,
        last_seen_at=at + dt.timedelta(hours=1, seconds=5),
        pages_count=7,
        device="phone",
        origin="google.com",
        ip="10.0.0.1",
    )
    visit(ada, at - dt.timedelta(days=1), pages_count=0)
    told = block(ada, "visits")
    assert told.heading == "Last connections (2)"
    assert told.titles == ["Date", "Pages viewed", "Device", "Total time", "Origin and IP address"]
    assert told.rows == [
        ["11 Mar 2030 09:05", "7", "Phone", "1:00:05", "google.com 10.0.0.1"],
        ["10 Mar 2030 09:05", "0", "Unknown", "", ""],
    ]


def test_an_ip_address_leads_to_all_who_came_from_there(client_of, owner, block, ada, customer, visit):
    """S4.76, S0.74: whose is this address?"""
    other = customer(first_name="Eve", last_name="Moss")
    for one in (ada, other):
        visit(one, NOW, ip="10.0.0.1")
    (link,) = block(ada, "visits").node.all("a", href="/customers/?ip=10.0.0.1")
    assert len(read(client_of(owner).get(link["href"])).one("tbody").all("tr")) == 2


@pytest.mark.parametrize(
    ("recent", "old", "told"), [(3, 4, "(7)"), (0, 2, "(2)"), (99, 1, "(100)"), (60, 60, "(more than 100)")]
)
def test_the_last_90_days_are_asked_first_and_older_visits_where_they_are_few(
    block, ada, visit, recent, old, told
):
    """Decision 55; counted as far as a hundred."""
    for number in range(recent):
        visit(ada, NOW - dt.timedelta(hours=number))
    for number in range(old):
        visit(ada, NOW - dt.timedelta(days=100 + number))
    found = block(ada, "visits")
    assert found.heading == f"Last connections {told}"
    assert len(found.rows) == min(10, recent + old)


def test_addresses_stand_in_one_line_each(block, ada, row):
    """S0.50, S1.60, S1.61, S4.78–S4.81: leading zeros are kept; by their numbers, deleted ones not at all."""
    row(Address, customer=ada, city="Lyon", postcode="69003", phone="", phone_mobile="06 1", company="")
    row(
        Address,
        customer=ada,
        company="My Company",
        address2="2nd floor",
        postcode="75000",
        phone="0102090405",
        phone_mobile="06 2",
        default_billing=True,
    )
    row(Address, customer=ada, deleted=True, deleted_at=NOW)
    told = block(ada, "addresses")
    assert told.heading == "Addresses (2)"
    assert told.titles == ["Company", "Name", "Address", "Country", "Phone number(s)", "Actions"]
    assert told.rows == [
        ["not known", "Ada Byron", "14, Main street 69003 Lyon, France", "France", "06 1", ""],
        [
            "My Company",
            "Ada Byron",
            "14, Main street 2nd floor 75000 Paris, France",
            "France",
            "0102090405 06 2",
            "",
        ],
    ]


def test_what_people_typed_is_never_markup(file, ada, row):
    """G3, G5."""
    row(Address, customer=ada, company="<script>alert(1)</script>", phone="<b>1</b>")
    assert "<script>alert(1)" in file(ada).one("section", id="addresses").text


def test_the_page_of_john_doe_is_that_of_the_documents(filled, client_of):
    """S1.52–S1.66, S1.67 (all ten kinds of data), S0.43–S0.51: the demo's first customer."""
    filled(0)
    owner = StaffMember.objects.get(role="owner")
    owner.language = "fr"
    owner.save()
    page = read(client_of(owner).get("/customers/1/"))
    blocks = {one["id"]: Block(page, one["id"]) for one in page.all("section", "panel")}
    no_break = str.maketrans("\u202f\u00a0", "  ")
    rows = {
        name: [[cell.translate(no_break) for cell in line] for line in one.rows]
        for name, one in blocks.items()
    }
    assert page.one("h1").text == "John DOE"
    assert rows["orders"] == [
        ["1", "09-08-2011 10:50", "2", "622,99 €", "Cheque", "En attente du paiement par chèque"]
    ]
    assert blocks["orders"].glance["Commandes invalidées"] == "1"
    assert rows["carts"] == [["000001", "09-08-2011 10:50", "626,37 €", "My carrier", "Commandé"]]
    assert rows["interests"] == [
        ["7", "iPod touch"],
        ["8", "Écouteurs à isolation sonore Shure SE210"],
    ]
    assert rows["visits"] == [["09-08-2011 10:50", "0", "Inconnu", "", "prestashop.com 127.0.0.1"]]
    assert rows["addresses"][0] == [
        "My Company",
        "John DOE",
        "14, Main street 2nd floor 75000 Paris, France",
        "France",
        "0102090405",
        "",
    ]
    counts = {name: one.heading.rpartition(" ")[2] for name, one in blocks.items()}
    shown = ("groups", "orders", "addresses", "vouchers", "carts", "interests", "purchases", "visits")
    assert [counts[name] for name in shown] == ["(1)", "(1)", "(1)", "(0)", "(1)", "(2)", "(0)", "(1)"]
    assert {"note", "identity", "groups", "orders", "addresses", "vouchers", "carts", "visits"} <= set(blocks)
    assert blocks["carts"].node.one("time")["title"] == "09-08-2011 10:50:53"
