"""What goes and what stays when a customer is deleted for good (facts 2.7, mode A)."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import ProtectedError

from addresses.models import Address
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.changes import delete_set
from backoffice.records.recounting import recount_all
from carts.models import Cart, CartLine, Order, OrderLine, Voucher
from customers.models import (
    Consent,
    Customer,
    CustomValue,
    Mail,
    Message,
    Note,
    Tag,
    Tagging,
    Task,
    Thread,
    Visit,
)
from customers.services import remove_customer
from customers.services.deletion import foretell_removal
from groups.models import Group


def test_any_number_of_customers_is_foretold(db):
    """Issue 2, bad input: SQLite takes 250,000 parameters and no more; "all that match" may be a million."""
    assert foretell_removal(range(1, 300_001))[0] == "Removes 300,000 customers."


@pytest.fixture
def ada(customer, row) -> Customer:
    """A customer with something in every table."""
    ada = customer(first_name="Ada", last_name="Byron", email="ada@shop.example")
    home = row(Address, customer=ada, default_billing=True)
    cart = row(Cart, customer=ada, items_count=1, shipping_address=home)
    row(CartLine, cart=cart)
    row(Cart, customer=ada)
    order = row(Order, customer=ada, cart=cart, customer_name="Ada Byron", billing_address="14, Main street")
    row(OrderLine, order=order)
    row(Voucher, customer=ada, amount=Decimal(5))
    row(Message, thread=row(Thread, customer=ada))
    for model in (Note, Task, Visit, Consent, CustomValue):
        row(model, customer=ada)
    row(Mail, customer=ada, recipient=ada.email, template="account", subject="Welcome!")
    list(recount_all(mend=True))
    return ada


def test_it_is_told_beforehand_in_numbers(ada):
    told = foretell_removal([ada.pk])
    for sentence in (
        "Removes 1 address.",
        "Removes 2 carts.",
        "Removes 1 voucher.",
        "Removes 1 value of a custom field.",
        "1 order stays, with the name of the customer.",
    ):
        assert sentence in told


def test_it_is_told_that_the_mails_stay_in_the_log(ada, row):
    """Trial of custom fields, 9: the log keeps the address of who is deleted for good."""
    assert "1 e-mail in the log stays, with the address." in foretell_removal([ada.pk])
    row(Mail, customer=ada, recipient=ada.email, template="account", subject="Your link")
    assert "2 e-mails in the log stay, with the address." in foretell_removal([ada.pk])
    Mail.objects.all().delete()
    assert not [one for one in foretell_removal([ada.pk]) if "e-mails in the log" in one]


def test_orders_stay_under_their_name_and_all_else_goes(ada):
    """Facts 13: a snapshot of the name is kept; D-49: deleted customers never break other pages."""
    remove_customer(ada, by=Actor.command())
    order = Order.objects.get()
    assert (order.customer_id, order.cart_id) == (None, None)
    assert (order.customer_name, order.billing_address) == ("Ada Byron", "14, Main street")
    assert order.lines.count() == 1
    left = [
        model.__name__
        for model in (
            Customer,
            Address,
            Cart,
            CartLine,
            Voucher,
            Thread,
            Message,
            Note,
            Task,
            Visit,
            Consent,
            CustomValue,
        )
        if model.objects.exists()
    ]
    assert left == []
    assert Mail.objects.get().customer_id is None


def test_the_lengths_of_all_lists_are_right_afterwards(ada):
    """D-97: no list counts itself, so whoever removes says so."""
    remove_customer(ada, by=Actor.command())
    assert [str(difference) for difference in recount_all(mend=False)] == []


def test_the_history_outlives_the_records(ada):
    """D-93: addresses, notes and the customer are gone, their histories say when and by whom."""
    remove_customer(ada, by=Actor.command())
    for model in (Customer, Address, Note, Voucher):
        assert model.history.filter(history_type="-").count() == 1


def test_what_others_need_is_not_removed_set_wise(ada):
    """Facts 7.7: a default group stays as long as somebody has it; nothing is half removed."""
    group = ada.default_group
    with pytest.raises(ProtectedError):
        delete_set(Group.objects.filter(pk=group.pk), by=Actor.command())
    assert ada.groups.get() == group


def test_all_that_goes_with_a_customer_is_written_down(ada):
    """Decision 28: the set-wise deletion leaves a history row of each that has a history."""
    remove_customer(ada, by=Actor.command())
    gone = [
        model.__name__
        for model in apps.get_models()
        if hasattr(model, "history") and model.history.filter(history_type="-").exists()
    ]
    assert sorted(gone) == [
        "Address",
        "CustomValue",
        "Customer",
        "Membership",
        "Note",
        "Task",
        "Thread",
        "Voucher",
    ]


def test_a_cart_whose_address_is_removed_stays_without_it(ada, row):
    """Facts 13: what only points at a record is kept and points at nothing, also where nobody can look it up back."""
    home = row(Address, customer=ada)
    cart = row(Cart, customer=ada, billing_address=home)
    delete_set(Address.objects.filter(pk=home.pk), by=Actor.command())
    assert Cart.objects.get(pk=cart.pk).billing_address is None
    assert not Address.objects.filter(pk=home.pk).exists()


class Broken(Exception):
    """Something that goes wrong in the middle of a change."""


def test_a_change_that_cannot_be_counted_is_not_made(tag, monkeypatch):
    """Habit 1: record, history and count are written together or not at all, whoever calls."""
    recurrent = tag("RECURRENT")

    def broken(*_change):
        raise Broken

    monkeypatch.setattr(changes.Counter, "move", broken)
    with pytest.raises(Broken):
        changes.save(Tag.objects.get(pk=recurrent.pk), {"name": "PROBLEM"}, by=Actor.command())
    with pytest.raises(Broken):
        changes.delete(Tag.objects.get(pk=recurrent.pk), by=Actor.command())
    assert list(Tag.objects.values_list("name", flat=True)) == ["RECURRENT"]
    assert list(Tag.history.values_list("history_type", flat=True)) == ["+"]


def test_a_removal_that_breaks_off_removes_nothing(customer, tag, monkeypatch):
    """Habit 1: what went first, all that cascades, is back with its record."""
    recurrent = tag("RECURRENT")
    ada = customer(tags=[recurrent])
    works = changes.record_set

    def breaks_at_the_tag(rows, **said):
        if rows.model is Tag:
            raise Broken
        return works(rows, **said)

    monkeypatch.setattr(changes, "record_set", breaks_at_the_tag)
    with pytest.raises(Broken):
        delete_set(Tag.objects.filter(pk=recurrent.pk), by=Actor.command())
    assert list(ada.tags.all()) == [recurrent]
    assert not Tagging.history.filter(history_type="-").exists()
