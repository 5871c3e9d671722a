"""The order of the customers list: every title sorts, up and down, the same on both databases."""

import datetime as dt
from decimal import Decimal

import pytest

from backoffice.sections import section_named
from customers.models import CustomerFigures, Tag
from customers.sections.customers import CUSTOMERS
from tests.reading import List

SORTED = [name for name in CUSTOMERS.table.names() if CUSTOMERS.table.column(name).sorts]


def day(number):
    return dt.datetime(2020, 1, number, 12, tzinfo=dt.UTC)


@pytest.fixture
def people(customer, mr, mrs):
    """Nine people with ties and gaps in every column."""
    made = [
        customer(
            last_name="Łukaszewicz",
            first_name="Ana",
            email="b@x.pl",
            title=mrs,
            registered_at=day(3),
            spent="10",
        ),
        customer(
            last_name="lukas",
            first_name="Ángel",
            email="A@x.pl",
            title=mr,
            registered_at=day(1),
            visited=day(9),
        ),
        customer(last_name="O’Hara", first_name="ana", email="c@x.pl", company="Zeta", registered_at=day(2)),
        customer(
            last_name="Ohara",
            first_name="Żaneta",
            email="o'hara@x.pl",
            company="alfa",
            birthday=dt.date(1990, 2, 28),
        ),
        customer(
            last_name="van der Berg",
            first_name="Zoe",
            birthday=dt.date(1990, 2, 28),
            newsletter=True,
            spent="10",
        ),
        customer(
            last_name="Österreich", first_name="Oz", title=mr, birthday=dt.date(1950, 12, 31), visited=day(9)
        ),
        customer(
            last_name="Zys", first_name="Ana", active=False, partner_offers=True, spent="9.99", visited=day(2)
        ),
        customer(last_name="Șerban", first_name="Ion", active=False, newsletter=True, registered_at=day(3)),
        customer(
            last_name="Straße", first_name="Ion", company="Ålfa", birthday=dt.date(2001, 2, 28), spent="1000"
        ),
    ]
    CustomerFigures.objects.filter(pk=made[8].pk).update(last_order_at=day(5), orders_count=3)
    CustomerFigures.objects.filter(pk=made[4].pk).update(last_order_at=day(5), orders_count=3)
    return {one.pk: type(one).objects.select_related("figures").get(pk=one.pk) for one in made}


def value_of(one, name):
    """What a column sorts a person by, in words of the trade; None for nothing known."""
    return {
        "id": lambda: one.pk,
        "title": lambda: one.title_id,
        "last_name": lambda: one.last_name_key,
        "customer": lambda: one.last_name_key,
        "first_name": lambda: one.first_name_key,
        "email": lambda: one.email.lower(),
        # Who was born later is younger.
        "age": lambda: one.birthday and dt.date.max - one.birthday,
        "name": lambda: (one.last_name_key, one.first_name_key),
        "company": lambda: one.company_key,
        "total_spent": lambda: one.figures.total_spent,
        "orders_count": lambda: one.figures.orders_count,
        "active": lambda: one.active,
        "newsletter": lambda: one.newsletter,
        "partner_offers": lambda: one.partner_offers,
        "registered_at": lambda: one.registered_at,
        "last_visit_at": lambda: one.figures.last_visit_at,
        "last_order_at": lambda: one.figures.last_order_at,
        "updated_at": lambda: one.updated_at,
    }[name]()


def expected(people, name, *, down):
    """Ids by that column, ties by id in the same direction; nothing known before the smallest."""
    if name in ("age", "birthday"):
        # Age is listed by birthday, from the other end; who has none comes last both ways.
        turned = down == (name == "birthday")
        by_birthday = [(one.birthday is not None, one.birthday or 0, one.pk) for one in people.values()]
        known = sorted((row for row in by_birthday if row[0]), reverse=turned)
        unknown = sorted((row for row in by_birthday if not row[0]), reverse=turned)
        return [pk for *_value, pk in (known + unknown)]
    rows = [(value_of(one, name), one.pk) for one in people.values()]
    known = sorted(row for row in rows if row[0] is not None)
    unknown = sorted(row for row in rows if row[0] is None)
    ordered = [pk for _value, pk in (*unknown, *known)]
    return ordered[::-1] if down else ordered


@pytest.mark.parametrize("name", SORTED)
def test_a_title_sorts_up_and_down_with_ties_by_id(ids, people, name):
    """S4.20, S3.37: each column both ways; the order is whole, so that no page shows a row twice (D-54)."""
    assert ids(f"sort={name}") == expected(people, name, down=False)
    assert ids(f"sort=-{name}") == expected(people, name, down=True)


def test_every_column_but_those_of_many_values_sorts():
    """S4.20: every column of the two eras and the CRM's; groups, tags, the agent and the phone are filters."""
    others = {"default_group", "groups", "tags", "sales_agent", "phone"}
    assert set(CUSTOMERS.table.names()) - set(SORTED) == others


