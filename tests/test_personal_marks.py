"""Every stored field says what it tells about a person; privacy work builds on that (decision 53)."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from addresses.models import Address, Country, State
from backoffice.models import Event
from backoffice.personal import Marks, Personal
from backoffice.sections import section_named
from backoffice.sections.mark_checks import faults_of, shop_models, stored_fields_are_marked
from backoffice.sections.marks import mark_of, stored_fields
from backoffice.staff.models import StaffMember
from carts.models import Cart, Order, OrderLine, Product, Voucher
from customers.models import (
    Consent,
    Customer,
    CustomerFigures,
    Message,
    Note,
    Tag,
    Tagging,
    Visit,
)

TAGS = section_named("tags")


def told(model, sections=()) -> list[str]:
    return [sentence for sentence, _hint in faults_of(model, sections)]


def tags_with(**changes):
    """The tags section with its field “name” declared otherwise."""
    return replace(
        TAGS, fields=tuple(replace(one, **changes) if one.name == "name" else one for one in TAGS.fields)
    )


@pytest.mark.parametrize("model", shop_models(), ids=lambda model: model._meta.label)
def test_every_stored_field_of_the_shop_bears_a_mark(model):
    assert all(mark_of(model, one.name) in Personal for one in stored_fields(model))


def test_the_models_of_the_shop_are_all_asked():
    labels = {model._meta.label for model in shop_models()}
    assert labels >= {
        *("customers.Customer", "customers.CustomerFigures", "customers.HistoricalCustomer"),
        *("customers.Message", "customers.Visit", "addresses.Address", "carts.Order", "carts.OrderLine"),
        *("groups.Group", "staff.StaffMember", "backoffice.Event"),
    }
    assert not {label for label in labels if label.startswith(("auth.", "sessions."))}


@pytest.mark.parametrize(
    ("model", "name", "mark"),
    [
        (Customer, "email", Personal.CONTACT),
        (Customer, "phone", Personal.CONTACT),
        (Customer, "birthday", Personal.IDENTITY),
        (Customer, "last_name", Personal.IDENTITY),
        (Customer, "note", Personal.WORDS),
        (Customer, "password", Personal.SECRET),
        (Customer, "newsletter", Personal.BEHAVIOUR),
        (CustomerFigures, "total_spent", Personal.MONEY),
        (CustomerFigures, "last_visit_at", Personal.BEHAVIOUR),
        (CustomerFigures, "opening_spent", Personal.MONEY),
        (Address, "city", Personal.CONTACT),
        (Address, "country", Personal.CONTACT),
        (Address, "dni", Personal.IDENTITY),
        (Address, "customer", Personal.TECHNICAL),
        (Country, "code", Personal.NONE),
        (State, "name", Personal.NONE),
        (Cart, "visitor", Personal.IDENTITY),
        (Order, "customer_name", Personal.IDENTITY),
        (Order, "billing_address", Personal.CONTACT),
        (Order, "total", Personal.MONEY),
        (OrderLine, "product_name", Personal.BEHAVIOUR),
        (Product, "name", Personal.NONE),
        (Voucher, "name", Personal.WORDS),
        (Message, "text", Personal.WORDS),
        (Message, "ip", Personal.CONTACT),
        (Note, "text", Personal.WORDS),
        (Consent, "given", Personal.BEHAVIOUR),
        (Tagging, "tag", Personal.WORDS),
        (Visit, "landing_url", Personal.BEHAVIOUR),
        (StaffMember, "email", Personal.CONTACT),
        (StaffMember, "password", Personal.SECRET),
        (Event, "staff_name", Personal.IDENTITY),
    ],
)
def test_what_a_field_says_about_a_person_is_read_in_one_place(model, name, mark):
    assert mark_of(model, name) is mark


def test_what_every_record_has_is_technical():
    for model in (Customer, Address, Order, Note):
        assert mark_of(model, "id") is mark_of(model, "version") is Personal.TECHNICAL
    assert mark_of(Note, "created_at") is mark_of(Note, "updated_at") is Personal.TECHNICAL


def test_folded_and_searchable_copies_are_told_apart():
    """They hold what people are called, and an `update()` that erases does not write them anew."""
    for name in ("last_name_key", "email_key", "search_text"):
        assert mark_of(Customer, name) is Personal.COPY


def test_history_bears_the_marks_of_what_it_copies():
    assert mark_of(Address.history.model, "city") is Personal.CONTACT
    assert mark_of(Customer.history.model, "birthday") is Personal.IDENTITY
    assert mark_of(Customer.history.model, "ip") is Personal.CONTACT
    assert mark_of(Customer.history.model, "history_date") is Personal.TECHNICAL
    with pytest.raises(LookupError):
        mark_of(Customer.history.model, "password")  # never copied


def test_a_forgotten_mark_stops_every_command(monkeypatch):
    monkeypatch.setattr(Order, "personal", replace(Order.personal, identity=""))
    assert [(error.msg, error.hint) for error in stored_fields_are_marked(None)] == [
        (
            "carts.Order.customer_name bears no mark of what it says about a person (decision 53).",
            "Declare it as a field of its section, or name it in `personal = Marks(…)` of the model.",
        )
    ]
    with pytest.raises(SystemCheckError, match=r"carts\.Order\.customer_name bears no mark"):
        call_command("check")


def test_a_field_that_a_section_forgot_is_told():
    section = replace(TAGS, fields=tuple(one for one in TAGS.fields if one.name != "colour"))
    assert told(Tag, [section]) == [
        "customers.Tag.colour bears no mark of what it says about a person (decision 53)."
    ]


def test_a_text_that_is_nobodys_says_why(monkeypatch):
    assert told(Tag, [tags_with(why="")]) == ["customers.Tag.name is a text marked as nobody's."]
    monkeypatch.setattr(State, "personal", replace(State.personal, why=""))
    assert told(State) == [
        "addresses.State.code is a text marked as nobody's.",
        "addresses.State.name is a text marked as nobody's.",
    ]


def test_a_mark_of_what_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(Visit, "personal", replace(Visit.personal, words="diary"))
    assert told(Visit) == ["customers.Visit marks “diary”, which it has not."]


def test_a_section_and_its_model_do_not_contradict_each_other(monkeypatch):
    monkeypatch.setattr(Tag, "personal", Marks(words="name"), raising=False)
    assert told(Tag, [TAGS]) == [
        "customers.Tag.name is marked “words” by the model and “none” by its section."
    ]


def test_two_marks_of_one_field_are_a_mistake():
    with pytest.raises(ValueError, match="Marked twice: email"):
        Marks(identity="name email", contact="email")
    with pytest.raises(TypeError):
        Marks(contacts="email")


def test_the_house_as_it_stands_forgets_nothing():
    assert stored_fields_are_marked(None) == []
