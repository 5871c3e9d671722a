"""The lists of groups, tags and titles: columns, filters and counts."""

import datetime as dt
from decimal import Decimal

import pytest

from backoffice.sections import section_named
from groups.models import Group
from tests.reading import List


@pytest.fixture
def found(listed):
    """`found("groups", "name=w")` gives the names found, in the list's order."""

    def found(slug, query=""):
        section = section_named(slug)
        return [
            section.model.objects.get(pk=row["id"]).name for row in listed(query, section=section).records
        ]

    return found


def test_the_groups_list_reads_as_the_manual_prints_it(customer, default_group, hire, client_of):
    """S1.78, S1.79: ID, Name, Discount, Members, Creation date; 1 · Défaut · 0.00 · 1 · 09-08-2011."""
    customer()
    Group.objects.filter(pk=1).update(created_at=dt.datetime(2011, 8, 9, 10, tzinfo=dt.UTC))
    page = List(client_of(hire("owner")).get("/groups/"))
    assert page.titles == ["ID", "Name", "Discount (%)", "Members", "Creation date"]
    assert page.cells() == ["1", "Default", "0.00", "1", "9 Aug 2011"]
    french = List(client_of(hire("manager", language="fr")).get("/groups/"))
    assert french.cells() == ["1", "Défaut", "0,00", "1", "09-08-2011"]


def test_the_number_of_members_leads_to_them(customer, group, client_of, owner):
    """S1.79: members counted, and one click away."""
    wholesale = group("Wholesale")
    customer(groups=[wholesale])
    line = List(client_of(owner).get("/groups/?name=wholesale")).lines[0]
    assert line.one("td", "c-members_count").one("a")["href"] == f"/customers/?group={wholesale.pk}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Default", "Wholesale", "Fidèles"]),
        ("name=fid", ["Fidèles"]),
        ("name=fidele", ["Fidèles"]),  # accents never matter
        ("name=hurt", ["Wholesale"]),  # by its Polish name
        ("name=DEF", ["Default"]),
        ("discount_min=2.5", ["Wholesale", "Fidèles"]),
        ("discount_min=2.51", ["Wholesale"]),
        ("discount_max=2.50", ["Default", "Fidèles"]),
        ("discount_min=0&discount_max=15", ["Default", "Wholesale", "Fidèles"]),
        ("members_min=1", ["Wholesale"]),
        ("members_max=0", ["Default", "Fidèles"]),
        ("id=1", ["Default"]),
        ("discount_min=99999999999999", ["Default", "Wholesale", "Fidèles"]),  # told, and left out
        ("members_min=9223372036854775807", []),
    ],
)
def test_groups_are_found_by_name_in_any_language_discount_and_members(
    found, group, customer, query, expected
):
    """S1.80; interface: id, name, discount_min/max, members_min/max."""
    wholesale = group("Wholesale", name_pl="Hurtownicy", discount=Decimal("15.00"))
    group("Fidèles", discount=Decimal("2.50"))
    customer(groups=[wholesale])
    assert found("groups", query) == expected


def test_a_discount_may_be_typed_with_a_comma_where_people_write_one(group, hire, client_of):
    """S1.59: French decimals have a comma."""
    group("Fidèles", discount=Decimal("2.50"))
    client = client_of(hire("owner", language="fr"))
    for typed in ("2,5", "2.5"):
        page = List(client.get(f"/groups/?discount_min={typed}"))
        assert [page.cells(place)[1] for place in range(len(page.lines))] == ["Fidèles"]


def test_tags_are_listed_by_name_and_say_how_many_carry_them(tag, customer, client_of, owner, found):
    """S3.23, S3.24."""
    recurrent, _problem = tag("RECURRENT"), tag("PROBLEM")
    customer(tags=[recurrent])
    assert found("tags") == ["PROBLEM", "RECURRENT"]
    assert found("tags", "name=curr") == ["RECURRENT"]
    page = List(client_of(owner).get("/tags/"))
    assert page.titles == ["ID", "Name", "Customers", "Colour", "Creation date"]
    assert [page.cells(0)[2], page.cells(1)[2]] == ["0", "1"]
    assert page.lines[1].one("td", "c-customers_count").one("a")["href"] == f"/customers/?tag={recurrent.pk}"


def test_titles_are_found_by_name_and_gender(title, found):
    """S4.5, S4.6: two by default, more can be added."""
    title("Dr", kind="neutral", name_ro="Doctor")
    assert found("titles") == ["Male", "Female", "Dr"]
    assert found("titles", "kind=neutral") == ["Dr"]
    assert found("titles", "name=doct") == ["Dr"]
    assert found("titles", "name=pan") == ["Male", "Female"]


def test_small_lists_are_sorted_as_people_read_them(tag, found, group, client_of, hire, owner):
    """U26, decision 49: "À rappeler" stood after "Zwroty"; the choosers sort right."""
    for name in ("Zwroty", "Friend", "Fără", "À rappeler", "émail", "Łódź", "lato", "Żar"):
        tag(name)
    order = ["À rappeler", "émail", "Fără", "Friend", "lato", "Łódź", "Żar", "Zwroty"]
    assert found("tags") == order
    assert found("tags", "sort=-name") == order[::-1]
    client = client_of(owner)
    text = b"".join(client.get("/tags/export/?sort=name").streaming_content).decode()
    assert [line.split(";")[1] for line in text.splitlines()[1:]] == [f'"{name}"' for name in order]
    group("Abo", name_fr="Zèbre")
    assert found("groups", "sort=name") == ["Abo", "Default"]
    french = List(client_of(hire("manager", language="fr")).get("/groups/?sort=name"))
    assert [french.cells(place)[1] for place in (0, 1)] == ["Défaut", "Zèbre"]
