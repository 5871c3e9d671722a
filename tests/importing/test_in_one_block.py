"""Rows of one file that are about the same people or addresses, and blocks that have to be tried again."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from customers.importing import importer
from customers.models import Customer

pytestmark = pytest.mark.django_db


def address_of(person) -> str:
    person.refresh_from_db()
    return person.email


def test_a_block_with_known_people_is_tried_again_where_somebody_else_was_faster(
    take_in, customer, monkeypatch
):
    """What the first try noted about people who are here already is forgotten with it: no row counts as told twice."""
    ada = customer(email="ada@shop.example", first_name="Ada")
    tries, store = [], importer.store

    def too_late_at_first(*args, **kwargs):
        tries.append(1)
        if len(tries) == 1:
            raise IntegrityError("taken meanwhile")
        return store(*args, **kwargs)

    monkeypatch.setattr(importer, "store", too_late_at_first)
    outcome = take_in("E-mail;Last name;First name\nada@shop.example;;Adele\nbo@shop.example;Bo;Bo\n")
    assert (outcome.counts, outcome.faults, len(tries)) == ((1, 1, 0, 0), [], 2)
    ada.refresh_from_db()
    assert (ada.first_name, ada.history.count()) == ("Adele", 2)


def test_an_address_that_an_earlier_row_gives_up_is_refused_with_that_reason_and_taken_the_next_time(
    take_in, customer
):
    """Decision 24: nobody loses an address by the order in which a database happens to write the rows."""
    ada, bo = customer(email="ada@shop.example"), customer(email="bo@shop.example")
    text = f"ID;E-mail\n{ada.pk};ada@new.example\n{bo.pk};ada@shop.example\n"
    outcome = take_in(text, key="id")
    assert [str(fault) for fault in outcome.faults] == [
        "Line 3, column “E-mail”, “ada@shop.example”: Line 2 only now gives this address up: import this row once more."
    ]
    assert (address_of(ada), address_of(bo)) == ("ada@new.example", "bo@shop.example")
    assert take_in(text, key="id").counts == (0, 1, 1, 0)
    assert (address_of(ada), address_of(bo)) == ("ada@new.example", "ada@shop.example")


def test_two_people_do_not_swap_their_addresses_by_a_file(take_in, customer):
    ada, bo = customer(email="ada@shop.example"), customer(email="bo@shop.example")
    outcome = take_in(f"ID;E-mail\n{ada.pk};bo@shop.example\n{bo.pk};ada@shop.example\n", key="id")
    assert outcome.places == [(2, "E-mail"), (3, "E-mail")]
    assert (address_of(ada), address_of(bo)) == ("ada@shop.example", "bo@shop.example")
    assert Customer.objects.count() == 2


def test_a_deleted_guest_of_an_own_export_does_not_come_back_as_somebody_new(take_in, customer):
    """Decision 22: the export's id says who is meant, and it is not "nobody"."""
    gone = customer(email="ada@shop.example", last_name="Byron", first_name="Ada", guest=True)
    Customer.objects.filter(pk=gone.pk).update(deleted=True, deleted_at=timezone.now())
    header = "ID;Last name;First name;E-mail;Enabled;backoffice:customers\n"
    outcome = take_in(f"{header}{gone.pk};Byron;Ada;ada@shop.example;1;\n")
    assert outcome.reasons == [f"Ada Byron (ID {gone.pk}) was deleted."]
    assert take_in(f"{header}{gone.pk + 1};Byron;Ada;ada@shop.example;1;\n").counts == (1, 0, 0, 0)
    assert Customer.objects.filter(deleted=False).count() == 1
