"""A password set for a customer leaves a trace, and never itself (finding S7)."""

from django.contrib.auth.hashers import check_password
from django.utils import timezone

from backoffice.models import Event
from backoffice.records.actors import Actor, Door
from backoffice.views.event_sentences import tell
from customers import services
from customers.models import Customer
from tests.reading import history, read


def test_a_password_set_by_staff_is_told_in_history_and_activity(client, customer, owner, typed, clock):
    """S7: whoever takes over an account can be found."""
    john = customer()
    clock(60)
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, password="correct horse"))
    stored = Customer.objects.get(pk=john.pk)
    assert check_password("correct horse", stored.password)
    assert stored.password_changed_at == timezone.now()
    entry = history(client.get(f"/customers/{john.pk}/history/"))[0]
    assert (entry.who, list(entry.fields)) == ("Owner", ["Password changed"])
    assert "Password changed" in read(client.get(f"/customers/{john.pk}/")).text
    event = Event.objects.get()
    assert (event.kind, event.staff, event.target, event.facts) == (
        "password_set",
        owner,
        "customers",
        {"id": john.pk},
    )
    assert tell(event) == f"Owner set a new password: Customers, ID {john.pk}."


def test_an_account_that_begins_with_a_password_knows_since_when(customer, clock):
    assert customer(password="correct horse").password_changed_at == timezone.now()
    assert customer().password_changed_at is None
    assert not Event.objects.exists()


def test_saving_without_a_password_changes_no_time(client, customer, typed):
    john = customer(password="correct horse")
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, first_name="Jack"))
    stored = Customer.objects.get(pk=john.pk)
    assert (stored.first_name, stored.password_changed_at) == ("Jack", john.password_changed_at)
    assert not Event.objects.exists()


def test_a_password_that_customers_choose_themselves_is_no_act_of_staff(customer):
    """The shop's own door: history tells it, Activity is about staff."""
    john = customer()
    services.edit_customer(john, {"password": "correct horse"}, by=Actor(staff=None, door=Door.SHOP))
    assert not Event.objects.exists()
    assert john.history.first().password_changed_at is not None
