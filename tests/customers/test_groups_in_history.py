"""Groups and tags in the history of a customer: which one came or went, and the way back."""

import pytest

from backoffice.records.actors import Actor
from customers.models import Customer
from groups.models import Group
from groups.services import delete_group
from tests.reading import read


@pytest.fixture
def john(customer):
    return customer(first_name="John", last_name="DOE")


def lines(client, customer):
    """The lines of the history page, newest first: "Groups: Wholesale added"."""
    page = read(client.get(f"/customers/{customer.pk}/history/"))
    return [line.text for line in page.all(css="change")]


def buttons(client, customer):
    """The "Put back" buttons of the history page: {what they say: (address, field)}."""
    page = read(client.get(f"/customers/{customer.pk}/history/"))
    return {
        form.one("button")["aria-label"]: (form["action"], form.one("button")["value"])
        for form in page.all("form")
        if "put-back" in form.get("action")
    }


def now(john):
    return Customer.objects.get(pk=john.pk)


@pytest.fixture
def moved(client, john, group, tag, typed, default_group):
    """John left Employees and came to Wholesale, and has a tag no more."""
    names = ("Employees", "Wholesale")
    employees, wholesale = (group(name) for name in names)
    problem = tag("PROBLEM")
    address = f"/customers/{john.pk}/edit/"
    for groups, tags in (([default_group, employees], [problem]), ([default_group, wholesale], [])):
        client.post(address, typed(address, groups=[one.pk for one in groups], tags=[one.pk for one in tags]))
    return john


def press(client, moved, said):
    action, field = buttons(client, moved)[said]
    return client.post(action, {"field": field, "version": now(moved).version}, follow=True)


def test_each_is_named_with_what_became_of_it(client, moved):
    """The history said "Groups: Employees → --" of a customer with other groups."""
    assert set(lines(client, moved)[:3]) == {
        "Groups: Wholesale added",
        "Groups: Employees removed",
        "Tags: PROBLEM removed",
    }


def test_each_is_put_back_alone(client, moved, counted_right):
    press(client, moved, "Put back Groups: Employees removed")
    assert [one.name for one in moved.groups.order_by("pk")] == ["Default", "Employees", "Wholesale"]
    press(client, moved, "Put back Groups: Wholesale added")
    assert [one.name for one in moved.groups.order_by("pk")] == ["Default", "Employees"]
    page = press(client, moved, "Put back Tags: PROBLEM removed")
    assert [one.name for one in moved.tags.all()] == ["PROBLEM"]
    assert read(page).all("div", "toast")[-1].one("p").text == "Tags put back."
    counted_right()


def test_what_is_so_already_or_cannot_be_is_not_offered(client, moved, default_group):
    """D-92: a button does something; nobody is without their default group."""
    offered = {one for one in buttons(client, moved) if "Groups" in one}
    assert offered == {"Put back Groups: Employees removed", "Put back Groups: Wholesale added"}


def test_a_deleted_group_is_not_offered(client, moved):
    delete_group(Group.objects.get(name="Employees"), by=Actor.command())
    assert {one for one in buttons(client, moved) if "Groups" in one} == {"Put back Groups: Wholesale added"}


def test_an_entry_of_somebody_else_is_none_of_theirs(client, customer, moved):
    other = customer()
    action, field = buttons(client, moved)["Put back Groups: Employees removed"]
    action = action.replace(f"/{moved.pk}/", f"/{other.pk}/")
    assert client.post(action, {"field": field, "version": now(other).version}).status_code == 404
