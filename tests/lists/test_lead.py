"""The cell that names a row: its header, and the link that opens it (issue 7, U1); the filters above it (U5, U20)."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from backoffice.models import ColumnChoice
from backoffice.sections import all_sections, section_named
from tests.reading import List, read

pytestmark = pytest.mark.alike


@pytest.fixture
def client(client_of, owner) -> Client:
    return client_of(owner)


@pytest.fixture
def arranged(client, owner):
    """`arranged("customers", "id", "email")`: the section's list with these columns."""

    def arranged(slug: str, *names: str) -> List:
        ColumnChoice.objects.update_or_create(staff=owner, section=slug, defaults={"columns": list(names)})
        return List(client.get(f"/{slug}/"))

    return arranged


def leads(page: List) -> list[tuple[str, str]]:
    """What the header of each row says, and where its link leads."""
    heads = [line.one("th", scope="row") for line in page.lines]
    return [(head.one("a").text, head.one("a")["href"]) for head in heads]


@pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.slug)
@pytest.mark.parametrize("chosen", ["usual", "all", "each alone"])
def test_every_row_of_every_list_has_one_header_that_opens_it(client, one_of, section, chosen, arranged):
    """U1: no name in a list was a link; whatever columns a person chose, one leads, and only one."""
    record = one_of(section.slug)
    names = section.table.names()
    choices = {"usual": [()], "all": [names], "each alone": [(name,) for name in names]}[chosen]
    for choice in choices:
        page = arranged(section.slug, *choice) if choice else List(client.get(f"/{section.slug}/"))
        line = next(one for one in page.lines if one["data-href"] == f"/{section.slug}/{record.pk}/")
        heads = line.all("th")
        able = [name for name in choice or names if section.table.column(name).may_lead]
        assert len(heads) == bool(able), choice
        for head in heads:
            links = head.all("a")
            assert [one["href"] for one in links] == [line["data-href"]]
            assert links[0].text or links[0].all("svg"), choice


def test_the_last_name_leads_the_classic_list_and_the_whole_name_the_crm_list(customer, client, arranged):
    """U1: by declaration, wherever the column stands."""
    ada = customer(first_name="Ada", last_name="Byron", email="ada@analytical.com")
    file = f"/customers/{ada.pk}/"
    assert leads(List(client.get("/customers/"))) == [("Byron", file)]
    sets = section_named("customers").listing.sets
    assert leads(arranged("customers", *sets["modern"].columns)) == [("Byron", file)]
    assert leads(arranged("customers", *sets["crm"].columns)) == [("Byron Ada", file)]
    assert leads(arranged("customers", "email", "id")) == [("ada@analytical.com", file)]


def test_a_link_has_words_where_its_value_is_not_known(customer, arranged):
    """U1, WCAG 2.4.4: without an age the row is called by its name."""
    ada = customer(first_name="Ada", last_name="Byron")
    assert leads(arranged("customers", "age", "newsletter")) == [("Ada Byron", f"/customers/{ada.pk}/")]


def test_any_is_the_word_for_no_filter(customer, client):
    """U20: a screen reader said "dash dash" in nine choosers; under a title it is printed so (S1.92), never said."""
    customer()
    page = List(client.get("/customers/?more=open"))
    for name in ("title", "active", "newsletter", "partner_offers"):
        first = page.field(name).all("option")[0]
        assert (first["value"], first["aria-label"], first.text) == ("", "Any", "--")
    for name in ("account", "group", "tag", "agent"):
        first = page.field(name).all("option")[0]
        assert (first["value"], first["aria-label"], first.text) == ("", "Any", "Any")
    # "Any" would promise the deleted among the others, where there are none.
    first = page.field("deleted").all("option")[0]
    assert (first["value"], first.text) == ("", "No")


def test_days_are_asked_for_in_a_menu_with_presets(customer, client):
    """U4, U5: Today, 7 days, this month, as links that keep the rest and need no scripts."""
    customer(registered_at=dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC))
    with time_machine.travel("2026-03-11 12:00 +0100", tick=False):
        page = List(client.get("/customers/?first_name=a&registered_before=2026-03-10&page=3"))
    cell = page.table.one("tr", "filters").one("td", "c-registered_at")
    assert {link.text: link["href"] for link in cell.all("a")} == {
        "Today": "/customers/?first_name=a&registered_after=2026-03-11",
        "Last 7 days": "/customers/?first_name=a&registered_after=2026-03-05",
        "This month": "/customers/?first_name=a&registered_after=2026-03-01",
    }
    assert [one["name"] for one in cell.all("input")] == ["registered_after", "registered_before"]
    assert cell.one("summary").text == "To 10 Mar 2026"


@pytest.mark.parametrize(
    ("query", "said", "css"),
    [
        ("", "From – To", "filter "),
        ("registered_after=2026-03-10", "From 10 Mar 2026", "filter is-set"),
        (
            "registered_after=2026-03-10&registered_before=2026-03-11",
            "10 Mar 2026 – 11 Mar 2026",
            "filter is-set",
        ),
        ("registered_after=31-02-2026", "From – To", "filter is-bad"),
    ],
)
def test_the_menu_says_what_is_in_force(customer, client, query, said, css):
    """U5: closed, it tells as much as two boxes did."""
    customer()
    page = List(client.get(f"/customers/?{query}"))
    summary = page.table.one("tr", "filters").one("td", "c-registered_at").one("summary")
    assert (summary.text, summary["class"]) == (said, css)
    assert summary["aria-label"] == f"Registration: {said}"


def test_a_date_of_birth_is_not_asked_for_by_today_or_this_month(customer, client, choose):
    """Whose birthday is today was nobody: the day was taken for one of this year."""
    customer(birthday=dt.date(1970, 1, 15))
    choose("last_name", "birthday")
    menu = List(client.get("/customers/")).table.one("tr", "filters").one("td", "c-birthday")
    assert [one.text for one in menu.all("a")] == ["Not known", "Known"]


def test_a_moment_is_whole_in_its_cell_and_its_tip(customer, client):
    """U7, S1.17: where room is short the style cuts the time; the page and the tip hold the seconds."""
    customer(visited=dt.datetime(2011, 8, 9, 8, 50, 53, tzinfo=dt.UTC))
    cell = List(client.get("/customers/")).lines[0].one("td", "c-last_visit_at")
    assert (cell.text, cell.one("span")["title"]) == ("9 Aug 2011 10:50:53", "9 Aug 2011 10:50:53")


def test_the_figures_say_whose_they_are_and_each_link_has_one_name(customer, client, shop):
    """U9, U24: filtered to one person the strip said "432 customers"; a link was read three times over."""
    customer()
    section = read(client.get("/customers/?first_name=nobody")).one("section", "figures")
    assert section.one("summary").text == "All customers"
    assert [link["aria-label"] for link in section.all("a", "figure")] == [
        "Gender: No customers",
        "Average age: –, where the birthday is known",
        "Orders per customer: 0, valid orders",
        "Newsletter: –, 0 customers",
        "New customers, 12 weeks: –",
    ]


def test_letters_as_keys_are_a_choice_of_each_person(client, owner):
    """U3, WCAG 2.1.4: on by default."""
    assert not read(client.get("/")).one("html").has("data-letters")
    client.post("/profile/", {"name": "Owner", "theme": "auto", "density": "compact"})
    owner.refresh_from_db()
    assert owner.letter_keys is False
    assert read(client.get("/")).one("html")["data-letters"] == "off"
