"""What a support agent does all day, done in a real browser: find, switch, open, edit, select, come back."""

import re

import pytest
from playwright.sync_api import Page, expect

from backoffice.models import ColumnChoice
from customers.models import Customer

ROWS = ".list tbody tr"
WITHOUT_SCRIPTS = {"scripts": False}


@pytest.fixture
def at_work(signed_in_page, support, neverland):
    """`at_work("/customers/", width=375)`: that page in front of a support agent."""

    def at_work(address: str = "/customers/", **look) -> Page:
        page = signed_in_page(support, **look)
        page.goto(address)
        return page

    return at_work


def names(page: Page) -> list[str]:
    """The first names on the list, in order."""
    return page.locator(f"{ROWS} td.c-first_name").all_inner_texts()


def switch(page: Page, name: str, of: str = "News."):
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
def test_her_newsletter_is_switched_by_one_click_and_taken_back(at_work, neverland):
    """S0.9, S4.13, S4.14: one click, no form, no reload; the toast says what happened and offers Undo."""
    page, wendy = at_work(), neverland["Wendy"]
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
    expect(toast).to_contain_text("Make sure the customer wants it.")
    expect(news).to_have_attribute("aria-checked", "true")
    assert Customer.objects.get(pk=wendy.pk).newsletter is True
    assert is_same(page)
    assert page.url.endswith("/customers/")


def test_partner_offers_and_the_account_are_switched_by_keys_as_well(at_work, neverland):
    """S0.8, S0.10, S4.15: the switches are buttons, and the space bar works them."""
    page, james = at_work(), neverland["James"]
    for name, field, after in (("Opt.", "partner_offers", True), ("Enabled", "active", False)):
        one = switch(page, "James Hook", of=name)
        one.focus()
        page.keyboard.press("Space")
        expect(one).to_have_attribute("aria-checked", str(after).lower())
        expect(one).not_to_have_attribute("aria-busy", "true")
        assert getattr(Customer.objects.get(pk=james.pk), field) is after


def test_a_click_on_the_row_opens_the_file_and_a_click_on_a_switch_does_not(at_work, neverland):
    """S4.62: anywhere on the row, not on the switches, the box or the menu."""
    page = at_work()
    switch(page, "Peter Pan").click()
    expect(page.locator(".toast")).to_contain_text("Peter Pan")
    page.get_by_role("checkbox", name="Select Peter Pan").check()
    menu = page.locator("summary[aria-label='Actions for Peter Pan']")
    menu.click()
    assert page.url.endswith("/customers/")
    page.locator("h1").click()  # closes the menu
    page.get_by_role("cell", name="Pan", exact=True).click()
    page.wait_for_url(f"**/customers/{neverland['Peter'].pk}/")
    expect(page.locator("h1")).to_contain_text("Pan")


def test_the_menu_of_a_row_opens_the_file_too(at_work, neverland):
    """S4.62: Actions, three dots, View; S4.18."""
    page = at_work()
    page.locator("summary[aria-label='Actions for Tiger Lily']").click()
    page.get_by_role("link", name="View", exact=True).click()
    page.wait_for_url(f"**/customers/{neverland['Tiger'].pk}/")


def test_a_choice_applies_at_once_and_a_chip_takes_it_away(at_work):
    """S1.93, S3.41: no button is needed; Reset brings everybody back."""
    page = at_work()
    remember(page)
    page.get_by_label("Newsletter", exact=True).select_option("false")
    expect(page.locator(ROWS)).to_have_count(1)
    assert names(page) == ["James"]
    page.get_by_label("Customer Groups", exact=True).select_option(label="Wholesale")
    expect(page.get_by_role("heading", name="Nothing matches these filters.")).to_be_visible()
    page.locator(".chip", has_text="Wholesale").get_by_role("link").click()
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_role("link", name="Reset").first.click()
    expect(page.locator(ROWS)).to_have_count(4)


def test_a_title_sorts_one_way_and_then_the_other_within_the_filter(at_work):
    """S4.20: first click ascending, second descending; the address line tells it."""
    page = at_work("/customers/?newsletter=true")
    title = page.locator("th.c-first_name a")
    title.click()
    page.wait_for_url("**sort=first_name*")
    assert names(page) == ["Peter", "Tiger", "Wendy Moira"]
    title.click()
    page.wait_for_url("**sort=-first_name*")
    assert names(page) == ["Wendy Moira", "Tiger", "Peter"]
    assert "newsletter=true" in page.url


