"""Why is she in this group? Origin, who, when, until when, and what came before (issue 9, point 9)."""

import datetime as dt

import pytest

from backoffice.records.actors import Actor, Door
from backoffice.sections import Choice
from customers import services
from customers.models import Membership
from customers.services.pinning import end_pins
from groups.rules.filling import Match, Rule, condition
from tests.reading import read

NEWS = Rule(match=Match.ALL, conditions=(condition("newsletter", "is", True),))


@pytest.fixture
def of(wholesale):
    """`of(ada)` gives her membership of Wholesale."""
    return lambda person: Membership.objects.filter(customer=person, group=wholesale).first()


@pytest.mark.parametrize(
    ("door", "origin"),
    [
        (Door.PAGE, "hand"),
        (Door.COMMAND, "hand"),
        (Door.IMPORT, "import"),
        (Door.API, "api"),
        (Door.SHOP, "shop"),
    ],
)
def test_each_door_says_what_put_somebody_into_a_group(
    customer, owner, wholesale, default_group, of, door, origin
):
    ada = customer(groups=[default_group, wholesale], by=Actor(staff=owner, door=door))
    assert (of(ada).origin, of(ada).added_by, of(ada).added_at is not None) == (origin, owner, True)


def test_the_customers_page_and_the_groups_page_tell_why(customer, client, do, wholesale, time_at):
    time_at(dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC))
    ada = customer(first_name="Ada")
    do("add_to_group", [ada], choice=str(wholesale.pk))
    panel = read(client.get(f"/customers/{ada.pk}/")).one("section", "panel", id="groups")
    row = next(one for one in panel.all("tr") if "Wholesale" in one.text)
    assert "By hand, Owner, 27 Nov 2026" in row.text
    link = next(one for one in row.all("a") if one.text.startswith("By hand"))
    assert link["href"] == f"/customers/{ada.pk}/groups/{wholesale.pk}/"
    members = read(client.get(f"/groups/{wholesale.pk}/")).one("section", "panel", id="members")
    assert "By hand, Owner, 27 Nov 2026" in members.text


def test_joins_and_leaves_stand_on_a_page_of_their_own(customer, client, do, wholesale):
    ada = customer(first_name="Ada", newsletter=True)
    services.save_rule(wholesale, NEWS, by=Actor.command())
    services.follow_rule(type(ada).objects.all(), by=Actor.command(), choice=_choice(wholesale))
    services.switch(ada, "newsletter", False, by=Actor.command())
    do("add_to_group", [ada], choice=str(wholesale.pk))
    page = read(client.get(f"/customers/{ada.pk}/groups/{wholesale.pk}/"))
    told = [one.one("span").text for one in page.one("ul", "log").all("li")]
    assert told == [
        "Joined · Owner",
        "Left by the rule · Command on the server",
        "Joined by the rule · Command on the server",
    ]
    assert "Does not meet it (Newsletter: No)." in page.one("dl", "facts").text


def _choice(group):
    return Choice(str(group.pk), group.name)


def test_the_history_of_the_customer_says_which_moves_were_the_rules(customer, client, wholesale):
    services.save_rule(wholesale, NEWS, by=Actor.command())
    ada = customer(newsletter=True)
    said = read(client.get(f"/customers/{ada.pk}/history/")).text
    assert "Wholesale (by the rule) added" in said


def test_a_pin_ends_with_its_last_day(customer, client, wholesale, of, time_at, counted_right):
    """Pinned until 30 November they are in the group that day still, and left it on 1 December."""
    time_at(dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC))
    ada = customer(first_name="Ada")
    client.post(
        f"/groups/{wholesale.pk}/members/",
        {"act": "add", "customer": str(ada.pk), "until": "2026-11-30", "do": "check"},
    )
    assert (of(ada).origin, of(ada).until) == ("hand", dt.date(2026, 11, 30))
    time_at(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC))
    assert (end_pins(by=Actor.command()), of(ada) is not None) == (0, True)
    time_at(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC))
    assert (end_pins(by=Actor.command()), of(ada)) == (1, None)
    counted_right()


def test_a_pin_that_is_over_leaves_them_to_the_rule(customer, wholesale, of, do):
    services.save_rule(wholesale, NEWS, by=Actor.command())
    ada = customer(first_name="Ada", newsletter=True)
    rows = type(ada).objects.filter(pk=ada.pk)
    services.pin(rows, wholesale, until=dt.date(2026, 1, 1), by=Actor.command())
    assert end_pins(by=Actor.command()) == 1
    assert (of(ada).origin, of(ada).until) == ("rule", None)


def test_staff_keep_somebody_by_hand_and_leave_them_to_the_rule_again(customer, client, wholesale, of):
    services.save_rule(wholesale, NEWS, by=Actor.command())
    ada = customer(newsletter=True)
    address = f"/customers/{ada.pk}/groups/{wholesale.pk}/"
    assert of(ada).origin == "rule"
    client.post(address, {"do": "pin", "until": ""})
    assert of(ada).origin == "hand"
    services.switch(ada, "newsletter", False, by=Actor.command())
    assert of(ada).origin == "hand"
    # Who no longer meets the rule leaves at once.
    client.post(address, {"do": "release"})
    assert of(ada) is None


@pytest.mark.parametrize(("until", "told"), [("2020-01-01", "This day is over."), ("soon", "is not a date")])
def test_a_day_that_is_over_or_none_is_refused(customer, client, wholesale, default_group, of, until, told):
    ada = customer(groups=[default_group, wholesale])
    answer = client.post(f"/customers/{ada.pk}/groups/{wholesale.pk}/", {"do": "pin", "until": until})
    assert told in read(answer).text
    assert of(ada).until is None


def test_a_membership_of_somebody_who_is_not_there_is_no_page(client, wholesale, customer):
    assert client.get(f"/customers/999/groups/{wholesale.pk}/").status_code == 404
    assert client.get(f"/customers/{customer().pk}/groups/999/").status_code == 404


def test_taking_a_removal_back_gives_the_last_day_back(customer, do, wholesale, default_group, of, time_at):
    """Fresh eyes: a membership until a day became one for good."""
    time_at(dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC))
    ada = customer(groups=[default_group])
    choice = Choice(f"{wholesale.pk}@2026-12-24")
    services.add_to_group(type(ada).objects.all(), by=Actor.command(), choice=choice)
    do("remove_from_group", [ada], choice=str(wholesale.pk))
    assert of(ada) is None
    services.back_in_group(type(ada).objects.all(), by=Actor.command(), choice=Choice(str(wholesale.pk)))
    assert of(ada).until == dt.date(2026, 12, 24)
