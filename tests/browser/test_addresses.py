"""An address added by hand: its customer found, its country changed, nothing but keys, at the desk and on the phone."""

import pytest
from playwright.sync_api import expect

from addresses.models import Address

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 375])
def test_an_address_is_added_from_the_file_by_keys_and_its_fields_follow_the_country(
    opened, neverland, axe, console, width
):
    """S4.79, facts 6.2: choosing a country brings its fields; one ends where one began."""
    console.foresee("[object HTMLFieldSetElement]")  # given up: the next country was chosen meanwhile
    peter = neverland["Peter"]
    page = opened(f"/customers/{peter.pk}/", width=width)
    page.get_by_role("link", name="Add an address").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an address")
    country = page.get_by_label("Country", exact=False)
    country.select_option("FR")
    expect(page.get_by_label("Postcode")).to_be_visible()
    page.get_by_label("City").fill("Austin")
    country.focus()
    page.keyboard.type("United States")
    expect(page.get_by_label("ZIP code")).to_be_visible()
    expect(country).to_be_focused()
    expect(page.get_by_label("City")).to_have_value("Austin")
    page.get_by_label("State").focus()
    page.keyboard.type("Tex")
    page.get_by_label("ZIP code").fill("78701")
    page.locator("#id_address1").fill("1 Main Street")
    assert axe(page) == []
    page.locator("#id_address1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(peter.name)
    assert page.url.endswith(f"/customers/{peter.pk}/#addresses")
    expect(page.locator("#addresses")).to_contain_text("1 Main Street 78701 Austin, United States")
    made = Address.objects.get(customer=peter)
    assert (made.state_id, made.country_id, made.default_billing) == ("US-TX", "US", True)


def test_without_scripts_a_button_asks_for_the_fields_of_the_country(opened, neverland):
    peter = neverland["Peter"]
    page = opened(f"/addresses/add/?customer={peter.pk}", scripts=False)
    page.get_by_label("Country", exact=False).select_option("IT")
    page.get_by_role("button", name="Change country").click()
    expect(page.get_by_label("Province")).to_be_visible()
    expect(page.get_by_label("Alias")).to_have_value("My address")
    assert not Address.objects.filter(customer=peter).exists()


def test_the_list_and_a_label_are_readable_on_the_phone(opened, neverland, axe):
    made = Address.objects.get(customer=neverland["Wendy"])
    page = opened("/addresses/", width=375)
    expect(page.get_by_role("link", name="Darling")).to_be_visible()
    assert axe(page) == []
    label = opened(f"/addresses/{made.pk}/label/", width=375)
    assert axe(label) == []
    assert label.evaluate("document.documentElement.scrollWidth <= innerWidth")
