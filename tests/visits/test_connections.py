"""The list of connections and the page of one (S1.65, S1.66, S4.71, S4.76; facts 1.12; issue 10, point 9)."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.records.actors import Actor, Door
from backoffice.records.recounting import recount_all
from customers import services
from customers.models import PageView, Visit, Visitor
from customers.rules.visits import SILENCE
from customers.services import visits
from tests.reading import List, read

SHOP = Actor(staff=None, door=Door.SHOP)
NOW = timezone.now().replace(microsecond=0)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


@pytest.fixture
def ada(seeded, customer):
    return customer(first_name="Ada", last_name="Byron")


@pytest.fixture
def listed(client_of, owner):
    """`listed(ip="10.0.0.1")` is the list as the owner sees it."""
    return lambda **asked: List(client_of(owner).get("/visits/", asked))


@pytest.fixture
def opened(client_of, owner):
    """`opened(visit)` is its page as the owner reads it."""
    return lambda visit: read(client_of(owner).get(f"/visits/{visit.pk}/"))


def rows(page, panel: str) -> list[list[str]]:
    """The rows of a block."""
    block = page.one("section", "panel", id=panel)
    return [[cell.text for cell in row.all("td")] for row in block.one("tbody").all("tr")]


def test_the_list_says_who_came_when_how_long_with_what_and_from_where(listed, ada, visit):
    at = dt.datetime(2030, 3, 11, 8, 5, 7, tzinfo=dt.UTC)
    visit(
        ada,
        at,
        last_seen_at=at + 5 * MINUTE,
        pages_count=7,
        device="phone",
        origin="google.com",
        ip="10.0.0.1",
    )
    visit(None, at - DAY, visitor="v")
    page = listed()
    assert page.titles == [
        *("Date", "Customer", "Last seen", "Total time", "Pages viewed", "Device", "Origin", "IP address"),
    ]
    shown = [page.cells(place) for place in (0, 1)]
    assert shown[0][1:2] + shown[0][3:] == ["Ada Byron", "0:05:00", "7", "Phone", "google.com", "10.0.0.1"]
    assert shown[1][1] == "Visitor"
    assert shown[1][6] == "Direct link"  # facts 4.10


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"customer": "Ada"}, {"hers"}),
        ({"customer_is": "none"}, {"direct", "now"}),
        ({"ip": "10.0.0.1"}, {"hers", "direct"}),
        ({"origin": "www.google.com"}, {"hers"}),
        ({"origin": "https://google.com/search?q=cable"}, {"hers"}),
        ({"origin": "google"}, set()),
        ({"origin_is": "none"}, {"direct", "now"}),
        ({"started_after": "2025-03-12"}, {"direct", "now"}),
        ({"started_before": "2025-03-11"}, {"hers"}),
        ({"pages_min": "5"}, {"hers"}),
        ({"online": "true"}, {"now"}),
        ({"online": "false"}, {"hers", "direct"}),
        ({"online": "true", "ip": "10.0.0.1"}, set()),
    ],
)
def test_connections_are_found_by_whose_they_are_where_from_and_when(listed, ada, visit, asked, found):
    """Issue 10, point 9; decision 12: days are inclusive at both ends, hosts and addresses exact."""
    at = dt.datetime(2025, 3, 11, 8, tzinfo=dt.UTC)
    made = {
        "hers": visit(ada, at, pages_count=7, origin="google.com", ip="10.0.0.1"),
        "direct": visit(None, NOW - DAY, ip="10.0.0.1"),
        "now": visit(None, NOW - MINUTE, ip="10.0.0.2"),
    }
    names = {one.pk: name for name, one in made.items()}
    assert {names[key] for key in listed(**asked).ids} == found


def test_what_is_no_address_is_refused(listed, ada, visit):
    visit(ada, NOW, ip="10.0.0.1")
    page = listed(ip="10.0.0")
    assert list(page.faults) == ["ip"]


def test_the_address_that_is_looked_for_is_named(listed, ada, visit):
    visit(ada, NOW, ip="10.0.0.1")
    assert list(listed(ip="10.0.0.1").chips) == ["IP address: 10.0.0.1"]


def arrival(visitor: str = "browser", **said) -> services.Arrival:
    return services.Arrival(visitor=visitor, page="/cables?size=2", ip="10.0.0.1", **said)


@pytest.mark.parametrize(("silent", "visits"), [(SILENCE, 1), (SILENCE + dt.timedelta(seconds=1), 2)])
def test_after_half_an_hour_of_silence_the_next_page_is_a_new_visit(db, silent, visits):
    """Facts 1.12; issue 10, point 9: exactly thirty minutes are no silence yet."""
    began = NOW - DAY
    for at in (began, began + silent):
        services.view_page(arrival(), by=SHOP, at=at)
    assert Visit.objects.count() == visits
    assert PageView.objects.count() == 2


def test_a_page_is_kept_without_what_was_asked_there(opened, default_group):
    """Decision 55; its time, how long it was looked at."""
    began = dt.datetime(2026, 3, 11, 9, 5, 7, tzinfo=dt.UTC)
    for seconds in (0, 65):
        made = services.view_page(arrival(), by=SHOP, at=began + dt.timedelta(seconds=seconds))
    page = opened(made)
    assert page.one("h1").text == "11 Mar 2026 10:05:07"
    assert rows(page, "pages") == [["10:05:07", "/cables", "0:01:05"], ["10:06:12", "/cables", ""]]


def test_a_page_is_told_by_its_product_or_as_the_home_page(opened, ada, visit, row, product):
    """Its address is the tip."""
    cable = product("Cable")
    made = visit(ada, NOW - MINUTE)
    for url, shown in (("/", None), ("/p/7", cable.pk), ("/p/8", 987654), ("/lamps", None)):
        row(PageView, visit=made, url=url, product_id=shown, viewed_at=NOW)
    block = opened(made).one("section", "panel", id="pages").one("tbody")
    told = [(one.text, one["title"]) for one in block.all("span")]
    assert told == [("Home page", "/"), ("Cable", "/p/7"), ("/p/8", "/p/8"), ("/lamps", "/lamps")]


def test_pages_that_were_thrown_away_are_said_to_be(opened, ada, visit, settings):
    settings.PAGE_VIEW_DAYS = 92
    block = opened(visit(ada, NOW - 200 * DAY, pages_count=3)).one("section", "panel", id="pages")
    assert (block.one("h2").text, block.one("div", "empty").text) == (
        "Pages viewed (3)",
        "The pages are no longer there: they are kept for 92 days.",
    )


def test_a_visit_goes_on_until_the_browser_leaves_or_comes_again(listed, db, default_group):
    """Facts 1.12: who left is not online, whatever the clock says."""
    going_on = services.view_page(arrival("stays"), by=SHOP)
    services.view_page(arrival("leaves"), by=SHOP)
    services.end_visit("leaves", by=SHOP)
    before = services.view_page(arrival("again"), by=SHOP)
    services.end_visit("again", by=SHOP)
    again = services.view_page(arrival("again"), by=SHOP)
    assert before.pk != again.pk
    assert set(listed(online="true").ids) == {going_on.pk, again.pk}


def test_who_is_here_now_is_said_to_be(opened, ada, visit):
    here, gone = visit(ada, NOW - MINUTE), visit(ada, NOW - DAY)
    badges = [
        [one.text for one in opened(each).one("div", "title-line").all("span", "badge")]
        for each in (here, gone)
    ]
    assert badges == [["Online"], []]


def test_others_from_the_same_address_are_marked_and_never_said_to_be_the_person(opened, ada, visit):
    """S4.71."""
    nobodys, hers = visit(None, NOW, ip="10.0.0.1"), visit(ada, NOW - DAY, ip="10.0.0.1")
    visit(None, NOW, ip="10.0.0.2")
    page = opened(nobodys)
    facts = page.one("section", "panel", id="connection").one("dl")
    assert [facts.all("dt")[0].text, facts.all("dd")[0].text] == ["Customer", "Visitor"]
    ((_at, who, _device),) = rows(page, "same_ip")
    assert who == "Ada Byron Same IP address"
    block = page.one("section", "panel", id="same_ip")
    assert "Whoever shares an address need not be the same person." in block.text
    assert {one["href"] for one in block.all("a")} == {
        *(f"/visits/{hers.pk}/", f"/customers/{ada.pk}/", "/visits/?ip=10.0.0.1"),
    }


def test_the_customers_file_leads_to_their_connections_and_marks_what_only_shares_the_address(
    client_of, owner, ada, visit
):
    """S4.71: the heading counts hers alone."""
    hers = visit(ada, NOW - DAY, ip="10.0.0.1")
    nobodys = visit(None, NOW, ip="10.0.0.1")
    block = read(client_of(owner).get(f"/customers/{ada.pk}/")).one("section", "panel", id="visits")
    assert block.one("h2").text == "Last connections (1)"
    lines = block.one("tbody").all("tr")
    assert [
        line.one("a", href=f"/visits/{one.pk}/") and True
        for line, one in zip(lines, (hers, nobodys), strict=True)
    ]
    assert [[one.text for one in line.all("span", "badge")] for line in lines] == [[], ["Same IP address"]]
    assert block.all("a")[-1]["href"] == f"/visits/?customer={ada.pk}"


def test_an_address_typed_into_the_search_finds_connections_of_nobody_too(client_of, owner, ada, visit):
    visit(ada, NOW, ip="10.0.0.1")
    visit(None, NOW, ip="10.0.0.1")
    page = read(client_of(owner).get("/search/", {"q": "10.0.0.1", "in": "everywhere"})).one("main")
    assert "1 customer found by the IP address 10.0.0.1" in page.text
    assert "2 connections from the IP address 10.0.0.1" in page.text


def test_a_deleted_customer_is_named_to_nobody(listed, opened, ada, visit):
    """Decision 19."""
    made = visit(ada, NOW)
    services.hide_customer(ada, by=Actor.command())
    assert listed().cells()[1] == "Deleted customer"
    assert "Byron" not in opened(made).one("main").text


def test_the_file_of_connections_is_for_who_may_export(client_of, owner, support, ada, visit):
    at = dt.datetime(2030, 3, 11, 8, 5, 7, tzinfo=dt.UTC)
    visit(ada, at, last_seen_at=at + 5 * MINUTE, ip="10.0.0.1")
    assert client_of(support).get("/visits/export/").status_code == 403
    text = b"".join(client_of(owner).get("/visits/export/").streaming_content).decode()
    names, line = csv.reader(io.StringIO(text), delimiter=";")
    told = dict(zip(names, line, strict=True))
    assert (told["Customer"], told["Total time"], told["IP address"]) == ("Ada Byron", "300", "10.0.0.1")


def test_a_page_costs_the_same_however_much_there_is(client_of, owner, ada, visit):
    client, made = client_of(owner), visit(ada, NOW, ip="10.0.0.1")

    def asked(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    before = [asked(url) for url in (f"/visits/{made.pk}/", "/visits/")]
    for number in range(12):
        other = visit(ada if number % 2 else None, NOW - number * MINUTE, ip="10.0.0.1")
        PageView.objects.create(visit=made, url=f"/{other.pk}", viewed_at=NOW + number * MINUTE)
    assert [asked(url) for url in (f"/visits/{made.pk}/", "/visits/")] == before


def test_online_asks_the_small_table_of_browsers(db):
    """Decision 55: who is here is a question of half an hour, not of all there ever were."""
    assert 'FROM "customers_visitor"' in str(Visit.objects.online().query)
    assert Visitor.objects.count() == 0


def test_a_page_whose_turn_comes_after_anothers_belongs_to_the_visit_that_began(seeded, monkeypatch):
    """Facts 1.12: its clock was read before it waited, so a second visit began a moment "before" the first one."""
    arrival = services.Arrival(visitor="v", page="/")
    wait, others = visits._locked, [lambda: services.view_page(arrival, by=SHOP)]

    def waited(*asked):
        if others:
            others.pop()()
        return wait(*asked)

    monkeypatch.setattr(visits, "_locked", waited)
    services.view_page(arrival, by=SHOP)
    assert Visit.objects.get().pages_count == 2


def test_the_list_asks_for_ninety_days_first_and_for_older_ones_only_for_want_of_them(listed, visit):
    """Decision 55: what is cut into months is not asked whole for what was yesterday."""
    for days in range(60):
        visit(None, NOW - days * DAY, visitor=f"v{days}")
    list(recount_all(mend=True))
    with CaptureQueriesContext(connection) as seen:
        page = listed()
    asked = [one["sql"] for one in seen if "user_agent" not in one["sql"] and '"pages_count"' in one["sql"]]
    assert len(page.ids) == 50
    assert len(asked) == 1
    assert '"started_at" >= ' in asked[0]
    Visit.objects.filter(visitor__in=[f"v{days}" for days in range(20)]).update(
        started_at=NOW - 200 * DAY, last_seen_at=NOW - 200 * DAY
    )
    page = listed()
    assert len(page.ids) == 50
    assert page.cells(0)[0].startswith(f"{timezone.localtime(NOW - 20 * DAY).day} ")
