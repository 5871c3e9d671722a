"""Several members of staff at the same instant: nobody is lost, no count is wrong, nobody is told to try again."""

import itertools
import threading
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction

from backoffice.database.counting import move
from backoffice.records.actors import Actor
from backoffice.records.changes import hold
from backoffice.records.errors import NotAllowed
from backoffice.records.required_fields import required_in
from backoffice.sections import Choice
from customers import services
from customers.models import Customer
from customers.services.links import link_of
from customers.services.passwords import TooSoon
from groups.models import Group
from tests.together import together

BY = Actor.command()
ROUNDS = 12


@pytest.fixture
def at_once(transactional_db, shop):
    """`at_once(one, other)` runs them in threads that start together; gives what each raised, None for nothing."""

    def at_once(*functions: Callable[[], object]) -> list[BaseException | None]:
        return together(*functions)[1]

    return at_once


def repeat(function: Callable[[int], object]) -> Callable[[], None]:
    """The function, so many times over, with the number of the round."""

    def rounds():
        for number in range(ROUNDS):
            function(number)

    return rounds


def test_of_two_who_add_the_same_address_one_is_told_who_has_it(at_once, customer, counted_right):
    """D-34, D-35: one account, and a sentence at the field for the other."""
    for number in range(4):
        raised = at_once(*[lambda number=number: customer(email=f"twin{number}@shop.example")] * 2)
        refused = [error for error in raised if error is not None]
        assert [type(error) for error in refused] == [ValidationError]
        assert list(refused[0].error_dict) == ["email"]
    assert Customer.objects.count() == 4
    counted_right()


def test_of_two_who_send_a_password_link_one_is_told_that_there_was_one(at_once, customer):
    """S0.14: the second inside the window is refused, however close they are; one mail, and its link works."""
    for number in range(1, 5):
        who = customer(password="12345")
        raised = at_once(*[lambda who=who: services.send_password_link(who, by=BY)] * 2)
        assert [type(error) for error in raised if error is not None] == [TooSoon]
        assert len(mail.outbox) == number


def test_of_two_guests_of_one_address_one_becomes_a_customer(at_once, customer, counted_right):
    """Facts 4.14, decision 4: accounts never share an address; the other is told who has it."""
    for number in range(4):
        guests = [customer(guest=True, email=f"twin{number}@shop.example") for _ in range(2)]
        raised = at_once(*[lambda one=one: services.turn_into_customer(one, by=BY) for one in guests])
        (refused,) = [error for error in raised if error is not None]
        assert type(refused) is NotAllowed
        assert "already has an account" in refused.message
        assert Customer.objects.registered().filter(email=guests[0].email).count() == 1
    counted_right()


def test_of_two_passwords_behind_one_link_one_counts(at_once, customer):
    """The link works once."""
    token = link_of(customer(password="12345")).split("/")[-2]
    chosen = []

    def choose(password: str):
        chosen.append(services.choose_password(token, password, by=BY))

    assert at_once(lambda: choose("correct horse"), lambda: choose("other horse")) == [None, None]
    assert chosen.count(None) == 1


def test_of_two_who_add_the_same_tag_one_is_told_its_name_is_taken(at_once, tag, group, title):
    """Issue 2: never an error page; groups and titles alike."""
    for make, limit in ((tag, 4), (group, 4), (title, 4)):
        for number in range(limit):
            raised = at_once(*[lambda make=make, number=number: make(f"Twin{number}")] * 2)
            refused = [error for error in raised if error is not None]
            assert [type(error) for error in refused] == [ValidationError]
            assert list(refused[0].error_dict) == ["name"]


