"""A stored count that is wrong hides no row (finding D8)."""

import pytest

from backoffice.lists import paging
from backoffice.models import Counter
from backoffice.sections import section_named
from customers.models import Customer, Tag
from tests.reading import List


def test_a_record_that_no_counter_knows_of_is_listed(shop, client_of, owner):
    """D8: a tag made past the services left the list empty: 0 rows, 0 results."""
    Tag.objects.create(name="VIP")
    page = client_of(owner).get("/tags/")
    assert List(page).cells()[1] == "VIP"
    assert "1 result" in page.content.decode()


@pytest.fixture
def crowd(customer, mr):
    """`crowd(45)`: so many customers, numbered by their first names, newest first in the list."""

    def crowd(number: int) -> None:
        for _one in range(number):
            customer()
        Customer.objects.update(guest=False)

    return crowd


@pytest.mark.parametrize("off", [-45, -21, -20, -1, 0, 1, 20, 300])
@pytest.mark.parametrize("sort", ["id", "-id", "last_name"])
def test_turning_pages_shows_every_row_once_whatever_the_stored_count_says(crowd, listed, off, sort):
    """D8: a restore, SQL by hand, a forgotten counter; forwards to the end."""
    crowd(45)
    Counter.move("customers.customer", off)
    paging.forget()
    seen, number = [], 1
    while True:
        page = listed(f"sort={sort}&per_page=20&page={number}")
        seen += [row["id"] for row in page.records]
        if not page.paging["next_url"]:
            break
        number += 1
    assert sorted(seen) == sorted(Customer.objects.values_list("pk", flat=True))
    assert page.pages == 3
    assert page.total == 45
    last = listed(f"sort={sort}&per_page=20&page=3")
    assert [row["id"] for row in last.records] == seen[40:]


@pytest.mark.parametrize("off", [-30, 30])
def test_rows_are_skipped_from_the_other_end_only_by_a_number_that_was_counted(
    crowd, listed, off, monkeypatch
):
    """D8: paging backwards, where a wrong number leaves a gap in the middle."""
    monkeypatch.setattr("backoffice.lists.paging._FAR", 20)
    crowd(105)
    Counter.move("customers.customer", off)
    paging.forget()
    seen = [
        row["id"] for number in range(1, 7) for row in listed(f"sort=id&per_page=20&page={number}").records
    ]
    assert seen == list(Customer.objects.order_by("pk").values_list("pk", flat=True))


def test_a_healthy_count_is_not_counted_again(crowd, listed, django_assert_num_queries):
    """D-97: the stored number serves as long as it is right."""
    crowd(3)
    page = listed("sort=id", section=section_named("customers"))
    assert page.total == 3
    page.column_names, page.version  # noqa: B018  read beforehand
    with django_assert_num_queries(1):
        assert len(page.records) == 3
