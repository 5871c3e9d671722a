"""What stays when a customer is deleted softly, and the two ways with and without orders (facts 2.7)."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password

from addresses.models import Address
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Cart, CartLine, Order, Voucher
from customers.models import Consent, Customer, Mail, Membership, Message, Note, Tagging, Task, Thread, Visit
from customers.services import bring_back, hide_customer, remove_customer
from customers.services.deletion import foretell_hiding, foretell_removal

BY = Actor.command()
THEIRS = (
    *(Address, Cart, CartLine, Voucher, Order, Membership, Tagging, Consent),
    *(Note, Task, Thread, Message, Visit, Mail),
)


@pytest.fixture
def ada(customer, row, tag) -> Customer:
    """A customer with something in every table, but no order."""
    ada = customer(first_name="Ada", email="ada@shop.example", tags=[tag("RECURRENT")], newsletter=True)
    row(CartLine, cart=row(Cart, customer=ada, items_count=1, shipping_address=row(Address, customer=ada)))
    row(Voucher, customer=ada, amount=Decimal(5))
    row(Message, thread=row(Thread, customer=ada))
    for model in (Note, Task, Visit):
        row(model, customer=ada)
    row(Mail, customer=ada, recipient=ada.email, template="account", subject="Welcome!")
    list(recount_all(mend=True))
    return ada


def stored() -> dict:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in THEIRS}


def test_hidden_all_that_is_theirs_stays_as_it_is(ada, row):
    """Mode B: memberships, addresses, carts, messages, vouchers, orders, to the last value."""
    row(Order, customer=ada, customer_name="Ada DOE")
    list(recount_all(mend=True))
    before = stored()
    hide_customer(ada, by=BY)
    assert stored() == before
    assert [str(one) for one in recount_all(mend=False)] == []


def test_brought_back_they_are_as_they_were(ada):
    """Decision 19: but for who is signed in in the shop, and for the history of it."""
    before = Customer.objects.filter(pk=ada.pk).values().get()
    hide_customer(ada, by=BY)
    bring_back(ada, by=BY)
    after = Customer.objects.filter(pk=ada.pk).values().get()
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {"version", "updated_at", "session_round"}
    assert [row.deleted for row in ada.history.order_by("history_id")] == [False, True, False]
    assert [str(one) for one in recount_all(mend=False)] == []


@pytest.mark.parametrize("way", [hide_customer, remove_customer])
def test_either_way_nobody_logs_in_any_more(customer, way):
    ada = customer(password="correct horse")
    way(ada, by=BY)
    assert not any(one.may_log_in for one in Customer.objects.all())


@pytest.mark.parametrize("orders", [0, 1, 2])
def test_removed_nothing_points_at_them_but_what_is_to_stay(ada, row, orders):
    """Mode A, with orders and without: orders stay without a number to nowhere, and all else is gone."""
    for _ in range(orders):
        row(Order, customer=ada, customer_name="Ada DOE")
    remove_customer(ada, by=BY)
    left = {model.__name__: model.objects.count() for model in THEIRS if model.objects.exists()}
    assert left == {"Mail": 1} | ({"Order": orders} if orders else {})
    pointing = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if not model._meta.object_name.startswith("Historical")
        for field in model._meta.concrete_fields
        if field.related_model is Customer and model._base_manager.filter(**{field.name: ada.pk}).exists()
    ]
    assert pointing == []


def test_both_ways_are_foretold_in_the_numbers_that_come_true(ada, row):
    """Design: destructive actions say exactly what will happen."""
    row(Order, customer=ada, customer_name="Ada DOE")
    assert foretell_hiding([ada.pk]) == [
        "Hides 1 customer and all that is theirs.",
        "Nothing is lost; the e-mail address stays taken, and you can bring them back.",
    ]
    assert foretell_removal([ada.pk]) == [
        "Removes 1 customer.",
        "Removes 1 address.",
        "Removes 1 cart.",
        "Removes 1 voucher.",
        "1 order stays, with the name of the customer.",
        "Removes 1 note.",
        "Removes 1 task.",
        "Removes 1 conversation.",
        "Removes 1 message.",
        "Removes 1 visit.",
        "Removes 1 line of the consent ledger.",
        "1 e-mail in the log stays, with the address.",
        "The e-mail address is free again. The history stays.",
    ]


def test_the_history_keeps_no_password_of_who_is_gone(customer):
    """G26: what outlives them is no way in."""
    ada = customer(password="correct horse")
    remove_customer(ada, by=BY)
    kept = str(list(Customer.history.values()))
    assert make_password("x").split("$")[0] + "$" not in kept
