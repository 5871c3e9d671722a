"""Every question that a column answers can be asked: from, to, nothing known (finding U4)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from backoffice.sections import all_sections, section_named
from backoffice.sections.doors import filters_of_field
from backoffice.sections.kinds import Kind, kind_of
from backoffice.sections.stored import stored
from backoffice.tables.columns import DayColumn, MoneyColumn, NumberColumn
from backoffice.tables.presence import PresenceFilter
from backoffice.tables.ranges import has_both_ends
from customers.models import Customer, CustomerFigures
from tests.reading import List

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = dt.datetime(2026, 3, 10, 15, 0, tzinfo=PARIS)
MEASURES = {Kind.NUMBER, Kind.AMOUNT, Kind.PERCENT, Kind.DAY, Kind.MOMENT}

each_field = pytest.mark.parametrize(
    ("section", "field"),
    [(section, field) for section in all_sections() for field in section.fields],
    ids=lambda one: getattr(one, "slug", getattr(one, "name", "")),
)


@pytest.fixture
def today():
    """It is the afternoon of Tuesday, 10 March 2026 in Paris."""
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def people(today, customer, mr, mrs):
    """Five people who registered on different days, with and without orders, birthdays, companies and phones."""

    def days_ago(number):
        return timezone.now() - dt.timedelta(days=number)

    customer(
        first_name="Ada",
        title=mrs,
        registered_at=days_ago(6),
        company="Engines Ltd",
        phone="+33 6 12 34 56 78",
        note="Likes numbers.",
    )
    customer(
        first_name="Bea", title=mrs, registered_at=days_ago(5), spent="100.00", birthday=dt.date(1980, 1, 2)
    )
    customer(first_name="Cleo", title=mrs, registered_at=days_ago(7), visited=days_ago(1))
    customer(
        first_name="Dan",
        title=mr,
        registered_at=days_ago(0),
        visited=days_ago(0),
        phone="0712345678",
        email="dan1958@example.com",
    )
    customer(first_name="Ed", registered_at=days_ago(400), spent="9.99", company="—")
    CustomerFigures.objects.filter(customer__first_name="Ed").update(last_order_at=days_ago(300))
    Customer.objects.filter(first_name="Ed").update(updated_at=days_ago(300))


@pytest.fixture
def found(people, names):
    """`found("orders_max=0")` gives the first names found, in order of the alphabet."""
    return lambda query: sorted(names(query))


@each_field
def test_a_column_of_numbers_amounts_or_days_asks_from_and_to(section, field):
    """U4, the kind: in every section; the record's own number is exact."""
    column, place = section.table.columns.get(field.name), stored(section.model, field)
    measures = isinstance(column, NumberColumn | MoneyColumn | DayColumn) or (
        column is not None
        and place is not None
        and kind_of(place.model_field) in MEASURES
        and not place.model_field.primary_key
    )
    assert not measures or has_both_ends(filters_of_field(section, field)), field.name
    assert not measures or has_both_ends(column.filters), field.name


@each_field
def test_what_may_be_missing_is_asked_for_by_not_known_and_known(section, field):
    """U4, the kind: in every section, for texts, choices, days, and what is worked out of them."""
    place, asked = stored(section.model, field), filters_of_field(section, field)
    if place:
        may_be_missing = asked and place.may_be_missing
    else:
        # Whether there is a record beside this one is said in a word of the trade: a cart's status.
        paths = [one.field_name for one in asked.values() if one.field_name and "__" not in one.field_name]
        may_be_missing = any(section.model._meta.get_field(path).null for path in paths)
    if may_be_missing:
        words = [
            value
            for one in asked.values()
            if isinstance(one, PresenceFilter) or getattr(one, "none_label", "")
            for value in ("none", "known")
        ]
        assert words == ["none", "known"], field.name


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("registered_after=2026-03-04&orders_max=0", ["Ada", "Dan"]),
        ("registered_after=2026-03-04&last_order_is=none", ["Ada", "Dan"]),
        ("registered_after=2026-03-04&orders_min=1", ["Bea"]),
        ("registered_after=2026-03-04&last_order_is=known", ["Bea"]),
    ],
)
def test_registered_this_week_and_no_order(found, query, expected):
    """U4: the last seven days are 4 to 10 March; Cleo registered on the 3rd, Bea has an order."""
    assert found(query) == expected


