"""The customers list without a mouse, in a real browser (issue 2: keyboard all through; WCAG 2.4.3, 2.4.7)."""

from playwright.sync_api import expect

from customers.models import Customer, Tag

ROWS = ".list tbody tr"


def test_what_is_selected_is_acted_on_from_where_one_is(opened, small_shop):
    """No walk through fifty rows to the bar: x, a, Enter; Escape leads back to the row."""
    page = opened("/customers/?sort=id")
    bar = page.locator(".selection-bar")
    page.keyboard.press("a")
    expect(bar).not_to_be_in_viewport()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(bar.get_by_role("button", name="Enable")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Select John DOE")).to_be_focused()
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("1 customer may not log in any more.")
    small_shop.john.refresh_from_db()
    assert small_shop.john.active is False
    page.locator(".toast").get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{ROWS} [role=switch][aria-label='Enabled, John DOE']")).to_be_checked()
    assert Customer.objects.get(pk=small_shop.john.pk).active is True


def test_where_deleting_is_all_one_can_do_the_bar_says_how_many_and_does_it(opened, tag):
    """The list of tags told nothing of its ticked rows; the one button stood below all of them."""
    for name in ("Late", "Rude", "VIP"):
        tag(name)
    page = opened("/tags/?sort=name")
    bar = page.locator(".selection-bar")
    page.keyboard.press("a")
    expect(bar).to_be_hidden()
    for name in ("Late", "Rude"):
        page.get_by_label(f"Select {name}").check()
    expect(bar).to_contain_text("2 selected")
    expect(bar).to_be_in_viewport()
    page.keyboard.press("a")
    expect(bar.get_by_role("button", name="Delete", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("2 deleted.")
    assert list(Tag.objects.filter(name__in=("Late", "Rude", "VIP")).values_list("name", flat=True)) == [
        "VIP"
    ]


def test_focus_in_the_bar_of_the_selection_does_not_move_the_page(opened, small_shop, customer):
    """Design, character: it never moves under the cursor. The bar lies inside the page's scroll padding."""
    for number in range(30):
        customer(first_name="Many", last_name="P" + "abcdefghij"[number % 10] * (1 + number // 10))
    page = opened("/customers/", height=700)
    page.get_by_label("Select Wendy Moira").check()
    page.evaluate("scrollTo(0, 150)")
    for button in page.locator(".selection-bar :is(button, summary):visible").all():
        button.focus()
        assert page.evaluate("scrollY") == 150


def test_a_menu_closes_with_escape_and_when_the_focus_leaves_it(opened, small_shop):
    """Escape gives the focus back to what opened the menu; a menu that was left does not stay over the rows."""
    page = opened("/customers/")
    for name in ("More settings", "Actions for Wendy Moira"):
        summary = page.locator(f"summary[aria-label='{name}']")
        menu = page.locator("details.menu", has=summary)
        summary.focus()
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("open", "")
        page.keyboard.press("ArrowDown")
        expect(menu.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).not_to_have_attribute("open", "")
        expect(summary).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(menu.get_by_role("link").last).to_be_focused()
        page.keyboard.press("Tab")
        expect(menu).not_to_have_attribute("open", "")


def test_escape_closes_a_menu_from_anywhere(opened, small_shop):
    """Also where the browser left the focus on the page after a click."""
    page = opened("/customers/")
    summary = page.locator("summary[aria-label='More settings']")
    summary.click()
    summary.evaluate("element => element.blur()")
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_a_switch_said_twice_leaves_one_word_with_an_undo_that_is_true(opened, small_shop):
    """An older Undo beside the newer one would do nothing, or the opposite of what it says."""
    page = opened("/customers/")
    switch = page.get_by_role("switch", name="Newsletter, Bob Ożóg")
    switch.click()
    expect(page.locator(".toast")).to_contain_text("Newsletter switched on for Bob Ożóg.")
    switch.click()
    expect(page.locator(".toast")).to_contain_text("Newsletter switched off for Bob Ożóg.")
    expect(page.locator(".toast")).to_have_count(1)


def test_toasts_cover_no_switch_box_menu_or_paging(opened, small_shop, customer):
    """Design, character: what one works with stays in reach while a word stands over the rows."""
    for number in range(30):
        customer(first_name="Many", last_name="P" + "abcdefghij"[number % 10] * (1 + number // 10))
    page = opened("/customers/")
    page.get_by_role("switch", name="Newsletter, Wendy Moira").click()
    toast = page.locator(".toast").bounding_box()
    controls = page.locator(f"{ROWS} :is(.switch, input, summary, .row-edit)")
    for box in controls.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())"):
        assert box["right"] <= toast["x"] or box["left"] >= toast["x"] + toast["width"]


def test_nothing_moves_for_who_asked_for_less_motion(opened, small_shop):
    """Design, motion: none with reduced motion."""
    page = opened("/customers/")
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("switch", name="Newsletter, Wendy Moira").click()
    page.locator(".toast").wait_for()
    moving = page.evaluate(
        "document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 0).length"
    )
    assert moving == 0


def test_what_a_search_found_is_walked_through_by_the_same_keys(opened, small_shop, customer):
    """The search page draws the rows of lists: j, k, o and e were dead there, and a click beside the name."""
    customer(first_name="Wendy", last_name="Darling")
    address = "/search/?q=wendy"
    page = opened(address)
    rows = page.locator(ROWS)
    expect(rows).to_have_count(2)
    second = rows.nth(1).get_attribute("data-href")
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("x")  # nothing can be selected here
    page.keyboard.press("o")
    page.wait_for_url(f"**{second}")
    page.go_back()
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("e")
    page.wait_for_url(f"**{second}edit/")
