"""History speaks in the names of its day (decision 48, finding V5)."""

import pytest

from backoffice.records import named_records
from backoffice.records.actors import Actor
from backoffice.sections import Choice
from backoffice.staff import services as staff_services
from customers import services
from customers.models import Customer, Tag, Title
from tests.reading import history

COMMAND = Actor.command()


@pytest.fixture
def told(client):
    """`told(john)` gives what his history page tells of values, newest first."""
    return lambda customer: [
        one.fields for one in history(client.get(f"/customers/{customer.pk}/history/")) if one.fields
    ]


def rename(record, name):
    named_records.saving(type(record))(record, {"name": name}, by=COMMAND)


def edit(customer, **values):
    services.edit_customer(Customer.objects.get(pk=customer.pk), values, by=COMMAND)


def test_a_group_that_is_renamed_and_deleted_keeps_its_names(client, customer, group, told, clock):
    """V5, as found: “number 8, deleted” in three lines."""
    john, wholesale = customer(), group("Wholesale")
    clock(60)
    services.add_to_group(Customer.objects.filter(pk=john.pk), by=COMMAND, choice=Choice(str(wholesale.pk)))
    clock(60)
    rename(wholesale, "Trade")
    clock(60)
    assert told(john)[0] == {"Groups": "Wholesale added"}
    client.post(f"/groups/{wholesale.pk}/delete/", {"way": "delete"})
    assert told(john)[:2] == [
        {"Groups": "Trade (deleted) removed"},
        {"Groups": "Wholesale (deleted) added"},
    ]


def test_a_tag_that_is_deleted_keeps_its_name(customer, tag, told, clock):
    john, problem = customer(), tag("PROBLEM")
    clock(60)
    services.tag(Customer.objects.filter(pk=john.pk), by=COMMAND, choice=Choice(str(problem.pk)))
    clock(60)
    services.delete_tag(Tag.objects.get(pk=problem.pk), by=COMMAND)
    assert told(john)[:2] == [
        {"Tags": "PROBLEM (deleted) removed"},
        {"Tags": "PROBLEM (deleted) added"},
    ]


def test_a_title_that_is_renamed_and_deleted_keeps_its_names(customer, title, told, clock):
    john, doctor = customer(), title("Dr", kind="neutral")
    clock(60)
    edit(john, title=doctor)
    clock(60)
    rename(doctor, "Doctor")
    clock(60)
    services.delete_title(Title.objects.get(pk=doctor.pk), by=COMMAND)
    assert told(john)[:2] == [
        {"Gender": ("Doctor (deleted)", "not set")},
        {"Gender": ("not set", "Dr (deleted)")},
    ]


def test_a_default_group_and_a_sales_agent_are_called_as_they_were(
    customer, default_group, group, support, told, clock
):
    wholesale = group("Wholesale")
    john = customer(groups=[default_group, wholesale])
    clock(60)
    edit(john, default_group=wholesale, sales_agent=support)
    clock(60)
    rename(wholesale, "Trade")
    staff_services.change(support, name="Sue", role="support", by=COMMAND)
    clock(60)
    edit(john, default_group=default_group, sales_agent=None)
    assert told(john)[:2] == [
        {"Default group": ("Trade", "Default"), "Sales agent": ("Sue", "not set")},
        {"Default group": ("Default", "Wholesale"), "Sales agent": ("not set", "Support")},
    ]


def test_what_a_fresh_shop_has_keeps_its_first_name_too(customer, default_group, group, mr, told, clock):
    """Seeds have a history from the start: the group Default and the two titles."""
    wholesale = group("Wholesale")
    john = customer(groups=[default_group, wholesale])
    clock(60)
    edit(john, title=mr, default_group=wholesale)
    clock(60)
    rename(default_group, "Everybody")
    rename(mr, "Sir")
    assert told(john)[0] == {"Gender": ("not set", "Male"), "Default group": ("Default", "Wholesale")}


def test_names_are_told_in_the_readers_language(customer, mr, client, clock, owner):
    """Titles and groups have a name in each language; the one of that day counts there too."""
    john = customer()
    clock(60)
    edit(john, title=mr)
    clock(60)
    named_records.saving(Title)(mr, {"name_pl": "Szanowny Pan"}, by=COMMAND)
    owner.language = "pl"
    owner.save()
    changes = history(client.get(f"/customers/{john.pk}/history/"))
    assert "Pan" in [told[1] for one in changes for told in one.fields.values()]


@pytest.mark.parametrize("changes", [2, 12])
def test_history_asks_a_fixed_number_of_times(
    customer, mr, mrs, client, clock, changes, django_assert_max_num_queries
):
    """However many names it has to look up."""
    john = customer()
    for n in range(changes):
        clock(60)
        edit(john, title=(mr, mrs)[n % 2])
    with django_assert_max_num_queries(22):
        client.get(f"/customers/{john.pk}/history/")