def test_mrs_without_birthday(found, mrs):
    """U4: Bea's is known, Dan is none and Ed's title is not known."""
    assert found(f"title={mrs.pk}&age_is=none") == ["Ada", "Cleo"]
    assert found(f"title={mrs.pk}&age_is=known") == ["Bea"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("orders_min=0", ["Ada", "Bea", "Cleo", "Dan", "Ed"]),
        ("orders_min=1&orders_max=1", ["Bea", "Ed"]),
        ("spent_min=10", ["Bea"]),
        ("spent_min=9.99&spent_max=100", ["Bea", "Ed"]),
        ("spent_max=0", ["Ada", "Cleo", "Dan"]),
        ("spent_max=9,99", ["Ada", "Cleo", "Dan", "Ed"]),
        ("last_order_before=2025-12-31", ["Ed"]),
        ("last_order_after=2026-03-10", ["Bea"]),
        ("last_visit_is=none", ["Ada", "Bea", "Ed"]),
        ("last_visit_is=known", ["Cleo", "Dan"]),
        ("updated_before=2025-12-31", ["Ed"]),
        ("updated_after=2026-03-10&updated_before=2026-03-10", ["Ada", "Bea", "Cleo", "Dan"]),
        ("company_is=known", ["Ada"]),
        ("company_is=none", ["Bea", "Cleo", "Dan", "Ed"]),  # a dash alone is no company
        ("phone_is=known", ["Ada", "Dan"]),
        ("phone_is=none", ["Bea", "Cleo", "Ed"]),
        ("phone=06+12+34+56", ["Ada"]),
        ("phone=%2B33612345678", ["Ada"]),
        ("phone=12345678", ["Ada", "Dan"]),
        ("phone=0033612345678", ["Ada"]),
        ("phone=1958", []),  # digits of an e-mail address are no telephone
        ("phone=x", []),
        ("note_is=known", ["Ada"]),
        ("note_is=none", ["Bea", "Cleo", "Dan", "Ed"]),
        ("title=known", ["Ada", "Bea", "Cleo", "Dan"]),
        ("title=none", ["Ed"]),
        ("title=none&title=known", ["Ada", "Bea", "Cleo", "Dan", "Ed"]),
        ("agent=known", []),
        ("tag=known", []),
        ("group=known", ["Ada", "Bea", "Cleo", "Dan", "Ed"]),
        ("default_group=1", ["Ada", "Bea", "Cleo", "Dan", "Ed"]),
        ("age_is=none&last_order_is=none&company_is=none", ["Cleo", "Dan"]),
    ],
)
def test_numbers_amounts_days_and_what_is_not_known(found, query, expected):
    """U4; S2.6: who was not updated for long."""
    assert found(query) == expected


@pytest.mark.parametrize(
    "sort", ["id", "-total_spent", "last_visit_at", "-last_order_at", "age", "updated_at"]
)
def test_who_never_came_is_found_in_every_order(found, sort):
    """The figures lie in a table of their own; a list that sorts by one finds the same people."""
    assert found(f"last_visit_is=none&sort={sort}") == ["Ada", "Bea", "Ed"]


def test_customers_of_a_tag_and_since_when_it_is_there(tag, customer, listed):
    """U4: the small lists ask from and to as well."""
    with time_machine.travel("2026-03-01T12:00:00Z"):
        empty = tag("EMPTY")
    with time_machine.travel("2026-03-10T12:00:00Z"):
        used = tag("USED")
    customer(tags=[used])
    tags = section_named("tags")

    def found(query):
        return [row["id"] for row in listed(query, section=tags).records]

    assert found("customers_max=0") == [empty.pk]
    assert found("customers_min=1") == [used.pk]
    assert found("created_after=2026-03-10") == [used.pk]
    assert found("created_before=2026-03-09") == [empty.pk]


@pytest.mark.parametrize("value", ["", "maybe", "NONE", "none,known", "0"])
def test_an_answer_that_is_none_is_told_and_is_no_filter(people, listed, value):
    """D3, G23: as every filter does."""
    page = listed(f"age_is={value}")
    said = [f"“{value}” is not one of the choices."] if value else None
    assert page.filter_errors.get("age_is") == said
    assert page.filterset.given() == {}


def test_a_chip_says_it_and_the_links_take_the_rest_of_the_column_away(people, client_of, owner):
    """Design: a filter in words; “not known” gives up the range of ages, in one click and without scripts."""
    client = client_of(owner)
    page = List(client.get("/customers/?age_min=30&sort=age&page=2"))
    links = page.page.one("td", "c-age").all("a")
    assert {link.text: link["href"] for link in links} == {
        "Not known": "/customers/?sort=age&age_is=none",
        "Known": "/customers/?sort=age&age_is=known",
    }
    after = List(client.get(links[0]["href"]))
    assert after.chips == {"Age: Not known": "/customers/?sort=age"}
    assert after.field("age_is")["value"] == "none"  # kept while another filter is typed
    assert [one.text for one in after.page.one("td", "c-age").all("a", aria_current="true")] == ["Not known"]
    assert len(after.ids) == 4


def test_an_export_and_an_act_on_all_that_match_obey_it(people, client_of, owner):
    """D-18, D-87: the same filters for the file and for all that match."""
    client = client_of(owner)
    file = b"".join(client.get("/customers/export/?last_order_is=none").streaming_content).decode()
    assert len(file.splitlines()) == 1 + 3
    asked = client.post("/customers/actions/disable/?last_order_is=none", {"all_matching": "1"})
    assert "This concerns all 3 that match." in asked.content.decode()


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("age_is=none&age_min=18", "age_is", "Not known"),
        ("last_order_is=none&last_order_before=2026-03-09", "last_order_is", "Never"),
        ("company_is=none&company=ltd", "company_is", "Not known"),
    ],
)
def test_a_value_of_what_is_not_known_is_told_at_the_field(people, listed, query, field, said):
    """Nobody is both: the list says why it is empty, and each of the two can be removed."""
    page = listed(query)
    assert page.records == []
    why = f"“{said}” cannot be combined with a value: remove one of the two filters."
    assert page.filter_errors == {field: [why]}
    assert len(page.chips) == 2


def test_a_value_of_what_is_known_is_no_contradiction(people, listed):
    assert listed("age_is=known&age_min=18").filter_errors == {}
