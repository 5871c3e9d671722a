"""The generated shops the list is measured on are shops: figures, keys and counts are those of their rows."""

import datetime as dt

import pytest
from django.db import connection

from backoffice.models import Counter, Summary
from backoffice.records.recounting import recount_all
from bench import somebody
from bench.generate import fill
from carts.models import Cart, Order
from customers.models import Customer, CustomerFigures, Membership, Message, Visit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 1)
KEYS = ("last_name_key", "first_name_key", "company_key", "email_key", "search_text")


def assert_sound():
    assert [str(difference) for difference in recount_all(mend=False)] == []
    connection.check_constraints()
    for customer in Customer.objects.order_by("id"):
        stored = {name: getattr(customer, name) for name in KEYS}
        assert {name: Customer._meta.get_field(name).pre_save(customer, False) for name in KEYS} == stored
    assert Counter.of("customers.customer").value == Customer.objects.here().count()
    assert Summary.objects.get(name="customers").figures["people"] == Customer.objects.here().count()


@pytest.mark.parametrize("lean", [True, False])
def test_stored_figures_of_a_generated_shop_are_those_of_its_rows(lean):
    """Issue 2, deliverable 12; decision 39."""
    fill(300, day=DAY, lean=lean)
    assert Customer.objects.count() == CustomerFigures.objects.count() == 300
    assert Membership.objects.filter(customer_id=1).exists()
    assert Order.objects.filter(valid=True).count() > 100
    assert Cart.objects.exists() == Visit.objects.exists() == (not lean)
    assert_sound()


def test_the_same_seed_gives_the_same_shop():
    """Issue 2, deliverable 12: two measurements weeks apart ask the same question."""
    fill(50, day=DAY, seed=7, lean=True)
    assert list(Customer.objects.order_by("id").values_list("email", flat=True)[:2]) == [
        "borys.kaminski1@yahoo.com",
        "adrienne.fontaine2@example.org",
    ]


def test_somebody_who_did_very_much_has_true_figures_too(monkeypatch):
    """Issue 8, speed: what is measured is the page of a customer as the product would have made them."""
    fill(20, day=DAY)
    for name, number in {"ORDERS": 6, "CARTS": 9, "VISITS": 14, "MESSAGES": 4, "THREADS": 2}.items():
        monkeypatch.setattr(somebody, name, number)
    last = Customer.objects.here().latest("pk")
    before = [rows.filter(customer=last).count() for rows in (Order.objects, Cart.objects, Visit.objects)]
    somebody.put_very_much_on(last)
    after = [rows.filter(customer=last).count() for rows in (Order.objects, Cart.objects, Visit.objects)]
    assert [now - then for now, then in zip(after, before, strict=True)] == [6, 9, 14]
    assert Message.objects.filter(thread__customer=last, thread__status="closed").count() >= 4
    assert_sound()


def test_a_new_customer_comes_after_the_generated_ones():
    """Numbers go on where the generator stopped, on both databases."""
    fill(20, day=DAY, lean=True)
    new = Customer.objects.create(
        last_name="Doe", first_name="Ann", email="ann@example.com", default_group_id=1
    )
    Membership.objects.create(customer=new, group_id=1)
    assert new.pk == 21
