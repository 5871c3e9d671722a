"""From record to record of a list sorted by a custom field, and back to the page where one stands (S4.23, S4.94)."""

import pytest
from django.http import QueryDict

from backoffice.lists.around import around, page_of
from backoffice.lists.page import ListPage
from backoffice.records.actors import Actor
from customers import services
from customers.sections.customers import CUSTOMERS


@pytest.fixture
def sized(custom_field, customer):
    """`sized(number)`: the name of the field "Shoe size" which every third of so many people has, some the same."""

    def sized(number: int) -> str:
        name = f"custom_{custom_field('Shoe size', kind='number').pk}"
        for place in range(number):
            made = customer(first_name="Ada", last_name=f"N{place:02}")
            if place % 3 == 0:
                services.edit_customer(made, {name: 36 + place // 6}, by=Actor.command())
        return name

    return sized


@pytest.mark.parametrize("query", ["", "first_name=ada"])
@pytest.mark.parametrize("down", ["", "-"])
def test_an_order_by_it_is_walked_to_its_end_both_ways(sized, owner, query, down):
    """Over the border between who has a value and who has none, which come last both ways."""
    address = f"{query}&sort={down}{sized(9)}"
    listed = [row["id"] for row in ListPage(CUSTOMERS, QueryDict(address), owner).records]
    assert len(listed) == 9
    for place, key in enumerate(listed):
        found = around(ListPage(CUSTOMERS, QueryDict(address), owner), CUSTOMERS.rows().get(pk=key))
        keys = [row["id"] if row else None for row in (found.before, found.after)]
        assert (keys, found.here) == (
            [*[None, *listed][place : place + 1], *[*listed, None][place + 1 :][:1]],
            True,
        )


@pytest.mark.parametrize("down", ["", "-"])
@pytest.mark.parametrize("page", [1, 2, 3])
def test_the_page_of_a_record_is_found_from_any_other_page(sized, owner, down, page):
    address = f"sort={down}{sized(50)}&per_page=20"
    pages = [
        [row["id"] for row in ListPage(CUSTOMERS, QueryDict(f"{address}&page={n}"), owner).records]
        for n in (1, 2, 3)
    ]
    assert [len(one) for one in pages] == [20, 20, 10]
    for number, keys in enumerate(pages, start=1):
        for key in keys:
            assert page_of(ListPage(CUSTOMERS, QueryDict(f"{address}&page={page}"), owner), key) == number
