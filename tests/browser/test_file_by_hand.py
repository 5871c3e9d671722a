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


def test_the_keys_j_and_k_lead_from_file_to_file_of_the_list_and_back_to_its_place(
    opened, small_shop, customer
):
    """Issue 8, point 12: over the end of the list's page; where there is no further one, nothing happens."""
    made = [customer(first_name="Zoe", last_name=f"Zz{chr(97 + at)}") for at in range(22)]
    page = opened("/customers/?per_page=20&first_name=zoe&sort=last_name")
    page.locator(f"#row-{made[19].pk} th a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoe Zzt")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("On a record: the next and the previous one of the list")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoe Zzu")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoe Zzt")
    page.get_by_role("link", name="Next: Zoe Zzu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoe Zzu")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoe Zzv")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="This is the last one in the list.")).to_have_attribute(
        "aria-disabled", "true"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoe Zzv")
    page.get_by_role("link", name="Back to Customers").first.click()
    expect(page.locator(f"#row-{made[21].pk}")).to_be_focused()
    expect(page.locator("#rows tr")).to_have_count(2)
