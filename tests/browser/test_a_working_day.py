"""What a support agent does all day, done in a real browser: find, switch, edit, come back."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer

ROWS = ".list tbody tr"
WITHOUT_SCRIPTS = {"scripts": False}
PEOPLE = [
    ("Peter", "Pan", date(1987, 4, 2), True),
    ("Wendy Moira", "Darling", date(1989, 11, 12), True),
    ("Tiger", "Lily", date(1982, 2, 28), True),
    ("James", "Hook", date(1952, 12, 4), False),
]


@pytest.fixture
def islanders(customer, group) -> dict[str, Customer]:
    """The four people of the PrestaShop 1.7 sample, by last name, and a group without members."""
    group("Wholesale")
    return {
        last: customer(
            first_name=first,
            last_name=last,
            email=f"{first}.{last}@neverland.example".replace(" ", ".").lower(),
            birthday=birthday,
            newsletter=newsletter,
        )
        for first, last, birthday, newsletter in PEOPLE
    }


@pytest.fixture
def at_work(signed_in_page, support, islanders):
    """`at_work("/customers/", width=375)`: that page in front of a support agent."""

    def at_work(address: str = "/customers/", **look) -> Page:
        page = signed_in_page(support, **look)
        page.goto(address)
        return page

    return at_work


def names(page: Page) -> list[str]:
    """The first names on the list, in order."""
    return page.locator(f"{ROWS} td.c-first_name").all_inner_texts()


def switch(page: Page, name: str, of: str = "Newsletter"):
    return page.get_by_role("switch", name=f"{of}, {name}")


def remember(page: Page) -> None:
    """Leaves a mark in the page, which a reload would wipe out."""
    page.evaluate("window.stillThisPage = true")


def is_same(page: Page) -> bool:
    return page.evaluate("window.stillThisPage === true")


@pytest.mark.smoke
def test_wendy_is_found_while_her_name_is_typed(at_work):
    """S1.92, S3.38: a pause applies the filter; what has focus keeps it and the next letters go into the same box."""
    page = at_work()
    assert len(names(page)) == 4
    remember(page)
    box = page.get_by_role("textbox", name="First name")
    box.press_sequentially("wen", delay=30)
    expect(page.locator(ROWS)).to_have_count(1)
    assert names(page) == ["Wendy Moira"]
    assert box.evaluate("box => box === document.activeElement")
    page.keyboard.type("dy")
    page.wait_for_url("**first_name=wendy*")
    assert box.input_value() == "wendy"
    assert is_same(page)
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("wendy")


@pytest.mark.smoke
def test_her_newsletter_is_switched_by_one_click_and_taken_back(at_work, islanders):
    """S0.9, S4.13, S4.14: one click, no form, no reload; the toast says what happened and offers Undo."""
    page, wendy = at_work(), islanders["Darling"]
    remember(page)
    news = switch(page, "Wendy Moira Darling")
    assert news.get_attribute("aria-checked") == "true"
    news.click()
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Newsletter switched off for Wendy Moira Darling.")
    expect(news).to_have_attribute("aria-checked", "false")
    assert Customer.objects.get(pk=wendy.pk).newsletter is False
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("Newsletter switched on for Wendy Moira Darling.")
    expect(toast).not_to_contain_text("Make sure the customer wants it.")
    expect(news).to_have_attribute("aria-checked", "true")
    assert Customer.objects.get(pk=wendy.pk).newsletter is True
    assert is_same(page)
    assert page.url.endswith("/customers/")


def test_partner_offers_and_the_account_are_switched_by_keys_as_well(at_work, islanders):
    """S0.8, S0.10, S4.15: the switches are buttons, and the space bar works them."""
    page, james = at_work(), islanders["Hook"]
    for name, field, after in (
        ("Opt-in (partner offers)", "partner_offers", True),
        ("Enabled", "active", False),
    ):
        one = switch(page, "James Hook", of=name)
        one.focus()
        page.keyboard.press("Space")
        expect(one).to_have_attribute("aria-checked", str(after).lower())
        expect(one).not_to_have_attribute("aria-busy", "true")
        assert getattr(Customer.objects.get(pk=james.pk), field) is after


def test_a_choice_applies_at_once_and_a_chip_takes_it_away(at_work):
    """S1.93, S3.41: no button is needed; Reset brings everybody back."""
    page = at_work()
    remember(page)
    page.get_by_role("combobox", name="Newsletter", exact=True).select_option("false")
    expect(page.locator(ROWS)).to_have_count(1)
    assert names(page) == ["James"]
    page.get_by_role("combobox", name="Customer Groups", exact=True).select_option(label="Wholesale")
    expect(page.get_by_role("heading", name="Nothing matches these filters.")).to_be_visible()
    page.locator(".chip", has_text="Wholesale").get_by_role("link").click()
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_role("link", name="Reset").first.click()
    expect(page.locator(ROWS)).to_have_count(4)


def test_coming_back_from_a_file_keeps_the_filters(at_work, islanders):
    """Deliverable 6, U11: by the browser's own button, and by saving what was opened from the list."""
    page = at_work("/customers/?newsletter=true&sort=first_name")
    here = re.compile(r"/customers/\?newsletter=true&sort=first_name$")
    page.get_by_role("link", name="Darling", exact=True).click()
    page.wait_for_url(f"**/customers/{islanders['Darling'].pk}/**")
    page.go_back()
    expect(page).to_have_url(here)
    expect(page.locator(ROWS)).to_have_count(3)
    page.get_by_role("link", name="Edit Wendy Moira Darling").click()
    page.get_by_label("Company").fill("Neverland Ltd")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(here)
    assert names(page) == ["Peter", "Tiger", "Wendy Moira"]


@pytest.mark.smoke
def test_without_scripts_filter_and_switch_work(at_work, islanders):
    """Deliverable 10, S0.9: every page works as forms and links."""
    page = at_work(**WITHOUT_SCRIPTS)
    page.get_by_role("textbox", name="First name").fill("wendy")
    page.get_by_role("combobox", name="Newsletter", exact=True).select_option("true")
    page.get_by_role("button", name="Filter").first.click()
    assert names(page) == ["Wendy Moira"]
    switch(page, "Wendy Moira Darling").click()
    expect(page.locator(".toast")).to_contain_text("Newsletter switched off for Wendy Moira Darling.")
    assert Customer.objects.get(pk=islanders["Darling"].pk).newsletter is False


def test_without_scripts_the_export_is_a_link(signed_in_page, manager, islanders):
    """S4.26: the gear opens without scripts and the file holds what the list shows."""
    page = signed_in_page(manager, **WITHOUT_SCRIPTS)
    page.goto("/customers/?first_name=wendy")
    page.locator("summary[aria-label='More settings']").click()
    with page.expect_download() as download:
        page.locator("#list-gear").get_by_role("link", name="Export", exact=True).click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Wendy Moira" in lines[1]


def test_without_scripts_a_customer_is_added(at_work, islanders):
    """S0.21: the form needs no script."""
    page = at_work("/customers/add/", **WITHOUT_SCRIPTS)
    page.get_by_label("First name").fill("Nana")
    page.get_by_label("Last name").fill("Newfoundland")
    page.get_by_label("E-mail").fill("nana@neverland.example")
    page.get_by_label("Password").first.fill("barks-at-night")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Nana")
    assert Customer.objects.get(email="nana@neverland.example").first_name == "Nana"
