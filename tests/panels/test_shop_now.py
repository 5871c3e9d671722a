"""The home page is the shop now: who is online, what happened, the week beside the last one (issue 10, point 12)."""

import datetime as dt
import gzip
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group as RightsGroup
from django.contrib.auth.models import Permission
from django.utils import timezone

from backoffice.lists import paging
from backoffice.live import memory
from backoffice.records.actors import Actor, Door
from carts.models import CartEvent
from carts.queries.shop_now import (
    version_of_figures,
    version_of_happened,
    version_of_online,
)
from carts.queries.weeks import Total
from carts.sections.shop_now.weeks import trend
from customers import services
from customers.models import Customer
from tests.reading import List, read

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 3, 11, 12, 0, tzinfo=PARIS)  # a Wednesday
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
WEEK = 7 * DAY
SHOP = Actor(staff=None, door=Door.SHOP)


@pytest.fixture(autouse=True)
def on_wednesday(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ada(seeded, customer):
    return customer(first_name="Ada", last_name="Byron", registered_at=NOW - 60 * DAY)


@pytest.fixture
def home(client_of, owner):
    """`home(support)` is the home page as that person reads it, the owner where nobody is named."""

    def home(person=None):
        paging.forget()
        return read(client_of(person or owner).get("/"))

    return home


def panel(page, name):
    return page.one("section", "panel", id=name)


def rows(page, name) -> list[list[str]]:
    return [[cell.text for cell in row.all("td")] for row in panel(page, name).one("tbody").all("tr")]


def card(page, name) -> dict[str, list[str]]:
    """What a card tells: title of a figure to its value and what stands below it."""
    (found,) = page.all("section", f"card-{name}")
    told = {}
    for figure in found.all("", "stat"):
        spans = [figure.one("span", "stat-value").text]
        for css in ("trend", "stat-amount", "stat-note"):
            spans += [one.text for one in figure.all("span", css)]
        told[figure.one("span", "stat-title").text] = spans
    return told


def links(page, name) -> list[str]:
    (found,) = page.all("section", f"card-{name}")
    return [one["href"] for one in found.all("a")]


def test_who_is_online_with_what_they_look_at_and_what_is_in_their_cart(home, ada, visit, cart, product):
    """S0.82, S1.97: seen last first; visitors are no customers; who left half an hour ago is not there."""
    cable = product("Cable")
    visit(ada, NOW - 4 * MINUTE, cable, device="phone", visitor="a" * 32)
    nobodys = visit(None, NOW - 2 * MINUTE, visitor="b" * 32, landing_url="/lamps")
    visit(ada, NOW - 31 * MINUTE)
    cart(None, NOW - MINUTE, cable, visitor="b" * 32)
    page = home()
    assert rows(page, "online") == [
        ["Visitor", "/lamps", "€469.00", "11:58"],
        ["Ada Byron", "Cable", "", "11:56"],
    ]
    hrefs = [one["href"] for one in panel(page, "online").all("a")]
    assert f"/visits/{nobodys.pk}/" in hrefs
    assert f"/customers/{ada.pk}/" in hrefs
    assert hrefs[-1] == "/visits/?online=true&sort=-last_seen_at"


def test_a_page_is_told_by_what_people_read_there(home, ada, visit, product):
    """Its address stays in the tip; the first page of the shop has a name too."""
    page_of = product("Cable")
    visit(ada, NOW - MINUTE, page_of)
    visit(None, NOW - 2 * MINUTE, visitor="b" * 32, landing_url="/")
    told = [(one.text, one["title"]) for one in panel(home(), "online").all("span", "cut")]
    assert [name for name, _path in told] == ["Cable", "Home page"]
    assert all(path.startswith("/") for _name, path in told)


def test_nobody_is_shown_beside_the_cart_of_who_used_their_browser_before(
    home, ada, customer, visit, cart, product
):
    """Ada's stood beside Ben; the one of nobody yet is his, and so is his own of another browser."""
    ben, cable = customer(first_name="Ben"), product("Cable")
    visit(ben, NOW - MINUTE, visitor="a" * 32)
    cart(ada, NOW - MINUTE, cable, visitor="a" * 32)
    assert [line[2] for line in rows(home(), "online")] == [""]
    cart(ben, NOW - 3 * MINUTE, cable, currency="PLN", rate="4.000000", visitor="b" * 32)
    assert [line[2] for line in rows(home(), "online")] == ["PLN469.00"]
    cart(None, NOW - 2 * MINUTE, cable, visitor="a" * 32)
    assert [line[2] for line in rows(home(), "online")] == ["€469.00"]


def test_the_figure_of_who_is_online_is_that_of_its_list(home, client_of, owner, ada, visit):
    visit(ada, NOW - MINUTE)
    visit(None, NOW - MINUTE)
    visit(None, NOW - DAY)
    page = home()
    assert card(page, "here")["Online"] == ["2", "1 customer"]
    (url,) = {one for one in links(page, "here") if "online" in one}
    assert List(client_of(owner).get(url)).total == 2


def test_carts_being_filled_add_up_in_the_shops_currency(home, ada, cart, product):
    """Decisions 16 and 17: neither ordered nor abandoned ones."""
    cable = product("Cable")
    cart(ada, NOW - HOUR, cable)
    cart(ada, NOW - HOUR, cable, currency="PLN", rate="4.000000")
    cart(ada, NOW - HOUR, cable, ordered=True)
    cart(ada, NOW - 25 * HOUR, cable)
    assert card(home(), "here")["In carts"] == ["€586.25", "2 carts"]


@pytest.mark.parametrize(("hour", "last"), [(11, "1"), (13, "0")])
def test_today_and_this_week_stand_beside_the_same_hours_of_last_week(home, ada, order, hour, last):
    """A fair comparison: what was ordered later on that day a week ago does not count yet."""
    order(ada, NOW - HOUR, total="30.00")
    order(ada, NOW - 2 * DAY, total="12.00")
    order(ada, (NOW - WEEK).replace(hour=hour), total="99.00")
    order(ada, NOW - WEEK + 2 * DAY, total="99.00")
    told = card(home(), "orders")
    assert told["Today"][-1] == f"{last} by this time a week ago"
    assert told["This week"][-1] == f"{last} by this time last week"
    assert (told["Today"][0], "€30.00" in told["Today"]) == ("1", True)
    assert (told["This week"][0], "€42.00" in told["This week"]) == ("2", True)
    assert ("+100%" in told["This week"]) is (last == "1")


def test_new_customers_by_day_and_their_figures_lead_to_them(home, client_of, owner, seeded, customer):
    """U15: who registered a minute after midnight in the shop did so on that day; the hidden do not count."""
    for at in (NOW - HOUR, NOW - DAY, dt.datetime(2026, 3, 9, 0, 1, tzinfo=PARIS), NOW - WEEK):
        customer(registered_at=at)
    services.hide_customer(customer(registered_at=NOW - HOUR), by=Actor.command())
    page = home()
    told = card(page, "signups")
    assert told == {
        "Today": ["1", "0%", "1 by this time a week ago"],
        "This week": ["3", "+200%", "1 by this time last week"],
    }
    today, week, picture = links(page, "signups")
    assert (today, week, picture) == (
        "/customers/?registered_after=2026-03-11",
        "/customers/?registered_after=2026-03-09",
        "/customers/?registered_after=2026-03-02",
    )
    assert [List(client_of(owner).get(url)).total for url in (today, week)] == [1, 3]
    (found,) = page.all("section", "card-signups")
    assert found.one("svg")["aria-label"] == (
        "New customers a day. This week: 1, 1, 1, 0, 0, 0, 0. Last week: 0, 0, 1, 0, 0, 0, 0."
    )


def test_what_just_happened_stands_in_one_line_of_time(home, ada, cart, product, order, row):
    """S0.52, S0.82: carts, orders and sign-ups, the latest first, of a day at most."""
    cable = product("Cable")
    hers = cart(ada, NOW - 3 * HOUR, cable)
    nobodys = cart(None, NOW - 3 * HOUR, cable, visitor="v")
    said = {"product": cable, "quantity": 2, "unit_price": "5.00"}
    row(CartEvent, cart=hers, kind="added", at=NOW - 9 * MINUTE, **said)
    row(CartEvent, cart=nobodys, kind="removed", at=NOW - 8 * MINUTE, product=cable)
    row(CartEvent, cart=hers, kind="voucher", at=NOW - 7 * MINUTE, name="FIVE")
    row(CartEvent, cart=hers, kind="carrier", at=NOW - 6 * MINUTE, name="Post")
    row(CartEvent, cart=hers, kind="added", at=NOW - 25 * HOUR, **said)
    order(ada, NOW - 5 * MINUTE, total="30.00", reference="000007")
    Customer.objects.filter(pk=ada.pk).update(registered_at=NOW - 10 * MINUTE)
    entries = panel(home(), "happened").one("ul", "happened").all("li")
    assert [one.text for one in entries] == [
        "Ada Byron ordered: 000007 €30.00 11:55",
        "Ada Byron used the voucher FIVE 11:53",
        "A visitor removed Cable 11:52",
        "Ada Byron added 2 × Cable €10.00 11:51",
        "Ada Byron signed up 11:50",
    ]


def test_a_price_that_changed_alone_is_told_as_that(home, ada, cart, product, row):
    """Who signs in has the discount of their group: "now has 1 ×" told nothing new."""
    cable = product("Cable", choices={"Length": "2 m"})
    hers, nobodys = cart(ada, NOW - 3 * HOUR, cable), cart(None, NOW - 3 * HOUR, cable, visitor="v")
    for kind, quantity, price in (("added", 1, "5.00"), ("changed", 2, "5.00"), ("changed", 2, "4.00")):
        row(CartEvent, cart=hers, kind=kind, at=NOW, product=cable, quantity=quantity, unit_price=price)
        row(CartEvent, cart=nobodys, kind="voucher", at=NOW, name=price)
    entries = panel(home(), "happened").one("ul", "happened").all("li")
    assert [one.text for one in entries][1::2] == [
        "Ada Byron has a new price: 2 × Cable (Length: 2 m) €8.00 12:00",
        "Ada Byron now has 2 × Cable (Length: 2 m) €10.00 12:00",
        "Ada Byron added 1 × Cable (Length: 2 m) €5.00 12:00",
    ]


def test_one_cart_that_changes_again_and_again_is_one_entry(home, ada, cart, product, row):
    """Nine times "+1" told nothing of anybody else: the newest says how many more there were."""
    cable = product("Cable")
    hers, nobodys = cart(ada, NOW - 3 * HOUR, cable), cart(None, NOW - 3 * HOUR, cable, visitor="v")
    row(CartEvent, cart=nobodys, kind="voucher", at=NOW - 30 * MINUTE, name="FIVE")

    def told(number):
        for one in range(number):
            row(CartEvent, cart=hers, kind="changed", at=NOW, product=cable, quantity=one + 2, unit_price=1)
        return [one.text for one in panel(home(), "happened").one("ul", "happened").all("li")]

    others = ["A visitor used the voucher FIVE 11:30"]
    assert told(2) == ["Ada Byron now has 3 × Cable and 1 more change €3.00 12:00", *others]
    assert told(8) == ["Ada Byron now has 9 × Cable and 9 more changes €9.00 12:00", *others]
    assert told(60) == ["Ada Byron now has 61 × Cable and 59+ more changes €61.00 12:00"]


def test_carts_about_to_be_abandoned_say_when(home, ada, cart, product, client_of, owner):
    """Decision 16: by the clock of the options, those first of which least time is left; the list shows these ones."""
    cable = product("Cable")
    _early, soon, sooner, _over = [cart(ada, NOW - hours * HOUR, cable) for hours in (17, 19, 23, 25)]
    cart(ada, NOW - 20 * HOUR, cable, ordered=True)
    block = panel(page := home(), "abandoned_soon")
    assert block.one("h2").text == "Carts about to be abandoned (2)"
    assert "Unchanged for more than 18 hours; after 1 day a cart counts as abandoned." in block.text
    assert rows(page, "abandoned_soon") == [
        ["Ada Byron", "€469.00", "13:00"],
        ["Ada Byron", "€469.00", "17:00"],
    ]
    (see_all,) = (one for one in block.all("a") if "?" in one["href"])
    listed = List(client_of(owner).get(see_all["href"]))
    assert list(listed.chips) == ["Carts about to be abandoned"]
    assert sorted(listed.ids) == [soon.pk, sooner.pk]


def test_a_deleted_customer_is_named_to_nobody(home, ada, visit, cart, product, row, order):
    """Decision 19."""
    visit(ada, NOW - MINUTE)
    row(CartEvent, cart=cart(ada, NOW - 20 * HOUR, product("Cable")), kind="signed_in", at=NOW)
    services.hide_customer(ada, by=Actor.command())
    assert "Byron" not in home().one("main").text


def test_each_block_is_for_who_may_see_its_rows(home, viewer, ada, visit, order, row, cart, product):
    """G15: the right to each kind is asked for itself."""
    visit(ada, NOW - MINUTE)
    order(ada, NOW - MINUTE)
    row(CartEvent, cart=cart(ada, NOW - 20 * HOUR, product("Cable")), kind="signed_in", at=NOW)
    role = RightsGroup.objects.get(name="viewer")
    role.permissions.remove(
        *Permission.objects.filter(codename__in=("view_order", "view_cart", "view_visit"))
    )
    page = home(viewer)
    assert [one["class"].split()[1] for one in page.all("section", "card")] == ["card-signups"]
    assert (
        page.all("section", "panel", id="online") == page.all("section", "panel", id="abandoned_soon") == []
    )
    assert "ordered" not in panel(page, "happened").text


def test_versions_change_with_what_the_blocks_show(ada, cart, product, row):
    """Decision 35: a page that follows asks for them; each is cheaper than the blocks."""
    versions = (version_of_figures, version_of_online, version_of_happened)

    def now():
        memory.forget()
        return [one() for one in versions]

    hers = cart(ada, NOW, product("Cable"))
    before = now()
    assert before == now()
    row(CartEvent, cart=hers, kind="added")
    assert all(old != new for old, new in zip(before, now(), strict=True))
    before = now()
    services.view_page(services.Arrival(visitor="v", page="/"), by=SHOP)
    assert [old != new for old, new in zip(before, now(), strict=True)] == [True, True, False]


def test_it_weighs_at_most_25_kb_over_the_wire(
    client_of, owner, ada, visit, cart, product, order, row, customer
):
    """Issue 10, point 12: everything filled."""
    cable = product("A cable with a long name, two metres")
    for number in range(12):
        who = customer(
            first_name=f"Maximiliana{number}",
            last_name=f"Wolfeschlegel{number}",
            birthday=timezone.localdate(),
        )
        visit(who, NOW - MINUTE, cable)
        hers = cart(who, NOW - 20 * HOUR, cable)
        row(CartEvent, cart=hers, kind="added", product=cable, quantity=1, unit_price="5.00", at=NOW)
        order(who, NOW - number * DAY, total="30.00")
        services.receive_message(who, "Where is my parcel?", by=SHOP, subject=f"Parcel {number}")
        services.save_task(
            None, {"customer": who, "title": f"Call {number}", "assignee": owner}, by=Actor.command()
        )
    html = client_of(owner).get("/").content
    assert len(re.findall(rb'<section class="panel"', html)) >= 8
    assert len(gzip.compress(html, 6)) <= 25_000


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (3, 2, "+50%"),
        (2, 2, "0%"),
        (1, 4, "\u221275%"),
        (39, 4, "+875%"),
        (40, 4, "×10"),
        (4_100, 2, "×2,050"),
    ],
)
def test_far_more_than_last_week_is_told_as_a_multiple(now, before, said):
    """ "+204900%" says nothing to anybody; without anything last week there is nothing to compare."""
    assert trend(Total(number=now), Total(number=before))["text"] == said
    assert trend(Total(number=now), Total()) is None
