"""What a page may cost: few queries, and no more of them for more rows (issue 2, speed; D-1, D-2, D-99)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.lists import key_figures
from backoffice.models import ColumnChoice
from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.sections import all_sections
from customers.options import SECTION, CustomerOptions
from customers.sections.customers import CUSTOMERS

MOST = 8
SESSION_AND_USER = re.compile(r'FROM "(django_session|staff_staffmember)"')


@pytest.fixture
def queries_of(client_of, owner):
    """`queries_of("/customers/")` gives the queries of that page besides those for session and user."""
    client = client_of(owner)

    def queries_of(address: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            if answer.streaming:
                list(answer.streaming_content)
        assert answer.status_code == 200
        texts = [query["sql"] for query in queries]
        session = [text for text in texts if SESSION_AND_USER.search(text)][:2]
        return [text for text in texts if text not in session]

    return queries_of


@pytest.fixture
def crowd(customer, group, tag, mr, hire):
    """`crowd(10)`: customers with groups, tags, title, agent and visit, each another one's."""
    groups = [group(f"Group {number}") for number in range(3)]
    tags = [tag(f"TAG {number}") for number in range(3)]
    agents = [hire("support", email=f"agent{number}@example.com") for number in range(3)]

    def crowd(number: int) -> None:
        for place in range(number):
            customer(
                groups=[groups[place % 3], groups[(place + 1) % 3]],
                tags=[tags[place % 3]],
                title=mr,
                sales_agent=agents[place % 3],
                visited=timezone.now(),
            )

    return crowd


@pytest.mark.parametrize("columns", [*CUSTOMERS.listing.sets, "all"])
@pytest.mark.parametrize(
    "query", ["", "?newsletter=false&title=1&group=2&tag=1&q=doe&sort=-last_visit_at&page=2"]
)
def test_a_customers_page_asks_the_database_at_most_eight_times_however_many_rows_it_has(
    crowd, queries_of, owner, columns, query
):
    """Issue 2: at most 8 queries besides session and user, the same for 1, 10 and 50 rows."""
    key_figures.store("customers", {"people": 1})
    sets = CUSTOMERS.listing.sets
    chosen = sets[columns].columns if columns in sets else CUSTOMERS.table.names()
    ColumnChoice.objects.create(staff=owner, section="customers", columns=list(chosen))
    counts = []
    for more in (1, 9, 40):
        crowd(more)
        queries_of(f"/customers/{query}")  # what the process remembers: groups, titles, tags
        counts.append(queries_of(f"/customers/{query}"))
    assert len({len(queries) for queries in counts}) == 1, counts
    assert len(counts[0]) <= MOST, "\n".join(counts[0])


@pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.slug)
def test_every_list_stays_within_eight_queries(crowd, queries_of, section):
    """Issue 2: the machinery's promise for each section that will ever use it."""
    crowd(5)
    queries_of(f"/{section.slug}/")
    found = queries_of(f"/{section.slug}/")
    assert len(found) <= MOST, "\n".join(found)


def test_a_process_that_remembers_nothing_yet_still_stays_small(crowd, queries_of):
    """The first page after a start reads the small tables once each."""
    crowd(3)
    assert len(queries_of("/customers/")) <= MOST + 4


def test_a_list_reads_no_order_cart_or_message(crowd, queries_of):
    """D-1, D-2, D-5: what a list shows about orders and visits is stored beside the customer."""
    crowd(2)
    said = " ".join(queries_of("/customers/?sort=-total_spent"))
    for table in ("carts_", "customers_visit", "customers_message", "addresses_"):
        assert table not in said


def test_a_list_reads_the_stored_figures_only_where_it_shows_or_sorts_by_one(crowd, queries_of, choose):
    """D-2: a table joined for nothing is read for nothing."""
    crowd(2)
    choose("id", "email")
    assert "customerfigures" not in " ".join(queries_of("/customers/?sort=id"))
    assert "customerfigures" in " ".join(queries_of("/customers/?sort=-total_spent"))
    choose("id", "total_spent")
    assert "customerfigures" in " ".join(queries_of("/customers/?sort=id"))


def test_columns_options_and_key_figures_are_read_again_only_when_they_changed(queries_of, choose):
    """Issue 10, speed: three questions fewer a page; the counters, read anyway, say when one has another answer."""
    kept = ("backoffice_columnchoice", "backoffice_option", "backoffice_summary")

    def read() -> list[str]:
        said = " ".join(queries_of("/carts/"))
        return [table for table in kept if table in said]

    assert read() == list(kept)
    assert read() == []
    choose("id", "total", section="carts")
    assert read() == ["backoffice_columnchoice"]
    store(CustomerOptions(cart_abandoned_hours=2), SECTION, by=Actor.command())
    assert read() == ["backoffice_option"]
    key_figures.store("carts", {})
    assert read() == ["backoffice_summary"]
    assert read() == []


def test_a_page_never_counts_the_whole_list(crowd, queries_of):
    """D-97, D-1: the unfiltered count is a stored one."""
    crowd(2)
    assert not any("COUNT(" in query.upper() for query in queries_of("/customers/"))


def test_an_export_of_all_rows_costs_no_query_a_row(crowd, queries_of):
    """D-2, D-90."""
    crowd(3)
    queries_of("/customers/export/")
    few = len(queries_of("/customers/export/"))
    crowd(30)
    assert len(queries_of("/customers/export/")) == few


def test_a_full_page_is_small_over_the_wire(crowd, client_of, owner):
    """Issue 2, speed: compressed at most 60 KB for the page."""
    crowd(50)
    answer = client_of(owner).get("/customers/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 60 * 1024
