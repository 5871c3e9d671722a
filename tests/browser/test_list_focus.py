"""From the search into the rows and back, and where the focus is once what it was on has gone (U1, U2, U3, U25)."""

import re

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer

ROWS = ".list tbody tr"


def focused(page: Page) -> str:
    """What has the focus, in short."""
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.tagName"
    )


def test_the_name_is_a_link_of_the_browser_and_the_header_of_its_row(opened, small_shop):
    """U1: an address to hover, to copy and to open beside; a screen reader hears the person in every column."""
    page = opened("/customers/?sort=id")
    link = page.get_by_role("rowheader", name="DOE").get_by_role("link", name="DOE", exact=True)
    expect(link).to_have_attribute("href", f"/customers/{small_shop.john.pk}/")
    ink, other = (
        page.locator(place).first.evaluate("one => getComputedStyle(one).color")
        for place in (f"{ROWS} th a", f"{ROWS} td.c-first_name")
    )
    assert ink == other
    with page.context.expect_page() as beside:
        link.click(button="middle")
    assert beside.value.url.endswith(f"/customers/{small_shop.john.pk}/")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{small_shop.john.pk}/")


def test_arrows_lead_from_the_search_into_the_rows_along_them_and_back(opened, small_shop):
    """U2: 44 tabs were between the box and the first row."""
    page = opened("/customers/?sort=id")
    box = page.get_by_role("searchbox", name="Customer")
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(ROWS).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(ROWS).nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Select Ada Byron")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Byron", exact=True)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.get_by_label("First name", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{small_shop.john.pk}/")


def test_enter_goes_to_the_only_hit_and_opens_it(opened, small_shop):
    """U2: "/", a few letters, Enter, Enter; the list itself stays one step back."""
    page = opened("/customers/")
    page.keyboard.press("/")
    page.keyboard.type("wendy")
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{small_shop.wendy.pk}/")
    page.go_back()
    box = page.get_by_role("searchbox", name="Customer")
    expect(box).to_have_value("wendy")
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{small_shop.wendy.pk}/")


def test_enter_on_several_hits_stays_in_the_box(opened, small_shop, customer):
    """U2: only one hit leaves no choice."""
    for name in ("Peter", "Wendy"):
        customer(first_name=name, last_name="Pan")
    page = opened("/customers/")
    page.get_by_label("Last name", exact=True).fill("pan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("last_name=pan"))
    expect(page.get_by_label("Last name", exact=True)).to_be_focused()


def test_a_second_skip_link_leads_to_the_list(opened, small_shop):
    """U2."""
    page = opened("/customers/?sort=id")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="To the list")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Select John DOE")).to_be_focused()


@pytest.mark.parametrize("way", ["Undo", "Close"])
def test_a_message_that_goes_gives_the_focus_back_to_its_switch(opened, small_shop, way):
    """U2: it fell to the page, and with it the place in the list."""
    page = opened("/customers/")
    switch = page.get_by_role("switch", name="Newsletter, Bob Ożóg")
    switch.focus()
    page.keyboard.press("Space")
    toast = page.locator(".toast")
    expect(toast).to_have_count(1)
    page.keyboard.press("F6")
    toast.get_by_role("button", name=way).focus()
    page.keyboard.press("Enter")
    expect(switch).to_be_focused()


@pytest.mark.parametrize("key", ["u", "Control+z"])
def test_a_key_takes_back_the_latest_from_anywhere(opened, small_shop, key):
    """U2: 61 tabs back to Undo in twelve seconds were too many."""
    page = opened("/customers/")
    page.get_by_role("switch", name="Newsletter, Bob Ożóg").focus()
    page.keyboard.press("Space")
    expect(page.locator(".toast")).to_contain_text("Newsletter switched on for Bob Ożóg.")
    page.keyboard.press(key)
    expect(page.locator(".toast")).to_contain_text("Newsletter switched off for Bob Ożóg.")
    assert focused(page) == "Newsletter, Bob Ożóg"
    assert Customer.objects.get(pk=small_shop.bob.pk).newsletter is False


def test_a_message_that_offers_undo_stays_until_it_is_closed(opened, small_shop):
    """D4: it was there for twelve seconds, and so was the only way back. Other messages go."""
    page = opened("/customers/")
    page.clock.install()
    page.get_by_role("switch", name="Newsletter, Bob Ożóg").click()
    by_script = page.locator(".toast", has_text="Newsletter switched on for Bob Ożóg.")
    expect(by_script).to_be_visible()
    page.clock.fast_forward(60_000)
    expect(by_script).to_be_visible()
    for said, stays in (("may not log in any more", True), ("Nothing was changed", False)):
        page.get_by_label("Select Wendy Moira").check()
        page.locator(".selection-bar").get_by_role("button", name="Disable").click()
        told = page.locator(".toast.is-told", has_text=said)
        expect(told).to_be_visible()
        page.clock.fast_forward(60_000)
        expect(told).to_be_visible() if stays else expect(told).to_have_count(0)


def test_after_an_action_on_several_one_is_where_one_was(opened, small_shop):
    """U2: the page comes again, and the focus with it to the row that was worked on; so after its Undo."""
    page = opened("/customers/?sort=id")
    page.get_by_label("Select Ada Byron").focus()
    page.keyboard.press("Space")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator(ROWS).nth(1)).to_be_focused()


