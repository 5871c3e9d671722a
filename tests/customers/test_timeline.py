"""History as it is read (U14): days, moments, one line a value, and who it was without saying it on every line."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.records.actors import Actor, Door
from backoffice.screen import formats
from backoffice.screen.days import start_of
from backoffice.sections import Choice
from customers import services
from customers.models import Customer, Membership
from tests.reading import history, read


@pytest.fixture
def page(client):
    """`page(john)` is his history page."""
    return lambda customer: read(client.get(f"/customers/{customer.pk}/history/"))


def edit(customer, values, by):
    services.edit_customer(Customer.objects.get(pk=customer.pk), values, by=by)


def test_what_one_person_did_at_once_stands_under_one_head(customer, owner, page):
    """U14: a head says who and when, a line what; not a card and a table a value."""
    john = customer()
    edit(john, {"phone": "2", "company": "Acme", "active": False}, Actor(owner, Door.PAGE, "203.0.113.7"))
    moment = page(john).one("li", "act")
    assert moment.one("p").text.split()[1:] == "Owner Back office page 203.0.113.7".split()
    assert [line.text for line in moment.all("span", "change")] == [
        "Status: Yes → No",
        "Phone: not set → 2",
        "Company: not set → Acme",
    ]


def test_a_second_change_of_the_same_value_has_a_head_of_its_own(customer, owner, page):
    """U14: two acts stay two, however quick."""
    john, by = customer(), Actor(owner, Door.PAGE)
    edit(john, {"phone": "2"}, by)
    edit(john, {"phone": "3"}, by)
    assert [moment.one("span", "change").text for moment in page(john).all("li", "act")[:2]] == [
        "Phone: 2 → 3",
        "Phone: not set → 2",
    ]


@pytest.mark.parametrize("later", [-400, 0, 400])
def test_who_was_added_was_so_before_anything_else(customer, client, page, later):
    """U14: “Added” stood above “Groups: – → Default” of the same second."""
    john = customer()
    added = john.history.get().history_date
    moved = added + dt.timedelta(milliseconds=later)
    Membership.history.filter(customer_id=john.pk).update(history_date=moved)
    assert [line.text for line in page(john).all("span", "change")] == ["Groups: Default added", "Added"]


def test_who_was_deleted_was_so_after_everything_else(customer, client, page, owner):
    """U14: the groups go with them, in the same second."""
    john = customer()
    services.remove_customer(john, by=Actor(owner, Door.PAGE))
    lines = [line.text for line in page(john).all("span", "change")]
    assert (lines[0], lines[-1]) == ("Deleted", "Added")
    assert "Groups: Default removed" in lines[1:-1]


@pytest.mark.parametrize(
    ("door", "who"),
    [
        ("command", "Command on the server"),
        ("import", "Import"),
        ("api", "API"),
        ("shop", "Shop"),
        ("page", "Somebody"),
    ],
)
def test_where_nobody_was_signed_in_the_door_says_who_it_was(customer, client, door, who):
    """U14: “Nobody signed in · Command” says nothing twice."""
    john = customer()
    edit(john, {"phone": "2"}, Actor(None, Door(door)))
    first = history(client.get(f"/customers/{john.pk}/history/"))[0]
    assert (first.who, first.door) == (who, "Back office page" if door == "page" else "")


def test_an_address_is_said_where_it_differs_and_else_in_a_tip(customer, client, owner, support, page, clock):
    """U37: history named 127.0.0.1 on every line."""
    john = customer()
    for phone, staff, ip in (
        ("2", owner, "198.51.100.4"),
        ("3", owner, "127.0.0.1"),
        ("4", support, "203.0.113.7"),
        ("5", owner, "127.0.0.1"),
    ):
        clock(60)
        edit(john, {"phone": phone}, Actor(staff, Door.PAGE, ip))
    moments = page(john).all("li", "act")[:4]
    assert [[one.text for one in moment.all("span", "ip")] for moment in moments] == [
        ["127.0.0.1"],
        ["203.0.113.7"],
        [],
        ["198.51.100.4"],
    ]
    assert [moment.one("span", "origin")["title"] for moment in moments] == [
        "127.0.0.1",
        "203.0.113.7",
        "127.0.0.1",
        "198.51.100.4",
    ]


def test_days_stand_over_what_happened_on_them(customer, client, page, owner):
    """U14: in the shop's time zone; today and yesterday by their names."""
    john = customer()
    for phone in ("2", "3"):
        edit(john, {"phone": phone}, Actor(owner, Door.PAGE))
    midnight = start_of(timezone.localdate())
    for row, moment in zip(
        john.history.order_by("history_id"),
        (dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), midnight - dt.timedelta(seconds=1), midnight),
        strict=True,
    ):
        john.history.filter(pk=row.pk).update(history_date=moment)
    Membership.history.filter(customer_id=john.pk).delete()
    heads = page(john).all("h2", "timeline-day")
    today, yesterday = formats.day(midnight), formats.day(midnight - dt.timedelta(seconds=1))
    assert [one.text for one in heads] == [f"Today, {today}", f"Yesterday, {yesterday}", "1 Mar 2026"]


def test_a_group_and_a_change_of_one_save_are_one_moment(customer, owner, group, client, typed):
    """U14: groups are kept in a history of their own, which nobody has to know."""
    john, wholesale = customer(), group("Wholesale")
    services.add_to_group(
        Customer.objects.filter(pk=john.pk), by=Actor(owner, Door.PAGE), choice=Choice(str(wholesale.pk))
    )
    edit(john, {"phone": "2"}, Actor(owner, Door.PAGE))
    first = history(client.get(f"/customers/{john.pk}/history/"))[0]
    assert first.fields == {"Phone": ("not set", "2"), "Groups": "Wholesale added"}
