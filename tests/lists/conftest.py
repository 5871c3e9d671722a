"""Fixtures of the lists' tests: a page of a list without the web around it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import QueryDict

from backoffice.lists.page import ListPage
from customers.models import Customer
from customers.sections.customers import CUSTOMERS

PARIS = ZoneInfo("Europe/Paris")
TODAY = dt.datetime(2026, 3, 10, 15, 0, tzinfo=PARIS)


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


def at(day, hour=12, minute=0, second=0):
    return dt.datetime(2026, 3, day, hour, minute, second, tzinfo=PARIS)


@pytest.fixture
def today():
    """It is the afternoon of 10 March 2026 in Paris."""
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def people(today, customer, mr, mrs, group, tag, hire):
    """Six people by first name, who differ in everything a filter asks for."""
    wholesale, recurrent, problem = group("Wholesale"), tag("RECURRENT"), tag("PROBLEM")
    agent = hire("support", name="Sue Agent")
    default = customer(
        first_name="Wendy", last_name="Moira", email="wendy@example.com", title=mrs
    ).default_group
    Customer.objects.filter(first_name="Wendy").update(registered_at=at(10, 9), newsletter=True)
    people = {
        "Véronique": customer(
            first_name="Véronique",
            last_name="Łukaszewicz",
            email="Vero@Example.com",
            title=mrs,
            birthday=dt.date(1990, 5, 1),
            company="Société Générale",
            groups=[default, wholesale],
            tags=[recurrent],
            registered_at=at(1),
            visited=at(9, 23, 59, 59),
        ),
        "Jean": customer(
            first_name="Jean",
            last_name="O’Hara Doe",
            email="jean.o'hara@example.com",
            title=mr,
            birthday=dt.date(1986, 3, 10),
            groups=[wholesale],
            tags=[recurrent, problem],
            registered_at=at(10, 0, 0, 0),
            visited=at(10, 0, 0, 0),
            partner_offers=True,
            sales_agent=agent,
        ),
        "Jo": customer(
            first_name="Jo",
            last_name="Ożóg",
            email="jo_100%@example.com",
            birthday=dt.date(1986, 3, 11),
            active=False,
            registered_at=at(10, 23, 59, 59),
            visited=at(10, 23, 59, 59),
        ),
        "Guest": customer(
            first_name="Guest",
            last_name="Moiré",
            guest=True,
            email="wendy@example.com",
            registered_at=at(9, 23, 59, 59),
        ),
        "Amoi": customer(
            first_name="Amoi",
            last_name="van Dé",
            title=mr,
            registered_at=at(11),
            tags=[problem],
            newsletter=True,
        ),
    }
    return people | {"Wendy": Customer.objects.get(first_name="Wendy")}
