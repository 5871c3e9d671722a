"""From record to record of the list one came from: its filters, order and place (issue 8, point 12; S4.94, U11)."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.lists.around import around, turn_to_asked
from backoffice.lists.page import ListPage
from backoffice.models import ColumnChoice
from backoffice.records.actors import Actor
from backoffice.sections import all_sections
from customers import services
from customers.sections.customers import CUSTOMERS
from tests.reading import read

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def opened(client):
    """`opened(customer, "/customers/?sort=name")`: the page of a record as one opens it from that list."""

    def opened(record, came_from="/customers/", slug="customers"):
        headers = {"referer": f"http://testserver{came_from}"}
        return read(client.get(f"/{slug}/{record.pk}/", headers=headers))

    return opened


@pytest.fixture
def ada_to(customer):
    """`ada_to(5)`: so many people, called A to E by their last names."""
    return lambda number: [customer(first_name="Ada", last_name=letter) for letter in LETTERS[:number]]


def arrows(page) -> list[tuple[str, str]]:
    """What the two arrows say, and where they lead ("" for one that is disabled)."""
    return [
        (one["aria-label"], one.get("href"))
        for one in page.one("div", "title-actions").one("span", "steps").all("a")
    ]


def walk(client, opened, first, came_from, *, step=1) -> list[str]:
    """The names of all one comes to, from that record on, by one arrow, as long as there is one."""
    page, names = opened(first, came_from), []
    for _number in range(40):
        names.append(page.one("h1").text)
        url = arrows(page)[step][1]
        if not url:
            return names
        page = read(client.get(url))
    pytest.fail("the list has no end")


def test_the_arrows_name_the_next_and_the_previous_one_and_their_keys(opened, ada_to):
    _a, b, c = ada_to(3)
    page = opened(b, "/customers/?sort=last_name")
    assert [said for said, _url in arrows(page)] == ["Previous: Ada A", "Next: Ada C"]
    first, last = page.one("span", "steps").all("a")
    assert (first["title"], first["data-key"], first["aria-keyshortcuts"]) == (
        "Previous: Ada A (k)",
        "k",
        "k",
    )
    assert (last["title"], last["data-key"], last["aria-keyshortcuts"]) == ("Next: Ada C (j)", "j", "j")
    assert last["href"].startswith(f"/customers/{c.pk}/?back=%2Fcustomers%2F%3Fsort%3Dlast_name")


def test_at_the_ends_of_the_list_an_arrow_leads_nowhere_and_says_so(opened, ada_to):
    a, b = ada_to(2)
    assert arrows(opened(a, "/customers/?sort=last_name"))[0] == ("This is the first one in the list.", "")
    assert arrows(opened(b, "/customers/?sort=last_name"))[1] == ("This is the last one in the list.", "")
    disabled = opened(a, "/customers/?sort=last_name").one("span", "steps").all("a")[0]
    assert (disabled["aria-disabled"], disabled["role"], disabled.has("data-key")) == ("true", "link", False)


def test_who_comes_from_no_list_has_no_arrows(client, opened, ada_to):
    made = ada_to(2)[0]
    assert read(client.get(f"/customers/{made.pk}/")).all("span", "steps") == []
    assert opened(made, "/groups/").all("span", "steps") == []
    assert (
        read(client.get(f"/customers/{made.pk}/?back=//evil.example/customers/")).all("span", "steps") == []
    )


def test_the_arrows_go_along_the_filters_and_the_order_of_the_list(client, opened, ada_to, customer):
    a, *_others = ada_to(4)
    customer(first_name="Bob", last_name="B")
    assert walk(client, opened, a, "/customers/?first_name=ada&sort=last_name") == [
        "Ada A",
        "Ada B",
        "Ada C",
        "Ada D",
    ]
    assert walk(client, opened, a, "/customers/?sort=-id", step=0) == [
        "Ada A",
        "Ada B",
        "Ada C",
        "Ada D",
        "Bob B",
    ]


def test_the_plain_list_has_an_order_too(client, opened, ada_to):
    """The newest first, and it is kept from record to record although its address says nothing of it."""
    made = ada_to(3)
    assert walk(client, opened, made[-1], "/customers/") == ["Ada C", "Ada B", "Ada A"]


SORTS = [
    f"{down}{name}" for name, column in CUSTOMERS.table.columns.items() if column.sorts for down in ("", "-")
]


@pytest.mark.parametrize("query", ["", "first_name=ada"])
@pytest.mark.parametrize("sort", SORTS)
def test_every_order_is_walked_to_its_end_both_ways(client, opened, customer, mr, owner, sort, query):
    """Also where few or many have no value, or all the same: nobody is left out, nobody comes twice."""
    now = timezone.now()
    for number in range(7):
        extra = {"visited": now - timedelta(days=number)} if number % 3 == 0 else {}
        extra |= {"spent": f"{number}.00"} if number % 2 else {}
        extra |= {"title": mr} if number % 2 else {}
        extra |= {"birthday": (now - timedelta(days=9000 + number)).date()} if number % 3 == 1 else {}
        customer(first_name="Ada", last_name=LETTERS[number], company="Acme" if number % 4 else "", **extra)
    address = f"{query}&sort={sort}"
    listed = [row["id"] for row in ListPage(CUSTOMERS, QueryDict(address), owner).records]
    for place, key in enumerate(listed):
        found = around(ListPage(CUSTOMERS, QueryDict(address), owner), CUSTOMERS.rows().get(pk=key))
        keys = [row["id"] if row else None for row in (found.before, found.after)]
        assert (keys, found.here) == (
            [*[None, *listed][place : place + 1], *[*listed, None][place + 1 :][:1]],
            True,
        )


@pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.slug)
def test_every_section_has_them(client, one_of, section, opened):
    """One mechanism for all view pages."""
    made = one_of(section.slug)
    page = opened(made, f"/{section.slug}/", section.slug)
    assert len(arrows(page)) == 2


def test_a_list_sorted_in_memory_is_walked_as_people_read_it(client, opened, tag):
    """Decision 49."""
    made = {name: tag(name) for name in ("éclair", "Zebra", "apple")}
    page = opened(made["apple"], "/tags/?sort=name", "tags")
    assert [said for said, _url in arrows(page)] == ["This is the first one in the list.", "Next: éclair"]
    assert [said for said, _url in arrows(read(client.get(arrows(page)[1][1])))] == [
        "Previous: apple",
        "Next: Zebra",
    ]


def test_the_way_back_leads_to_the_page_where_the_record_stands(client, opened, customer):
    """S4.94: having gone on past the end of the page, one comes back to another page of the same list, at the row."""
    made = [
        customer(first_name="Ada", last_name=f"{LETTERS[number // 5]}{'abcde'[number % 5]}")
        for number in range(25)
    ]
    page = opened(made[19], "/customers/?first_name=ada&sort=last_name&per_page=20")
    assert (
        page.one("nav", "crumbs")
        .one("a")["href"]
        .endswith(f"?first_name=ada&sort=last_name&per_page=20#row-{made[19].pk}")
    )
    page = read(client.get(arrows(page)[1][1]))
    back = page.one("nav", "crumbs").one("a")["href"]
    assert back == f"/customers/?first_name=ada&sort=last_name&per_page=20&at={made[20].pk}#row-{made[20].pk}"
    rows = [row["id"] for row in read(client.get(back)).one("tbody").all("tr")]
    assert rows == [f"row-{one.pk}" for one in made[20:]]
    back_again = read(client.get(arrows(page)[0][1])).one("nav", "crumbs").one("a")["href"]
    assert len(read(client.get(back_again)).one("tbody").all("tr")) == 20


@pytest.mark.parametrize("sort", ["last_name", "-last_visit_at", "last_visit_at", "age", "-age"])
@pytest.mark.parametrize("page", [1, 2, 3])
def test_the_page_of_a_record_is_found_from_any_other_page(customer, owner, sort, page):
    """Forwards and backwards, over the border between those with a value and those without."""
    now = timezone.now()
    for number in range(50):
        known = {
            "visited": now - timedelta(days=number),
            "birthday": (now - timedelta(days=9000 + number)).date(),
        }
        customer(last_name=LETTERS[number % 26] + LETTERS[number // 26], **(known if number % 2 else {}))
    query = f"sort={sort}&per_page=20"
    pages = [
        [row["id"] for row in ListPage(CUSTOMERS, QueryDict(f"{query}&page={n}"), owner).records]
        for n in (1, 2, 3)
    ]
    for number, keys in enumerate(pages, 1):
        for key in (keys[0], keys[-1]):
            found = ListPage(CUSTOMERS, QueryDict(f"{query}&page={page}&at={key}"), owner)
            turn_to_asked(found)
            assert (found.page, [row["id"] for row in found.records]) == (number, keys)


@pytest.mark.parametrize("at", ["0", "x", "99999999999999999999", "987654"])
def test_a_record_that_the_list_has_not_changes_nothing(client, ada_to, at):
    ada_to(2)
    assert len(read(client.get(f"/customers/?at={at}")).one("tbody").all("tr")) == 2
    assert len(read(client.get(f"/tags/?at={at}")).all("tbody")) == 1


def test_other_links_of_the_list_forget_the_record(client, ada_to):
    """The address of page 2 is that of page 2."""
    made = ada_to(2)
    page = read(client.get(f"/customers/?sort=last_name&at={made[0].pk}"))
    assert not [
        one
        for one in page.one("main").all("a")
        if "at=" in one["href"].replace("&at", "?at").split("?")[-1].split("&")[0]
    ]


def test_saving_a_record_one_came_to_leads_on_from_there(client, opened, ada_to):
    """Point 12: `e` edits, and the way back keeps list, place and filters."""
    a, b, _c = ada_to(3)
    page = read(client.get(arrows(opened(a, "/customers/?sort=last_name"))[1][1]))
    edit = page.one("div", "title-actions").one("a", data_key="e")
    assert edit["aria-keyshortcuts"] == "e"
    form = read(client.get(edit["href"]))
    assert form.one("input", name="back")["value"] == f"/customers/?sort=last_name&at={b.pk}"
    assert form.one("div", "save-bar").one("a")["href"].startswith(f"/customers/{b.pk}/?back=")


def test_the_plain_list_is_kept_over_the_form(client, opened, ada_to):
    """Who opened the file from the list as the menu shows it still has the arrows after Cancel and after saving."""
    made = ada_to(3)[1]
    edit = opened(made).one("div", "title-actions").one("a", data_key="e")["href"]
    cancel = read(client.get(edit)).one("div", "save-bar").one("a")["href"]
    assert len(arrows(read(client.get(cancel)))) == 2


def test_who_no_longer_matches_is_said_to_be_so_and_the_arrows_go_on(client, opened, ada_to):
    a, b, _c = ada_to(3)
    services.edit_customer(b, {"first_name": "Eve"}, by=Actor.command())
    page = opened(b, "/customers/?first_name=ada&sort=last_name")
    assert "It no longer matches the filters of the list." in page.one("div", "file-sub").text
    assert [said for said, _url in arrows(page)] == ["Previous: Ada A", "Next: Ada C"]
    assert (
        "no longer" not in opened(a, "/customers/?first_name=ada&sort=last_name").one("div", "file-sub").text
    )


def test_a_list_in_memory_that_has_not_the_record_says_so_without_arrows(opened, tag):
    """Decision 49: where it would stand among the others is not known there."""
    page = opened(tag("RECURRENT"), "/tags/?name=problem", "tags")
    assert "It no longer matches the filters of the list." in page.one("div", "file-sub").text
    assert page.all("span", "steps") == []


def test_who_was_deleted_meanwhile_is_not_found_and_the_way_back_is_kept(client, client_of, support, ada_to):
    """404 with the way to the list as it was; no 500."""
    a, b, _c = ada_to(3)
    headers = {"referer": "http://testserver/customers/?sort=last_name"}
    url = arrows(read(client.get(f"/customers/{a.pk}/", headers=headers)))[1][1]
    services.hide_customer(b, by=Actor.command())
    answer = client_of(support).get(url)
    assert answer.status_code == 404
    assert "/customers/?sort=last_name&at=" in read(answer).one("main").all("a")[-2]["href"]
    assert arrows(read(client.get(f"/customers/{a.pk}/", headers=headers)))[1][0] == "Next: Ada C"


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense",
        "first_name=%00",
        "age_min=x",
        "page=99999",
        "per_page=7",
        "sort=age&page=last",
        "q=%F0%9F",
    ],
)
def test_any_address_of_the_list_is_good_enough(opened, ada_to, query):
    made = ada_to(2)[0]
    assert opened(made, f"/customers/?{query}").one("h1").text == "Ada A"


def test_a_list_that_takes_too_long_leaves_the_page_without_arrows(opened, ada_to, monkeypatch):
    """The file is there, whatever the list behind it costs."""

    def refuse(found, record):
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr("backoffice.views.steps.around", refuse)
    assert opened(ada_to(2)[0], "/customers/?sort=age").all("span", "steps") == []


def test_neighbours_cost_two_queries_and_are_neither_counted_nor_skipped(client, ada_to):
    """At a million rows: two steps along the index of the list's own order, whatever the page."""
    made = ada_to(5)[2]
    address = f"/customers/{made.pk}/"

    def queries(url):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return [one["sql"] for one in asked]

    plain = queries(address)
    for back in ("/customers/", "/customers/?sort=last_name&page=4", "/customers/?sort=-total_spent"):
        more = queries(f"{address}?back={back.replace('?', '%3F').replace('&', '%26').replace('=', '%3D')}")
        assert len(more) == len(plain) + 2
        assert not any("OFFSET" in sql or "COUNT(" in sql for sql in set(more) - set(plain))


def test_columns_somebody_arranged_are_not_read_for_it(client, owner, opened, ada_to):
    """The neighbours need a name and a number, no columns."""
    made = ada_to(2)[0]
    ColumnChoice.objects.create(staff=owner, section="customers", columns=["id", "tags", "groups"])
    assert len(arrows(opened(made))) == 2
