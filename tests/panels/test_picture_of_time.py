"""The time of a customer as a picture: a lane for each kind of thing, from the registration to today (point 4)."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group

from customers.models import Customer, Mail, Message, Note, Task, Thread
from tests.reading import read

NOON = dt.datetime(2030, 3, 11, 12, tzinfo=dt.UTC)
YEAR = 365


@pytest.fixture
def ada(seeded, customer, time_at):
    """Registered two years ago."""
    time_at(NOON)
    made = customer(first_name="Ada", last_name="Byron")
    Customer.objects.filter(pk=made.pk).update(registered_at=NOON - dt.timedelta(days=2 * YEAR))
    return made


@pytest.fixture
def picture(client_of, owner):
    """`picture(ada)` is the picture of her time, as part of her page."""

    def picture(customer, *, staff=owner, part=True):
        more = {"HTTP_HX_REQUEST": "true"} if part else {}
        return read(client_of(staff).get(f"/customers/{customer.pk}/explained/timeline/", **more))

    return picture


def lanes(page) -> list[str]:
    return [one.text for one in page.one("ul", "lanes-names").all("li")]


def table(page) -> dict[str, list[str]]:
    """What happened when, by the titles of the table."""
    shown = page.one("details", "lanes-table").one("tbody").all("tr")
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in shown}


def marks(page) -> list[str]:
    """What the marks say, in the order of the lanes."""
    return [one.text for one in page.one("svg").all("title")]


def ago(days: float) -> dt.datetime:
    return NOON - dt.timedelta(days=days)


def test_each_kind_of_thing_is_a_lane_and_each_month_a_mark(picture, ada, order, cart, visit, product, row):
    for days in (0, 1, 40):
        visit(ada, ago(days))
    order(ada, ago(40), product("Cable"))
    cart(ada, ago(40), product("Cable"))
    row(Mail, customer=ada, recipient=ada.email, template="account", subject="Welcome", sent_at=ago(700))
    thread = row(Thread, customer=ada)
    row(Message, thread=thread, sent_at=ago(3))
    row(Message, thread=thread, sent_at=ago(2), private=True, direction="staff")
    row(Note, customer=ada, created_at=ago(3))
    row(Task, customer=ada, created_at=ago(3))
    page = picture(ada)
    assert lanes(page) == [
        *("Orders 1", "Carts 1", "Visits 3", "E-mails 1", "Messages 1", "Notes 1", "Tasks 1"),
    ]
    assert marks(page) == [
        "Orders, Jan 2030: 1",
        "Carts, Jan 2030: 1",
        "Visits, Jan 2030: 1",
        "Visits, Mar 2030: 2",
        "E-mails, Apr 2028: 1",
        "Messages, Mar 2030: 1",
        "Notes, Mar 2030: 1",
        "Tasks, Mar 2030: 1",
    ]
    assert table(page) == {
        "Mar 2030": ["", "", "2", "", "1", "1", "1"],
        "Jan 2030": ["1", "1", "1", "", "", "", ""],
        "Apr 2028": ["", "", "", "1", "", "", ""],
    }


def test_it_says_all_of_it_in_a_sentence(picture, ada, visit):
    """WCAG: a picture has a text that says the same."""
    visit(ada, ago(1))
    svg = picture(ada).one("svg")
    assert (svg["role"], svg["aria-label"]) == ("img", "From 11 Mar 2028 to today: Visits: 1")


def test_a_lane_leads_to_the_rows_on_the_page(picture, ada, order, product):
    order(ada, ago(1), product("Cable"))
    (link,) = picture(ada).one("ul", "lanes-names").all("a")
    assert link["href"] == "#orders"
    (link,) = picture(ada, part=False).one("ul", "lanes-names").all("a")
    assert link["href"] == f"/customers/{ada.pk}/#orders"


@pytest.mark.parametrize(
    ("registered", "visited", "told"),
    [
        (0, 0, "11 Mar 2030"),
        (44, 3, "8 Mar 2030"),
        (46, 3, "4 Mar 2030 – 10 Mar 2030"),
        (370, 3, "4 Mar 2030 – 10 Mar 2030"),
        (372, 40, "Jan 2030"),
        (5 * YEAR, 40, "Jan 2030"),
        (5 * YEAR + 1, 40, "Jan 2030 – Mar 2030"),
        (16 * YEAR, 40, "2030"),
    ],
)
def test_time_is_parted_in_days_weeks_months_quarters_or_years(
    picture, ada, visit, registered, visited, told
):
    Customer.objects.filter(pk=ada.pk).update(registered_at=ago(registered))
    visit(ada, ago(visited))
    assert table(picture(ada)) == {told: ["1"]}


def test_what_was_before_the_registration_is_there_and_a_line_says_since_when(picture, ada, visit):
    """Guests buy before they register; a browser is known before somebody signs in."""
    visit(ada, ago(3 * YEAR))
    page = picture(ada)
    assert marks(page) == ["Since: 11 Mar 2028", "Visits, Mar 2027: 1"]
    visit(ada, ago(2 * YEAR))
    assert page.one("svg")["aria-label"] == "From 12 Mar 2027 to today: Visits: 1"


def test_a_clock_that_runs_ahead_breaks_nothing(picture, ada, visit):
    """Files may date a registration a day ahead, and another server's clock a visit."""
    Customer.objects.filter(pk=ada.pk).update(registered_at=ago(-1))
    visit(ada, ago(-40))
    page = picture(ada)
    assert table(page) == {"11 Mar 2030": ["1"]}
    assert page.one("svg")["aria-label"] == "From 11 Mar 2030 to today: Visits: 1"


