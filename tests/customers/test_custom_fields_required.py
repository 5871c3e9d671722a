"""A custom field is required where it is declared (S4.23, decisions 40 and 52)."""

import pytest

from backoffice.models import RequiredField
from customers.models import CustomField
from tests.reading import faults, filled, read


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


def facts(client, address: str) -> dict[str, str]:
    page = read(client.get(address))
    return dict(zip((one.text for one in page.all("dt")), (one.text for one in page.all("dd")), strict=True))


def test_the_tick_alone_is_a_change_that_is_told_and_stands_on_the_page_of_the_field(
    client, shop, custom_field
):
    """Trial of custom fields, 1: "No changes." was said of it, and the page did not tell it."""
    size = custom_field("Shoe size", kind="number")
    page, address = f"/fields/{size.pk}/", f"/fields/{size.pk}/edit/"
    assert facts(client, page)["Required"] == "No"
    answer = post(client, address, required="on")
    assert "Shoe size saved." in read(client.get(answer["Location"])).text
    assert facts(client, page)["Required"] == "Yes"
    assert CustomField.objects.get().version == size.version + 1
    answer = post(client, address, required="on")
    assert "No changes." in read(client.get(answer["Location"])).text
    assert CustomField.objects.get().version == size.version + 1
