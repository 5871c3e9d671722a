"""The report by group: members, orders, repeat rate, revenue (issue 9, point 13)."""

import pytest

from backoffice.records.actors import Actor
from customers.services import hide_customer
from customers.services.group_report import work_out_group_report
from tests.reading import read

URL = "/reports/groups/"


@pytest.fixture
def client(client_of, owner, shop):
    """The owner's browser, without scripts."""
    return client_of(owner)


@pytest.fixture
def buyer(customer):
    """`buyer(wholesale, orders=2, spent=100)` gives a member who bought that much."""

    def buyer(*groups, orders: int = 0, spent: str = "0", **values):
        made = customer(groups=list(groups), **values)
        made.figures.valid_orders_count, made.figures.total_spent = orders, spent
        made.figures.save()
        return made

    return buyer


def rows(client) -> list[list[str]]:
    return [
        [cell.text for cell in (line.one("th"), *line.all("td"))][:6]
        for line in read(client.get(URL)).one("tbody").all("tr")
    ]


def test_each_group_says_what_its_members_bought_the_best_first(client, buyer, group, customer):
    wholesale, loyal, empty = group("Wholesale"), group("Loyal"), group("Empty")
    buyer(wholesale, orders=1, spent="1000.00")
    buyer(wholesale, loyal, orders=3, spent="234.50")
    buyer(wholesale)
    assert "Not calculated yet." in client.get(URL).content.decode()
    client.post(URL)
    assert rows(client)[:3] == [
        ["Wholesale", "3", "4", "50%", "€411.50", "€1,234.50"],
        ["Loyal", "1", "3", "100%", "€234.50", "€234.50"],
        ["Default", "0", "0", "–", "–", "€0.00"],
    ]
    assert rows(client)[3] == ["Empty", "0", "0", "–", "–", "€0.00"]
    assert empty.pk


def test_hidden_people_do_not_count_and_a_group_that_is_gone_is_left_out(client, buyer, group):
    gone, kept = group("Gone"), group("Kept")
    buyer(kept, orders=1, spent="5")
    hide_customer(buyer(kept, orders=1, spent="7"), by=Actor.command())
    work_out_group_report()
    gone.delete()
    assert [row[0] for row in rows(client)] == ["Kept", "Default"]
    assert rows(client)[0][5] == "€5.00"


def test_the_report_asks_as_often_for_many_groups_as_for_one(client, group, django_assert_max_num_queries):
    for number in range(12):
        group(f"G{number}")
    client.post(URL)
    with django_assert_max_num_queries(12):
        client.get(URL)
