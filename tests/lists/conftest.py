"""Fixtures of the lists' tests: a page of a list without the web around it."""

import pytest
from django.http import QueryDict

from backoffice.lists.page import ListPage
from customers.sections.customers import CUSTOMERS


@pytest.fixture
def listed(owner):
    """`listed("title=1&sort=age")` gives that page of the customers list, as the owner may see it."""

    def listed(query: str = "", *, staff=None, section=CUSTOMERS) -> ListPage:
        return ListPage(section, QueryDict(query), staff or owner)

    return listed


@pytest.fixture
def ids(listed):
    """`ids("newsletter=true")` gives the ids of the customers on that page, in order."""
    return lambda query="", **asked: [row["id"] for row in listed(query, **asked).records]


@pytest.fixture
def names(listed):
    """`names("newsletter=true")` gives the first names of the customers on that page, in order."""
    return lambda query="", **asked: [row["first_name"] for row in listed(query, **asked).records]
