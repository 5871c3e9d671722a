"""A custom field is required where it is declared (S4.23, decisions 40 and 52)."""

import pytest

from backoffice.models import RequiredField
from customers.models import CustomField
from tests.reading import faults, filled


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


def post(client, address: str, **typed):
    data = {**filled(client.get(address).context["form"]), **typed}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def required() -> set[str]:
    return set(RequiredField.objects.values_list("field", flat=True))


def test_a_tick_makes_it_required_from_the_start(client, shop, new):
    assert post(client, "/fields/add/", name="Shoe size", kind="number", required="on").status_code == 302
    name = f"custom_{CustomField.objects.get().pk}"
    assert required() == {name}
    assert list(faults(client.post("/customers/add/", new()))) == [name]


def test_the_tick_shows_what_the_settings_say_and_takes_it_back(client, shop, custom_field):
    """The page of required fields and this one are one setting; the other fields stay required."""
    size = custom_field("Shoe size", kind="number")
    client.post("/customers/required-fields/", {"fields": ["birthday", f"custom_{size.pk}"]})
    address = f"/fields/{size.pk}/edit/"
    assert client.get(address).context["form"]["required"].initial is True
    assert post(client, address, required=None).status_code == 302
    assert required() == {"birthday"}


def test_saving_a_retired_field_leaves_the_settings_alone(client, shop, custom_field):
    """Nobody is asked for it."""
    size = custom_field("Shoe size", kind="number")
    CustomField.objects.filter(pk=size.pk).update(active=False)
    assert post(client, f"/fields/{size.pk}/edit/", required="on").status_code == 302
    assert required() == set()
