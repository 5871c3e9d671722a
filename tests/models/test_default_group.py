"""The default group is one of the customer's groups, whatever writes to the database (facts 1.2, 7.6)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from customers.models import Customer, Membership
from groups.models import Group


def settle() -> None:
    """Ask the database now what it would ask at the end of the transaction."""
    connection.check_constraints()


@contextmanager
def refused() -> Iterator[None]:
    """What is done inside breaks the rule at the end of the transaction, and nothing of it stays."""
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012  the caller's statements
        yield
        settle()


def test_a_customer_may_be_written_before_the_membership(row):
    """Both belong to one transaction; their order does not matter."""
    ada = row(Customer)
    settle()
    assert list(ada.memberships.values_list("group_id", flat=True)) == [1]


def test_a_customer_without_the_membership_is_refused(seeded):
    with refused():
        Customer.objects.bulk_create(
            [Customer(first_name="Ada", last_name="Byron", email="a@shop.example", default_group_id=1)]
        )
    assert not Customer.objects.exists()


def test_the_default_group_cannot_become_one_of_which_they_are_no_member(row):
    ada, other = row(Customer), row(Group)
    with refused():
        Customer.objects.filter(pk=ada.pk).update(default_group=other)
    ada.refresh_from_db()
    assert ada.default_group_id == 1


def test_the_membership_of_the_default_group_cannot_be_taken_away(row):
    ada = row(Customer)
    with refused():
        ada.memberships.all().delete()
    assert Membership.objects.filter(customer=ada, group_id=1).exists()


def test_a_membership_cannot_wander_to_another_customer(row):
    ada, bob = row(Customer), row(Customer)
    with refused():
        Membership.objects.filter(customer=bob).delete()
        Membership.objects.filter(customer=ada).update(customer=bob)


def test_default_group_and_membership_may_change_together(row):
    ada, other = row(Customer), row(Group)
    ada.memberships.all().delete()
    row(Membership, customer=ada, group=other)
    Customer.objects.filter(pk=ada.pk).update(default_group=other)
    settle()
    ada.refresh_from_db()
    assert ada.default_group == other


def test_other_memberships_come_and_go(row):
    ada = row(Customer)
    row(Membership, customer=ada, group=row(Group)).delete()
    settle()


def test_a_customer_goes_with_all_memberships(row):
    """Facts 2.7, mode A: memberships are removed with the customer."""
    ada = row(Customer)
    row(Membership, customer=ada, group=row(Group))
    ada.delete()
    settle()
    assert not Membership.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_rule_is_asked_at_commit(seeded_anew):
    """No service has to ask: the commit fails."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.bulk_create(
            [Customer(first_name="Ada", last_name="Byron", email="a@shop.example", default_group_id=1)]
        )
    assert not Customer.objects.exists()
