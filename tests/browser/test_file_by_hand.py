"""The file of a customer by key and by switch, in a real browser (U17)."""

import re

from playwright.sync_api import expect


def test_the_key_e_opens_edit_on_the_file(opened, small_shop, owner):
    """U17: as it does on a row of a list; not while somebody types, nor for who wants no single letters (U3)."""
    address = f"/customers/{small_shop.john.pk}/"
    page = opened(address)
    page.get_by_label("Add a private note").press("e")
    expect(page).to_have_url(re.compile(rf"{address}$"))
    page.get_by_label("Add a private note").fill("")
    page.get_by_role("heading", name="John DOE").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Edit the row, or what the page shows")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(rf"{address}edit/$"))
    owner.letter_keys = False
    owner.save()
    page.goto(address)
    page.keyboard.press("e")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(rf"{address}$"))


def test_the_word_beside_the_switch_follows_it(opened, small_shop):
    """U17, S3.30: the state is said once, and is true after a click and its undo."""
    page = opened(f"/customers/{small_shop.john.pk}/")
    switch, state = page.get_by_role("switch", name="Status, John DOE"), page.locator(".state")
    expect(state).to_have_text("Enabled")
    switch.click()
    expect(state).to_have_text("Inactive")
    page.get_by_role("button", name="Undo").click()
    expect(state).to_have_text("Enabled")