def test_all_rows_are_selected_and_the_action_says_how_many(at_work):
    """S1.9, S3.46: the box in the header; then a number, not a promise."""
    page = at_work()
    page.get_by_role("checkbox", name="Select all rows of this page").check()
    bar = page.get_by_role("region", name="Selection")
    expect(bar).to_contain_text("4 selected")
    page.get_by_role("checkbox", name="Select James Hook").uncheck()
    expect(bar).to_contain_text("3 selected")
    page.get_by_role("checkbox", name="Select James Hook").check()
    bar.get_by_role("button", name="Disable", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("4 ")
    assert Customer.objects.filter(active=False).count() == 4


def test_an_error_loses_nothing_and_leads_to_the_field(at_work, neverland):
    """Deliverable 7: focus on the summary, the link in it on the field, everything typed still there."""
    wendy = neverland["Wendy"]
    page = at_work(f"/customers/{wendy.pk}/edit/")
    page.get_by_label("First name").fill("Wendy Angela")
    page.get_by_label("E-mail").fill("peter.pan@neverland.example")
    page.get_by_label("Last name").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    summary = page.locator("[data-errors]")
    expect(summary).to_be_focused()
    assert page.get_by_label("First name").input_value() == "Wendy Angela"
    assert page.get_by_label("E-mail").input_value() == "peter.pan@neverland.example"
    summary.get_by_role("link", name="Last name").click()
    field = page.get_by_label("Last name")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("Darling")
    page.get_by_label("E-mail").fill("wendy@neverland.example")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/customers/**")
    expect(page.locator("[data-errors]")).to_have_count(0)
    assert Customer.objects.get(pk=wendy.pk).first_name == "Wendy Angela"


def test_rows_are_walked_and_opened_by_keys(at_work, neverland):
    """Deliverable 10: keyboard all through; keys stay letters inside a box."""
    page = at_work("/customers/?sort=first_name")
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator(f"{ROWS}.is-here td.c-first_name")).to_have_text("James")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Select James Hook")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{neverland['Peter'].pk}/")
    page.goto("/customers/")
    page.get_by_role("textbox", name="First name").press_sequentially("jo")
    page.wait_for_url("**first_name=jo*")


def test_dark_is_chosen_once_and_stays(at_work, support):
    """Deliverable 10: light and dark can be switched; it is the person's, not the browser's."""
    page = at_work()
    remember(page)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("summary[aria-label='Theme']").click()
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name="Dark").click()
    assert answer.value.status in (200, 204, 302)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert is_same(page)
    page.goto("/help/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    support.refresh_from_db()
    assert support.theme == "dark"


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_list_needs_no_scrolling_sideways(at_work, width):
    """Design, lists: never at 1280 px with the default columns, neither the page nor the list in it."""
    page = at_work(width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator(".list-wrap").evaluate("wrap => wrap.scrollWidth <= wrap.clientWidth")


def test_a_file_has_two_columns_and_on_a_phone_the_left_one_first(at_work, neverland):
    """S4.63: one under the other, the left column's blocks first."""
    address = f"/customers/{neverland['Wendy'].pk}/"

    def places(page: Page) -> list[dict]:
        return [page.locator(f".{one}").first.bounding_box() for one in ("file-left", "file-right")]

    left, right = places(at_work(address))
    assert left["x"] + left["width"] <= right["x"]
    assert left["y"] == right["y"]
    left, right = places(at_work(address, width=375))
    assert left["x"] == right["x"]
    assert left["y"] + left["height"] <= right["y"]


def test_coming_back_from_a_file_keeps_the_filters(at_work, neverland):
    """Deliverable 6: by the crumb, by the browser's own button, and after saving."""
    page = at_work("/customers/?newsletter=true&sort=first_name")
    here = re.compile(r"/customers/\?newsletter=true&sort=first_name$")
    page.get_by_role("cell", name="Darling", exact=True).click()
    page.wait_for_url(f"**/customers/{neverland['Wendy'].pk}/**")
    page.go_back()
    expect(page).to_have_url(here)
    expect(page.locator(ROWS)).to_have_count(3)
    page.get_by_role("link", name="Edit Wendy Moira Darling").click()
    page.get_by_label("Company").fill("Neverland Ltd")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(lambda url: not url.endswith("/edit/"))
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="Customers").click()
    expect(page).to_have_url(here)
    assert names(page) == ["Peter", "Tiger", "Wendy Moira"]


@pytest.mark.smoke
def test_without_scripts_filter_switch_and_export_work(at_work, neverland):
    """Deliverable 10, S0.9, S4.26: every page works as forms and links; the file holds what the list shows."""
    page = at_work(**WITHOUT_SCRIPTS)
    page.get_by_role("textbox", name="First name").fill("wendy")
    page.get_by_label("Newsletter", exact=True).select_option("true")
    page.get_by_role("button", name="Filter").first.click()
    assert names(page) == ["Wendy Moira"]
    switch(page, "Wendy Moira Darling").click()
    expect(page.locator(".toast")).to_contain_text("Newsletter switched off for Wendy Moira Darling.")
    assert Customer.objects.get(pk=neverland["Wendy"].pk).newsletter is False


def test_without_scripts_the_export_is_a_link(signed_in_page, manager, neverland):
    """S4.26: the gear opens without scripts and the file holds what the list shows."""
    page = signed_in_page(manager, **WITHOUT_SCRIPTS)
    page.goto("/customers/?first_name=wendy")
    page.locator("summary[aria-label='More settings']").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export", exact=True).click()
    lines = open(download.value.path(), encoding="utf-8-sig").read().splitlines()
    assert len(lines) == 2
    assert "Wendy Moira" in lines[1]


def test_without_scripts_a_customer_is_added(at_work, neverland):
    """S0.21: the form needs no script."""
    page = at_work("/customers/add/", **WITHOUT_SCRIPTS)
    page.get_by_label("First name").fill("Nana")
    page.get_by_label("Last name").fill("Newfoundland")
    page.get_by_label("E-mail").fill("nana@neverland.example")
    page.get_by_label("Password").first.fill("barks-at-night")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Nana")
    assert Customer.objects.get(email="nana@neverland.example").first_name == "Nana"


def test_a_list_with_chosen_columns_stays_within_the_screen(at_work, support):
    """S1.8, decision 1: many columns scroll inside the list, not the page."""
    from customers.sections.customers import CUSTOMERS

    ColumnChoice.objects.create(staff=support, section="customers", columns=list(CUSTOMERS.table.names()))
    page = at_work(width=1280)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