def test_names_stand_as_people_look_them_up_without_accents_case_and_quotes(names, people):
    """S3.37 A–Z: Ł beside l, Ö beside o, Ș beside s, ß as ss, O’Hara and Ohara as one."""
    assert names("sort=last_name") == ["Ángel", "Ana", "ana", "Żaneta", "Oz", "Ion", "Ion", "Zoe", "Ana"]


def test_who_was_never_here_comes_last_when_the_latest_visits_come_first(names, people):
    """S4.17: the newest visitors on top; unknown is smallest, on PostgreSQL as on SQLite."""
    assert names("sort=-last_visit_at")[:3] == ["Oz", "Ángel", "Ana"]
    assert names("sort=last_visit_at")[-3:] == ["Ana", "Ángel", "Oz"]


def test_the_youngest_come_first_when_age_runs_up(names, people):
    """S1.14: age counts years, so it runs against the birthday; unknown ages come last both ways."""
    assert names("sort=age")[:4] == ["Ion", "Zoe", "Żaneta", "Oz"]
    assert names("sort=-age")[:4] == ["Oz", "Żaneta", "Zoe", "Ion"]


def test_sales_sort_as_amounts_not_as_texts(ids, people):
    """S4.11: 1000.00 is more than 9.99."""
    amounts = [people[pk].figures.total_spent for pk in ids("sort=-total_spent")]
    assert amounts[:4] == [Decimal("1000.00"), Decimal("10.00"), Decimal("10.00"), Decimal("9.99")]


def test_the_title_clicked_says_which_way_it_sorts_and_leads_the_other_way(people, owner, client_of):
    """S4.20: first click ascending, second descending; sort survives with filters, the page does not (D-54)."""
    client = client_of(owner)
    page = List(client.get("/customers/", {"first_name": "an", "page": "1"}))
    heads = {head.text: head for head in page.table.one("tr").all("th")}
    assert heads["Registration"]["aria-sort"] == "descending"
    assert not heads["Last name"].has("aria-sort")
    assert heads["Last name"].one("a")["href"] == "/customers/?first_name=an&sort=last_name"
    page = List(client.get("/customers/", {"first_name": "an", "sort": "last_name"}))
    head = next(head for head in page.table.one("tr").all("th") if head.text == "Last name")
    assert head["aria-sort"] == "ascending"
    assert head.one("a")["href"] == "/customers/?first_name=an&sort=-last_name"


def test_sort_and_page_size_stay_while_filtering(people, owner, client_of):
    """D-54: the form of the filters carries them on."""
    page = List(client_of(owner).get("/customers/", {"sort": "-age", "per_page": "20"})).page
    kept = {one["name"]: one["value"] for one in page.one("form", id="filters").all("input", type="hidden")}
    assert kept == {"sort": "-age", "per_page": "20"}


@pytest.mark.parametrize(
    "sort",
    [
        "password",
        "-password",
        "last_name_key",
        "figures__total_spent",
        "default_group__name",
        "?",
        "--id",
        "",
        "groups",
    ],
)
def test_a_sort_that_is_no_title_of_ours_is_ignored(ids, people, sort):
    """G23: sort keys come from a fixed list; anything else is the default order."""
    assert ids(f"sort={sort}") == ids("")


@pytest.mark.parametrize("slug", ["groups", "tags", "titles"])
def test_small_lists_sort_by_every_title_too(listed, group, tag, title, slug):
    """S1.78, S4.20: the same machinery behind every list; ties by id."""
    section = section_named(slug)
    for number in range(4):
        group(f"Group {number}", discount=number % 2, members_count=number % 2)
        Tag.objects.filter(pk=tag(f"Tag {number}").pk).update(customers_count=number % 2)
        title(f"Title {number}", kind=("male", "neutral")[number % 2])
    for name in section.table.names():
        column = section.table.column(name)
        if not column.sorts:
            continue
        rows = sorted((getattr(one, column.sorts), one.pk) for one in section.rows())
        up = [row["id"] for row in listed(f"sort={name}", section=section).records]
        down = [row["id"] for row in listed(f"sort=-{name}", section=section).records]
        assert up == [pk for _value, pk in rows]
        assert down == up[::-1]


@pytest.mark.parametrize("sort", ["customer", "last_name"])
def test_people_of_one_last_name_are_sorted_by_their_first_names(customer, names, sort):
    """U27, S3.37: "Aanei Sandu" stood before "Aanei Adi"."""
    for first, last in (("Sandu", "Aanei"), ("Severina", "Ababei"), ("Adi", "Aanei"), ("Caius", "Ababei")):
        customer(first_name=first, last_name=last)
    customer(first_name="Bebe", last_name="ababei")
    assert names(f"sort={sort}") == ["Adi", "Sandu", "Bebe", "Caius", "Severina"]
    assert names(f"sort=-{sort}") == ["Severina", "Caius", "Bebe", "Sandu", "Adi"]
