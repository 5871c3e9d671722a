"""Fixtures of the browser tests: two small shops, and pages of them."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone

from backoffice.records.actors import Actor, Door
from customers import services
from customers.queries import refresh_key_figures


@pytest.fixture
def small_shop(live_server, customer, group, tag, task, title, mr, mrs, owner) -> SimpleNamespace:
    """Wendy, John, Ada and Bob, with a task, two groups, a tag and a title more than a fresh shop has."""
    wholesale, problem = group("Wholesale", name_fr="Grossistes"), tag("PROBLEM")
    title("Dr", kind="neutral")
    now = timezone.now()
    people = SimpleNamespace(
        john=customer(
            first_name="John",
            last_name="DOE",
            email="pub@prestashop.com",
            title=mr,
            birthday=dt.date(1970, 1, 15),
            newsletter=True,
            partner_offers=True,
            registered_at=now - dt.timedelta(days=4000),
            visited=now,
        ),
        ada=customer(
            first_name="Ada",
            last_name="Byron",
            title=mrs,
            groups=[wholesale],
            registered_at=now - dt.timedelta(days=3),
        ),
        bob=customer(
            first_name="Bob",
            last_name="Ożóg",
            active=False,
            registered_at=now - dt.timedelta(days=2),
            tags=[problem],
        ),
        wendy=customer(
            first_name="Wendy",
            last_name="Moira",
            email="wendy.moira.angela.darling.of.bloomsbury@letters.example.com",
            title=mrs,
            registered_at=now - dt.timedelta(days=1),
        ),
        wholesale=wholesale,
        problem=problem,
    )
    task("Call about the parcel", customer=people.ada, due_on=timezone.localdate(now))
    refresh_key_figures()
    say_something(people.ada, owner)
    return people


def say_something(wendy, agent) -> None:
    """What a customer's file shows of what was written: a conversation with all kinds of messages, a mail, notes."""
    by = Actor(staff=agent, door=Door.PAGE)
    thread = services.receive_message(wendy, "Where is my parcel?", subject="Parcel", by=by).thread
    services.reply(thread, "It left today.", by=by)
    services.remark(thread, "Lost by the carrier.", by=by)
    services.receive_message(wendy, "Still nothing.", thread=thread, by=by)
    services.log_mail(wendy, recipient=wendy.email, template="account", subject="Welcome", language="en")
    for text in ("Asked for the catalogue.", "A long story. " * 40):
        services.add_note(wendy, text, by=by)


def come_by(wendy) -> None:
    """Somebody whom nobody knows was in the shop, and then Wendy from the same IP address."""
    for visitor, who in (("p" * 32, None), ("w" * 32, wendy)):
        arrival = services.Arrival(
            visitor=visitor,
            page="/lanterns/a-very-long-name-of-a-lantern-that-nobody-ever-wanted-to-read",
            ip="192.0.2.7",
            user_agent="Mozilla/5.0 (iPhone) Mobile",
            referrer="https://www.google.com/search",
            customer=who,
        )
        services.view_page(arrival, by=Actor(staff=None, door=Door.SHOP))


@pytest.fixture
def neverland(live_server, address, customer, custom_field, group, tag, task, title, mrs, hire) -> dict:
    """Three customers by first name, so that no list is empty; Wendy has all that a customer can have."""
    agent = hire("support", email="hook@example.com", name="James Hook")
    wholesale, problem = group("Wholesale", discount="15.00"), tag("PROBLEM")
    title("Dr", kind="neutral")
    hat = f"custom_{custom_field('Hat size', kind='number').pk}"
    people = [
        customer(
            first_name="Wendy",
            last_name="Moira Darling",
            email="wendy.moira.angela.darling.of.bloomsbury@letters.example.com",
            title=mrs,
            birthday=dt.date(1990, 5, 9),
            groups=[wholesale],
            tags=[problem],
            sales_agent=agent,
            phone="+44 20 7946 0018",
            company="Darling & Sons",
            note="Rings twice.",
            visited=timezone.now(),
            spent="1191.20",
            **{hat: 56},
        ),
        customer(first_name="Peter", last_name="Pan", active=False),
        customer(first_name="Nana", last_name="Newfoundland", guest=True, email="nana@shop.test"),
    ]
    address(
        people[0],
        company="Darling & Sons",
        address1="14, Kensington Gardens",
        city="London",
        postcode="EC1Y 8SY",
        country="GB",
        phone="020 7946 0018",
        default_billing=True,
    )
    today = timezone.localdate()
    for title_of_task, day in (("Call back", today), ("Send the offer", today - dt.timedelta(days=1))):
        task(title_of_task, customer=people[0], due_on=day, assignee=agent)
    say_something(people[0], agent)
    come_by(people[0])
    refresh_key_figures()
    return {one.first_name: one for one in people}


@pytest.fixture
def opened(signed_in_page, owner) -> Callable:
    """`opened("/customers/", width=375)` is a page of the owner that shows that address."""

    def opened(address: str, *, staff=None, **look):
        page = signed_in_page(staff or owner, **look)
        page.goto(address)
        return page

    return opened
