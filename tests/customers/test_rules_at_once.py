"""Groups that fill themselves: rules follow what changes at once, and what staff do by hand wins (issue 9)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from addresses.models import Address
from addresses.services import delete_addresses
from backoffice.models import Job
from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer, KeptOut, Membership
from customers.services.figures import record_purchase, record_visit, revise_purchase
from customers.services.rule_preview import preview

from .ruling import origins, rule

BY = Actor.command()


def test_whoever_meets_the_rule_joins_at_once_and_leaves_again(
    set_rule, customer, wholesale, members_counted
):
    ada = customer(first_name="Ada")
    set_rule(rule(("total_spent", "at_least", "100")))
    record_purchase(ada.pk, placed_at=timezone.now(), value=Decimal("99.99"), valid=True)
    assert origins(wholesale) == {}
    record_purchase(ada.pk, placed_at=timezone.now(), value=Decimal("0.01"), valid=True)
    assert origins(wholesale) == {"Ada": "rule"}
    revise_purchase(ada.pk, valid_orders=-1, spent=Decimal("-0.01"))
    assert origins(wholesale) == {}
    reasons = Membership.history.filter(group=wholesale).order_by("history_id")
    assert list(reasons.values_list("history_type", "history_change_reason")) == [
        ("+", "rule"),
        ("-", "rule"),
    ]
    members_counted()


@pytest.mark.parametrize(
    ("conditions", "change"),
    [
        ([("newsletter", "is", True)], lambda ada: services.switch(ada, "newsletter", True, by=BY)),
        (
            [("newsletter", "is", True)],
            lambda ada: services.set_flag(Customer.objects.all(), "newsletter", True, by=BY),
        ),
        (
            [("age", "at_least", 18)],
            lambda ada: services.edit_customer(ada, {"birthday": dt.date(1990, 1, 1)}, by=BY),
        ),
        (
            [("last_visit", "last_days", 2)],
            lambda ada: record_visit(ada.pk, started_at=timezone.now()),
        ),
        (
            [("registered_at", "until", "2020-01-01")],
            lambda ada: services.edit_customer(
                ada, {"registered_at": dt.datetime(2019, 5, 1, tzinfo=dt.UTC)}, by=BY
            ),
        ),
    ],
)
def test_each_fact_that_changes_is_followed_at_once(set_rule, customer, wholesale, conditions, change):
    ada = customer(first_name="Ada", newsletter=False)
    set_rule(rule(*conditions))
    change(ada)
    assert origins(wholesale) == {"Ada": "rule"}


def test_a_country_is_followed_with_the_address_that_it_comes_from(set_rule, customer, address, wholesale):
    """Decision 29: adding, changing and deleting the default billing address move it."""
    ada = customer(first_name="Ada")
    set_rule(rule(("country", "any_of", ["BE"])))
    address(ada)
    assert origins(wholesale) == {}
    brussels = address(ada, country="BE", postcode="1000", city="Brussels", default_billing=True)
    assert origins(wholesale) == {"Ada": "rule"}
    delete_addresses(Address.objects.filter(pk=brussels.pk), by=BY)
    assert origins(wholesale) == {}


def test_a_new_customer_is_put_where_the_rules_want_them(set_rule, customer, wholesale, members_counted):
    set_rule(rule(("newsletter", "is", True)))
    ada = customer(first_name="Ada", newsletter=True)
    assert origins(wholesale) == {"Ada": "rule"}
    services.hide_customer(ada, by=BY)
    services.switch(customer(first_name="Bob"), "newsletter", True, by=BY)
    services.bring_back(ada, by=BY)
    assert origins(wholesale) == {"Ada": "rule", "Bob": "rule"}
    members_counted()


def test_a_tag_that_one_rule_puts_on_is_read_by_the_next_one(set_rule, customer, group, tag, wholesale):
    """S3.26–S3.28: 200 spent makes RECURRENT, and RECURRENT makes wholesale."""
    recurrent, loyalty = tag("RECURRENT"), group("Loyalty")
    set_rule(rule(("tag", "any_of", [recurrent.pk])))
    set_rule(rule(("total_spent", "at_least", "200"), fills=False, tags=(recurrent.pk,)), loyalty)
    ada = customer(first_name="Ada")
    record_purchase(ada.pk, placed_at=timezone.now(), value=Decimal(200), valid=True)
    assert (origins(wholesale), origins(loyalty)) == ({"Ada": "rule"}, {})
    assert [one.name for one in ada.tags.all()] == ["RECURRENT"]


def test_only_rules_that_read_the_fact_are_asked(set_rule, customer, django_assert_num_queries):
    """A visit costs one question more where no rule reads visits."""
    ada = customer()
    with django_assert_num_queries(4):  # savepoint, rules, update, release
        record_visit(ada.pk, started_at=timezone.now())
    set_rule(rule(("newsletter", "is", True)))
    with django_assert_num_queries(4):
        record_visit(ada.pk, started_at=timezone.now())


# By hand wins


def test_whom_staff_put_in_stays_and_whom_they_take_out_stays_out(
    set_rule, customer, do, client, wholesale, answered
):
    """Point 9: by hand wins over the rule, both ways; put in again, somebody is no longer kept out."""
    set_rule(rule(("newsletter", "is", True)))
    ada, bob = customer(first_name="Ada", newsletter=True), customer(first_name="Bob")
    do("add_to_group", [ada, bob], choice=str(wholesale.pk))
    assert origins(wholesale) == {"Ada": "hand", "Bob": "hand"}
    services.switch(ada, "newsletter", False, by=BY)
    call_command("apply_group_rules", verbosity=0)
    assert origins(wholesale) == {"Ada": "hand", "Bob": "hand"}
    services.switch(ada, "newsletter", True, by=BY)
    do("remove_from_group", [ada, bob], choice=str(wholesale.pk))
    call_command("apply_group_rules", verbosity=0)
    assert origins(wholesale) == {}
    # Bob does not meet the rule: there is nothing to keep him out of.
    assert list(KeptOut.objects.values_list("customer__first_name", flat=True)) == ["Ada"]
    do("add_to_group", [ada], choice=str(wholesale.pk))
    assert (origins(wholesale), KeptOut.objects.count()) == ({"Ada": "hand"}, 0)


def test_taking_back_an_addition_by_hand_leaves_members_to_their_rule(
    set_rule, customer, do, client, wholesale
):
    set_rule(rule(("newsletter", "is", True)))
    ada, bob = customer(first_name="Ada", newsletter=True), customer(first_name="Bob")
    do("add_to_group", [ada, bob], choice=str(wholesale.pk))
    client.post(f"/jobs/{Job.objects.get().pk}/undo/")
    assert origins(wholesale) == {"Ada": "rule"}
    assert not KeptOut.objects.exists()


def test_taking_back_a_removal_makes_them_the_rules_again(set_rule, customer, do, client, wholesale):
    set_rule(rule(("newsletter", "is", True)))
    ada = customer(first_name="Ada", newsletter=True)
    do("remove_from_group", [ada], choice=str(wholesale.pk))
    assert (origins(wholesale), KeptOut.objects.count()) == ({}, 1)
    client.post(f"/jobs/{Job.objects.get().pk}/undo/")
    assert (origins(wholesale), KeptOut.objects.count()) == ({"Ada": "rule"}, 0)


def test_who_is_in_no_other_group_stays(set_rule, customer, wholesale):
    """Facts 7.7: nobody is left groupless."""
    ada = customer(first_name="Ada", groups=[wholesale])
    Membership.objects.filter(customer=ada).update(origin="rule")
    set_rule(rule(("newsletter", "is", True)))
    assert preview(wholesale, rule(("newsletter", "is", True))).leaving.ids == ()
    call_command("apply_group_rules", verbosity=0)
    assert origins(wholesale) == {"Ada": "rule"}
