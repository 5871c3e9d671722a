"""Whom a task is for is looked for by name, e-mail or ID, with scripts and without (S3.35)."""

import pytest

from backoffice.records.actors import Actor
from customers import services
from customers.models import Task
from tests.reading import faults, read


@pytest.fixture
def post(client, typed):
    """`post(customer_search="doe")` sends the form of a new task with these fields."""
    return lambda **fields: client.post("/tasks/add/", typed("/tasks/add/", title="Call back", **fields))


def people(node) -> dict[str, str]:
    """The radio buttons of a picker: who is offered, by number; the chosen one has a star."""
    found = {}
    for label in node.one("div", "picker").all("label"):
        box = label.one("input")
        found[box["value"]] = label.text + (" *" if box.has("checked") else "")
    return found


def test_no_customer_is_offered_before_anything_is_typed(client, customer):
    """A shop has a million customers: no list of all."""
    customer()
    assert people(read(client.get("/tasks/add/"))) == {}


def test_a_link_fills_the_customer_in(client, customer):
    john = customer(first_name="John", last_name="DOE", email="john@shop.example")
    page = read(client.get(f"/tasks/add/?customer={john.pk}"))
    assert people(page) == {str(john.pk): f"John DOE john@shop.example · ID {john.pk} *"}
    for odd in ("x", "-1", str(10**25), "٣"):
        assert people(read(client.get("/tasks/add/", {"customer": odd}))) == {}


@pytest.mark.parametrize("typed_text", ["ada@shop.example", "byron", "Ada BYRON", "{pk}", "by\0ron"])
def test_a_single_customer_who_is_found_needs_no_choice(post, customer, typed_text):
    """Without scripts: an e-mail address, a name or an ID."""
    ada = customer(first_name="Ada", last_name="Byron", email="ada@shop.example")
    customer(last_name="DOE")
    post(customer_search=typed_text.format(pk=ada.pk))
    assert Task.objects.get().customer == ada


def test_where_two_are_found_it_asks_which(post, customer):
    first, second = customer(first_name="Ada", last_name="DOE"), customer(first_name="John", last_name="DOE")
    answer = post(customer_search="doe")
    assert faults(answer) == {"customer": ["Several customers found for “doe”: choose one."]}
    page = read(answer)
    assert set(people(page)) == {str(first.pk), str(second.pk)}
    assert page.one("input", name="customer_search")["value"] == "doe"
    assert page.one("input", name="customer_search")["aria-invalid"] == "true"
    post(customer_search="doe", customer=second.pk)
    assert Task.objects.get().customer == second


def test_a_choice_from_before_the_search_does_not_count(post, customer):
    old, ada = customer(last_name="Old"), customer(last_name="Byron")
    post(customer_search="byron", customer=old.pk)
    assert Task.objects.get().customer == ada


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "Choose a customer."),
        ({"customer_search": "nobody"}, "No customer found for “nobody”."),
        ({"customer": "987654"}, "There is no such customer."),
        ({"customer": "x"}, "There is no such customer."),
        ({"customer": "9" * 40}, "There is no such customer."),
    ],
)
def test_what_means_nobody_is_told(post, customer, fields, fault):
    customer()
    assert faults(post(**fields)) == {"customer": [fault]}


def test_hidden_customers_are_not_found(post, customer):
    """Decision 19."""
    gone = customer(last_name="Byron")
    services.hide_customer(gone, by=Actor.command())
    assert faults(post(customer_search="byron")) == {"customer": ["No customer found for “byron”."]}
    assert faults(post(customer=gone.pk)) == {"customer": ["There is no such customer."]}


def test_those_who_are_found_come_while_typing(client, customer):
    for number in range(10):
        customer(first_name=f"Ada{chr(97 + number)}", last_name="Byron")
    asked = {"customer_search": "byron"}
    assert client.get("/tasks/customers/", asked).status_code == 404  # a part of the form, and no page
    part = read(client.get("/tasks/customers/", asked, headers={"hx-request": "true"}))
    assert len(part.all("label")) == 8
    assert "There are more" in part.text
    nobody = client.get("/tasks/customers/", {"customer_search": "zzz"}, headers={"hx-request": "true"})
    assert read(nobody).text == "No customer found."


def test_the_customer_of_a_task_is_changed_and_told_by_name(client, typed, task, customer):
    """The history says both names."""
    old, new = customer(first_name="Ada", last_name="Byron"), customer(first_name="John", last_name="DOE")
    made = task("Call back", customer=old)
    url = f"/tasks/{made.pk}/edit/"
    client.post(url, typed(url, customer_search="doe"))
    made.refresh_from_db()
    assert made.customer == new
    text = client.get(f"/tasks/{made.pk}/history/").content.decode()
    assert "Ada Byron" in text
    assert "John DOE" in text


def test_two_who_save_the_same_task_see_both_customers_by_name(client, typed, task, customer):
    """V11: a conflict shows names, not numbers."""
    made, ada = task("Call back"), customer(first_name="Ada", last_name="Byron")
    url = f"/tasks/{made.pk}/edit/"
    data = typed(url, customer=ada.pk)
    services.save_task(made, {"title": "Call at once"}, by=Actor.command())
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert "Ada Byron" in answer.content.decode()