def test_people_added_grouped_tagged_edited_and_hidden_at_once_are_all_counted(
    at_once, customer, group, tag, counted_right
):
    """Decision 39: counts move in the transaction of the change, whoever else moves them; nobody waits for ever."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    people = [customer() for _ in range(6)]
    default = people[0].default_group
    everybody = Customer.objects.filter(pk__in=[one.pk for one in people])
    switching = itertools.cycle([[default, wholesale], [default]])

    def put_in_and_out(number):
        services.add_to_group(everybody, by=BY, choice=Choice(str(wholesale.pk)))
        services.remove_from_group(everybody, by=BY, choice=Choice(str(wholesale.pk)))

    def tag_and_untag(number):
        services.tag(everybody, by=BY, choice=Choice(str(problem.pk)))
        services.untag(everybody, by=BY, choice=Choice(str(problem.pk)))

    def hide_and_bring_back(number):
        services.hide_customer(people[0], by=BY)
        services.bring_back(people[0], by=BY)

    raised = at_once(
        repeat(
            lambda number: customer(
                email=f"new{number}@shop.example", groups=[default, wholesale], tags=[problem]
            )
        ),
        repeat(lambda number: services.edit_customer(people[1], {"groups": next(switching)}, by=BY)),
        repeat(put_in_and_out),
        repeat(tag_and_untag),
        repeat(hide_and_bring_back),
    )
    assert raised == [None] * 5
    assert Customer.objects.here().count() == 6 + ROUNDS
    counted_right()


@pytest.mark.parametrize(
    "verb", ["hide", "remove", "add_to_group", "remove_from_group", "tag", "untag", "set_flag"]
)
def test_the_same_thing_done_twice_at_once_is_done_and_counted_once(
    at_once, customer, group, tag, counted_right, verb
):
    """Two members of staff press the same button: the second finds it done."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    inside = verb in ("remove_from_group", "untag")
    for _ in range(3):
        people = [
            customer(
                groups=[customer().default_group, *([wholesale] if inside else [])],
                tags=[problem] if inside else [],
            )
            for _ in range(5)
        ]
        rows = Customer.objects.filter(pk__in=[one.pk for one in people])
        act = {
            "hide": lambda rows=rows: services.hide_customers(rows, by=BY),
            "remove": lambda rows=rows: services.remove_customers(rows, by=BY),
            "add_to_group": lambda rows=rows: services.add_to_group(
                rows, by=BY, choice=Choice(str(wholesale.pk))
            ),
            "remove_from_group": lambda rows=rows: services.remove_from_group(
                rows, by=BY, choice=Choice(str(wholesale.pk))
            ),
            "tag": lambda rows=rows: services.tag(rows, by=BY, choice=Choice(str(problem.pk))),
            "untag": lambda rows=rows: services.untag(rows, by=BY, choice=Choice(str(problem.pk))),
            "set_flag": lambda rows=rows: services.set_flag(rows, "newsletter", True, by=BY),
        }[verb]
        done = []
        assert at_once(*[lambda act=act, done=done: done.extend(act())] * 3) == [None] * 3
        assert sorted(done) == sorted(one.pk for one in people)
        counted_right()


@pytest.mark.only_on("postgresql")
def test_who_is_put_into_a_group_holds_up_nobody_who_is_counted_in_it(at_once, group):
    """Decision 39: held, then counted in another order, groups and tags made two changes wait in a circle."""
    wholesale = group("Wholesale")
    held, counted = threading.Event(), threading.Event()

    def put():
        with transaction.atomic():
            hold(Group, [wholesale.pk])
            held.set()
            assert counted.wait(5)

    def count():
        assert held.wait(5)
        move(Group, wholesale.pk, "members_count", 1)
        counted.set()

    assert at_once(put, count) == [None, None]
    assert Group.objects.get(pk=wholesale.pk).members_count == 1


def test_two_fields_made_required_at_once_are_both_required(at_once, custom_field):
    """Neither takes the other's tick back (S0.18, decision 52): each moves its own line of the setting alone."""
    for number in range(ROUNDS):
        fields = [custom_field(f"{name} {number}") for name in ("Shoe size", "Loyalty card")]
        raised = at_once(
            *[
                lambda one=one: services.save_custom_field(one, {"name": one.name}, by=BY, required=True)
                for one in fields
            ]
        )
        assert raised == [None, None]
        assert {f"custom_{one.pk}" for one in fields} <= required_in("customers")
