"""A group's history tells who joined and who left it: by whom, why, when; many at once are one line (issue 9, 9)."""

import datetime as dt
from types import SimpleNamespace

import pytest

from backoffice.records.actors import Actor, Door
from backoffice.sections import Choice
from customers import services
from customers.models import Customer, MemberAct, Membership
from customers.sections.group_history import member_changes
from customers.services.member_acts import acts_of_the_past
from groups.rules.filling import Match, Rule, condition
from tests.reading import read

NEWS = Rule(match=Match.ALL, conditions=(condition("newsletter", "is", True),))
NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


@pytest.fixture
def told(client, wholesale):
    """The lines of the group's history, newest first: (who and how, "Members: Ada DOE joined", where it leads)."""

    def told():
        page = read(client.get(f"/groups/{wholesale.pk}/history/"))
        found = []
        for act in page.all("li", "act"):
            head = " ".join(act.one("p", "act-head").text.split()[1:])
            for line in act.all(css="change"):
                links = line.all("a")
                found.append((head, line.text, links[0]["href"] if links else ""))
        return [one for one in found if one[1].startswith("Members")]

    return told


@pytest.fixture
def choice(wholesale):
    return Choice(str(wholesale.pk), "Wholesale")


def everybody():
    return Customer.objects.all()


def test_one_who_comes_and_goes_is_told_by_name(customer, do, told, wholesale):
    ada = customer(first_name="Ada", last_name="LOVELACE")
    do("add_to_group", [ada], choice=str(wholesale.pk))
    do("remove_from_group", [ada], choice=str(wholesale.pk))
    page = f"/customers/{ada.pk}/"
    assert [one[1:] for one in told()] == [
        ("Members: Ada LOVELACE left", page),
        ("Members: Ada LOVELACE joined", page),
    ]
    assert told()[0][0].startswith("Owner")


def test_it_says_who_by_which_door_and_by_the_rule(customer, told, wholesale, default_group, choice, owner):
    both, command = [default_group, wholesale], Actor.command()
    customer(first_name="Iva", groups=both, by=Actor(staff=owner, door=Door.IMPORT))
    customer(first_name="Pia", groups=both, by=Actor(staff=None, door=Door.API, act="token Till"))
    customer(first_name="Rob", newsletter=True)
    services.save_rule(wholesale, NEWS, by=command)
    services.follow_rule(everybody(), by=command, choice=choice)
    assert [one[:2] for one in told()] == [
        ("Command on the server", "Members: Rob DOE joined by the rule"),
        ("Till API", "Members: Pia DOE joined"),
        ("Owner Import", "Members: Iva DOE joined"),
    ]


def test_many_at_once_are_one_line_that_leads_to_them(customer, client, told, wholesale, choice, owner):
    people = [customer(first_name=f"No{n}", newsletter=True) for n in range(3)]
    services.save_rule(wholesale, NEWS, by=Actor.command())
    services.follow_rule(everybody(), by=Actor(owner, Door.PAGE), choice=choice)
    act = MemberAct.objects.get(group=wholesale)
    page = f"/groups/{wholesale.pk}/members/{act.pk}/"
    assert told() == [("Owner Back office page", "Members: 3 customers joined by the rule", page)]
    shown = read(client.get(page))
    assert shown.one("h1").text == "3 customers joined by the rule"
    assert [row.one("th").text for row in shown.one("tbody").all("tr")] == [
        f"No{n} DOE {one.email}" for n, one in enumerate(people)
    ]


def test_the_blocks_of_one_act_are_one_line_and_those_of_the_next_day_another(
    customer, told, wholesale, default_group, choice, time_at
):
    names = [customer(first_name=f"No{n}").pk for n in range(6)]
    for moment, block in ((NOON, names[:2]), (NOON + dt.timedelta(minutes=9), names[2:4])):
        time_at(moment)
        services.add_to_group(everybody().filter(pk__in=block), by=Actor.command(), choice=choice)
    time_at(NOON + dt.timedelta(days=1))
    services.add_to_group(everybody().filter(pk__in=names[4:]), by=Actor.command(), choice=choice)
    assert [one[1] for one in told()] == ["Members: 2 customers joined", "Members: 4 customers joined"]


def test_the_people_of_an_act_come_fifty_a_page(customer, client, wholesale, choice):
    for n in range(53):
        customer(first_name=f"No{n}")
    services.add_to_group(everybody(), by=Actor.command(), choice=choice)
    act = MemberAct.objects.get(group=wholesale)
    first = read(client.get(f"/groups/{wholesale.pk}/members/{act.pk}/"))
    assert len(first.one("tbody").all("tr")) == 50
    following = next(one["href"] for one in first.all("a") if one.text == "Next page")
    second = read(client.get(f"/groups/{wholesale.pk}/members/{act.pk}/{following}"))
    assert len(second.one("tbody").all("tr")) == 3
    assert client.get(f"/groups/1/members/{act.pk}/").status_code == 404
    assert client.get(f"/groups/{wholesale.pk}/members/{10**18}/").status_code == 404


def test_who_is_deleted_has_no_name_there(customer, client, told, wholesale, choice):
    ada = customer(first_name="Ada")
    services.add_to_group(everybody().filter(pk=ada.pk), by=Actor.command(), choice=choice)
    services.hide_customer(ada, by=Actor.command())
    assert told()[0][1:] == (f"Members: Customer {ada.pk} (deleted) joined", "")


def test_its_cost_does_not_depend_on_how_many_came(customer, query_count, wholesale, choice):
    def came(number):
        for _one in range(number):
            someone = customer()
            services.add_to_group(everybody().filter(pk=someone.pk), by=Actor.command(), choice=choice)
        return query_count(f"/groups/{wholesale.pk}/history/")

    assert came(2) == came(7)


def test_who_may_not_see_customers_reads_nothing_of_them(customer, told, wholesale, choice):
    customer(first_name="Ada")
    services.add_to_group(everybody(), by=Actor.command(), choice=choice)
    assert len(told()) == 1
    stranger = SimpleNamespace(has_perm=lambda right: right != "customers.view_customer")
    assert member_changes(wholesale, 50, stranger) == []


def test_what_was_before_is_told_by_days(customer, told, wholesale, choice, time_at):
    """A shop that has a history already: what one hand did for one reason on one day is one line."""
    for n in range(4):
        time_at(NOON + dt.timedelta(days=n // 3))
        one = customer(first_name=f"No{n}")
        services.add_to_group(everybody().filter(pk=one.pk), by=Actor.command(), choice=choice)
    MemberAct.objects.all().delete()
    acts_of_the_past()
    assert [one[1] for one in told()] == ["Members: No3 DOE joined", "Members: 3 customers joined"]
    act = MemberAct.objects.get(group=wholesale, number=3)
    assert Membership.history.filter(history_date__lte=act.at, group_id=wholesale.pk).count() == 3