def test_what_the_server_says_comes_into_the_live_region_once_it_is_listened_to(opened, small_shop):
    """U2: a message that stands there at load is mostly not spoken."""
    page = opened("/customers/?sort=id")
    page.get_by_label("Select Ada Byron").check()
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
            window.came = [];
            new MutationObserver((changes) => changes.forEach((one) => one.addedNodes.forEach(
                (node) => window.came.push(node.textContent.trim()))))
                .observe(document.getElementById("toasts"), { childList: true });
        })"""
    )
    page.locator(".selection-bar").get_by_role("button", name="Disable").click()
    expect(page.locator(".toast")).to_be_visible()
    page.wait_for_timeout(1000)
    assert page.evaluate("window.came.map((text) => text.split('.')[0])") == [
        "1 customer may not log in any more"
    ]


def test_letters_as_keys_can_be_switched_off(opened, small_shop, owner):
    """U3, WCAG 2.1.4: who dictates opens nothing by saying a j; arrows, Enter and Escape stay."""
    page = opened("/profile/")
    switch = page.get_by_role("switch", name="Single-letter keys")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.get_by_role("button", name="Save").click()
    owner.refresh_from_db()
    assert owner.letter_keys is False
    page.goto("/customers/")
    for key in ("j", "k", "/", "?", "a"):
        page.keyboard.press(key)
    assert focused(page) == "BODY"
    assert not page.get_by_role("dialog", name="Keyboard shortcuts").is_visible()
    page.get_by_role("searchbox", name="Customer").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(ROWS).first).to_be_focused()
    page.keyboard.press("x")
    assert page.locator(f"{ROWS} :checked").count() == 0


def test_an_address_is_whole_while_its_row_has_the_focus_and_is_copied_whole(opened, small_shop):
    """U25, S1.13: whole on focus and when copied."""
    page = opened("/customers/", width=1280)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cut = page.locator(f"{ROWS} .c-email .cut").first
    assert cut.evaluate("one => one.scrollWidth > one.clientWidth")
    page.keyboard.press("j")
    assert cut.evaluate("one => getComputedStyle(one).overflowX") == "visible"
    cut.focus()
    assert cut.evaluate("one => getComputedStyle(one).overflowX") == "visible"
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == small_shop.wendy.email


def test_a_slash_leads_to_a_search_on_every_page(opened, small_shop):
    """U35: it was dead everywhere but on the list."""
    page = opened("/groups/")
    page.keyboard.press("/")
    page.keyboard.type("wendy")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=wendy&in=everywhere")
    expect(page.locator(ROWS)).to_have_count(1)


def test_what_was_found_is_said_in_words(opened, small_shop):
    """U24: no "Page 1 / 1 | Display 50 / 1 result"; the title of the page holds the number, too."""
    page = opened("/customers/")
    page.get_by_label("First name", exact=True).fill("wendy")
    expect(page.locator("#list-said")).to_have_text("1 customer found")
    expect(page).to_have_title(re.compile(r"^Customers \(1 result\)"))
