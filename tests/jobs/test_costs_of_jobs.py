"""What the pages about bulk changes cost: as many queries for many changes as for one (issue 7, "Must show")."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.models import Job


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def queries_of(client):
    """`queries_of("/jobs/")` gives the queries of that page, the second time it is asked for."""

    def queries_of(address: str) -> list[str]:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return [query["sql"] for query in queries]

    return queries_of


def test_the_list_of_ones_changes_costs_the_same_for_ten_as_for_one(client, customer, group, queries_of):
    """Found by requests at random: each change asked for what it remembers and whether it can be undone."""
    people, wholesale = [customer() for _ in range(3)], group("Wholesale")
    counts = []
    for number in (1, 9):
        for _ in range(number):
            ids = {"selected": [one.pk for one in people]}
            client.post("/customers/actions/remove_from_group/", {**ids, "choice": wholesale.pk})
            client.post("/customers/actions/add_to_group/", {**ids, "choice": wholesale.pk})
        counts.append(queries_of("/jobs/"))
    assert Job.objects.count() == 20
    assert len(counts[0]) == len(counts[1]), "\n".join(counts[1])


def test_the_strip_costs_the_same_for_five_changes_at_work_as_for_two(
    client, customer, queries_of, monkeypatch
):
    """It stands on every page; five are kept in it."""
    monkeypatch.setattr("backoffice.jobs.running.AT_ONCE", 0)
    people = [customer() for _ in range(3)]
    counts = []
    for number in (2, 3):
        for _ in range(number):
            client.post("/customers/actions/disable/", {"selected": [one.pk for one in people]})
        counts.append(queries_of("/groups/"))
    assert Job.objects.filter(state="waiting").count() == 5
    assert len(counts[0]) == len(counts[1]), "\n".join(counts[1])