def test_a_day_is_one_of_the_shop(picture, ada, visit):
    """Half past eleven in the evening in London is the next day in Paris."""
    Customer.objects.filter(pk=ada.pk).update(registered_at=ago(5))
    visit(ada, dt.datetime(2030, 3, 9, 23, 30, tzinfo=dt.UTC))
    assert table(picture(ada)) == {"10 Mar 2030": ["1"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Apr 2028,Jul 2028,Oct 2028,Jan 2029,Apr 2029,Jul 2029,Oct 2029,Today"),
        ("pl", "kwi 2028,lip 2028,paź 2028,sty 2029,kwi 2029,lip 2029,paź 2029,Dzisiaj"),
        ("fr", "avr. 2028,juil. 2028,oct. 2028,janv. 2029,avr. 2029,juil. 2029,oct. 2029,Aujourd’hui"),
    ],
)
def test_the_axis_speaks_the_readers_language(picture, ada, visit, owner, language, words):
    owner.language = language
    owner.save()
    visit(ada, ago(1))
    assert [one.text for one in picture(ada).one("svg").all("text")] == words.split(",")


def test_who_has_done_nothing_yet_has_a_sentence(picture, ada):
    assert picture(ada).text == "Nothing has happened since the registration on 11 Mar 2028."


def test_a_lane_that_somebody_may_not_see_is_not_there(picture, ada, order, visit, product, hire):
    order(ada, ago(1), product("Cable"))
    visit(ada, ago(1))
    viewers = Group.objects.get(name="viewer")
    viewers.permissions.set(viewers.permissions.filter(codename__in=("view_customer", "view_visit")))
    assert lanes(picture(ada, staff=hire("viewer"))) == ["Visits 1"]


def test_the_page_itself_asks_nothing_for_it(client_of, owner, ada, visit):
    """Speed: it comes after the page; without scripts a link leads to it."""
    visit(ada, ago(1))
    later = read(client_of(owner).get(f"/customers/{ada.pk}/")).one("section", "later")
    address = f"/customers/{ada.pk}/explained/timeline/"
    assert (later.one("div")["hx-get"], later.one("a")["href"]) == (address, address)
    assert later.all("svg", "lanes-picture") == []
