"""Deep pages are found from pages seen before: the same rows as counting from the start, for every order."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.lists import asked, found, paging
from backoffice.models import Counter
from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer, CustomerFigures, Membership
from customers.sections.customers import CUSTOMERS

PEOPLE = 23
SIZE = 3
DAY = dt.date(1990, 1, 1)
MOMENT = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
SORTS = [name for name in CUSTOMERS.table.names() if CUSTOMERS.table.column(name).sorts]

maybe = st.one_of(st.none(), st.integers(0, 4))
values_of_all = st.lists(
    st.tuples(maybe, maybe, st.integers(0, 3), st.booleans()), min_size=PEOPLE, max_size=PEOPLE
)


@pytest.fixture
def small_pages(monkeypatch):
    """Pages of three rows, of which the second is far in already; lists count to five."""
    monkeypatch.setattr(paging, "_FAR", 2)
    monkeypatch.setattr(paging, "CAP", 5)
    monkeypatch.setattr(found, "CAP", 5)
    monkeypatch.setattr(asked, "PER_PAGE", (SIZE,))
    monkeypatch.setattr(asked, "DEFAULT_PER_PAGE", SIZE)


@pytest.fixture
def crowd(default_group):
    """Customers whose values each example rewrites."""
    made = Customer.objects.bulk_create(
        [
            Customer(first_name="A", last_name="B", email=f"{place}@x.example", default_group=default_group)
            for place in range(PEOPLE)
        ]
    )
    Membership.objects.bulk_create([Membership(customer=one, group=default_group) for one in made])
    CustomerFigures.objects.bulk_create([CustomerFigures(customer=one) for one in made])
    Counter.move("customers.customer", PEOPLE)
    return made


def rewrite(crowd, values, titles):
    """Give everybody the values of this example."""
    figures = []
    for one, (day, visit, number, flag) in zip(crowd, values, strict=True):
        one.birthday = None if day is None else DAY + dt.timedelta(days=day)
        one.title_id = None if day is None else titles[day % 2]
        one.active = flag
        one.last_name_key = "abcd"[number]
        one.registered_at = MOMENT + dt.timedelta(days=number)
        visited = None if visit is None else MOMENT + dt.timedelta(days=visit)
        figures.append(
            CustomerFigures(customer=one, last_visit_at=visited, total_spent=number, orders_count=visit or 0)
        )
    Customer.objects.bulk_update(crowd, ["birthday", "title", "active", "last_name_key", "registered_at"])
    CustomerFigures.objects.bulk_update(figures, ["last_visit_at", "total_spent", "orders_count"])
    paging.forget()


def plainly(page, offset):
    """The ids that counting from the start gives."""
    rows = page.rows.filter(figures__isnull=False).order_by(*page.order.by())
    return list(rows.values_list("pk", flat=True)[offset : offset + SIZE])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=values_of_all,
    sort=st.sampled_from(SORTS),
    down=st.sampled_from(["", "-"]),
    filters=st.sampled_from(["", "&account=with", "&active=true"]),
    visits=st.lists(st.integers(1, PEOPLE // SIZE + 2), min_size=1, max_size=6),
)
def test_any_walk_through_the_pages_shows_what_counting_from_the_start_shows(
    crowd, mr, mrs, listed, small_pages, values, sort, down, filters, visits
):
    """Decision 13, D-54: for every sort, both ways, gaps included, whatever pages were seen before."""
    rewrite(crowd, values, (mr.pk, mrs.pk))
    for number in visits:
        page = listed(f"sort={down}{sort}{filters}&page={number}")
        shown = [row["id"] for row in page.records]
        if page.pages is None and (number - 1) * SIZE >= page.rows.count():
            assert shown == plainly(page, max(0, page.rows.count() - SIZE))
        else:
            assert shown == plainly(page, (page.page - 1) * SIZE)
    last = listed(f"sort={down}{sort}{filters}&page=last")
    there = last.rows.count()
    offset = (last.pages - 1) * SIZE if last.pages else max(0, there - SIZE)
    assert [row["id"] for row in last.records] == plainly(last, offset)


@pytest.mark.parametrize("down", ["", "-"])
@pytest.mark.parametrize("sort", SORTS)
def test_turning_every_page_shows_everybody_once(crowd, mr, mrs, small_pages, ids, sort, down):
    """D-54: pages meet without a gap and without a row twice, also where known values end and unknown begin."""
    values = [
        (place % 5 if place % 6 else None, place % 4 if place % 3 else None, place % 3, place % 2 == 0)
        for place in range(PEOPLE)
    ]
    rewrite(crowd, values, (mr.pk, mrs.pk))
    seen = [
        pk
        for page in range(1, PEOPLE // SIZE + 2)
        for pk in ids(f"sort={down}{sort}&page={page}&account=with")
    ]
    assert len(seen) == PEOPLE
    assert sorted(seen) == sorted(one.pk for one in crowd)


def test_what_was_seen_is_forgotten_when_the_list_changes(customer, small_pages, ids):
    """Decision 13: what is remembered about a list is dropped with its version."""
    made = [customer(first_name="Ada") for _ in range(9)]
    query = "account=with&sort=id&page=2"
    assert ids(query) == [one.pk for one in made[3:6]]
    assert ids("account=with&sort=id&page=3") == [one.pk for one in made[6:9]]
    services.remove_customer(made[0], by=Actor.command())
    assert ids(query) == [one.pk for one in made[4:7]]
