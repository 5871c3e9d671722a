"""The customers list in a real browser, as staff use it all day."""

import re

import pytest
from playwright.sync_api import Page, expect

from backoffice.lists import bulk
from customers.models import Customer
from tests.people import PASSWORD

ROWS = ".list tbody tr"


def names(page: Page) -> list[str]:
    """The first names on the page, from top to bottom."""
    return page.locator(f"{ROWS} td.c-first_name").all_inner_texts()


def mark_document(page: Page) -> None:
    """Leave a mark that only a load of the whole page takes away."""
    page.evaluate("document.documentElement.dataset.marked = 'yes'")


def is_the_same_document(page: Page) -> bool:
    return page.evaluate("document.documentElement.dataset.marked") == "yes"


@pytest.mark.smoke
def test_staff_sign_in_and_find_wendy_by_her_first_name(page, small_shop, owner):
    """Issue 2, must show: a scripted browser that signs in and finds "Wendy" (S1.93)."""
    page.goto("/customers/")
    page.get_by_label("E-mail").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/customers/")
    assert names(page) == ["Wendy", "Bob", "Ada", "John"]
    mark_document(page)
    box = page.get_by_label("First name", exact=True)
    box.fill("wen")
    expect(page.locator(ROWS)).to_have_count(1)
    assert names(page) == ["Wendy"]
    expect(page).to_have_url(re.compile(r"first_name=wen"))
    expect(page.get_by_label("First name", exact=True)).to_have_value("wen")
    expect(page.get_by_label("First name", exact=True)).to_be_focused()
    assert is_the_same_document(page)


def test_a_click_on_a_row_opens_the_file_and_a_click_on_its_switch_does_not(opened, small_shop):
    """S2.3, S4.62: anywhere on the row, not on the switches, boxes, menus."""
    page = opened("/customers/?sort=id")
    row = page.locator(ROWS).first
    row.get_by_role("switch").first.click()
    expect(page.locator(".toast")).to_have_count(1)
    row.get_by_role("checkbox").click()
    row.locator("td.c-check").click(position={"x": 2, "y": 2})
    row.locator("summary").click()
    expect(page).to_have_url(re.compile(r"/customers/\?sort=id$"))
    page.keyboard.press("Escape")
    row.locator("td.c-registered_at").click()
    page.wait_for_url(f"**/customers/{small_shop.john.pk}/")
    expect(page.locator("h1")).to_have_text("John DOE")


def test_days_from_and_to_filter_by_the_browsers_own_date_field(opened, small_shop):
    """S1.92, D-42."""
    page = opened("/customers/")
    page.locator("summary[aria-label^='Registration:']").click()
    page.get_by_label("Registration to").fill("2020-01-01")
    expect(page.locator(ROWS)).to_have_count(1)
    assert names(page) == ["John"]


def test_titles_sort_in_place_and_the_address_keeps_it(opened, small_shop):
    """S4.20: first click ascending, second descending."""
    page = opened("/customers/")
    mark_document(page)
    page.get_by_role("link", name="First name").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("First name")
    assert names(page) == ["Ada", "Bob", "John", "Wendy"]
    page.get_by_role("link", name="First name").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("First name")
    assert names(page) == ["Wendy", "John", "Bob", "Ada"]
    expect(page).to_have_url(re.compile(r"sort=-first_name"))
    assert is_the_same_document(page)
    page.reload()
    assert names(page) == ["Wendy", "John", "Bob", "Ada"]


def test_reset_gives_everybody_again_and_keeps_the_order(opened, small_shop):
    """S0.81, S1.94, U34: the complete list, sorted as it was; the help says so."""
    page = opened("/customers/?first_name=ada&sort=first_name")
    page.get_by_role("link", name="Reset").first.click()
    expect(page.locator(ROWS)).to_have_count(4)
    expect(page).to_have_url(re.compile(r"\?sort=first_name$"))


def test_select_all_and_act_on_the_selection(opened, small_shop):
    """S1.9, design: a bar with the count and the actions."""
    page = opened("/customers/")
    bar = page.locator(".selection-bar")
    expect(bar).not_to_be_in_viewport()
    page.get_by_label("Select all rows of this page").check()
    expect(bar).to_contain_text("4 selected")
    page.get_by_label("Select Wendy Moira").uncheck()
    expect(bar).to_contain_text("3 selected")
    bar.locator("summary", has_text="Newsletter on").click()
    bar.locator("[name=choice_newsletter_on]").select_option(label="In writing")
    bar.get_by_role("button", name="Newsletter on").click()
    expect(page.locator(".toast")).to_contain_text("Newsletter switched on for 2 customers.")
    flags = dict(Customer.objects.values_list("first_name", "newsletter"))
    assert flags == {"John": True, "Ada": True, "Bob": True, "Wendy": False}


def test_all_that_match_are_taken_where_one_says_so(opened, small_shop, customer):
    """D-87: the count is told before; beyond the page."""
    for number in range(20):
        customer(first_name="Many", last_name="Person" + "abcdefghijklmnopqrst"[number])
    page = opened("/customers/?per_page=20")
    page.get_by_label("Select all rows of this page").check()
    page.get_by_role("button", name="Select all 24 that match").click()
    bar = page.locator(".selection-bar")
    expect(bar).to_contain_text("All that match are selected: 24")
    bar.get_by_role("button", name="Disable").click()
    expect(page.locator("main")).to_contain_text("This concerns all 24 that match.")
    page.get_by_role("button", name="Disable").click()
    expect(page.locator(".toast")).to_contain_text("23 customers may not log in any more.")
    assert Customer.objects.filter(active=True).count() == 0


def test_many_are_asked_about_and_taken_back(opened, small_shop, customer, axe, monkeypatch):
    """D-87: the question holds number and filters; nothing is done before it is answered, and Undo takes all back."""
    monkeypatch.setattr(bulk, "MOST_UNASKED", 20)
    for number in range(21):
        customer(first_name="Many", last_name="Person" + "abcdefghijklmnopqrstu"[number])

    def disable_all():
        page.get_by_label("Select all rows of this page").check()
        page.get_by_role("button", name="Select all 21 that match").click()
        page.locator(".selection-bar").get_by_role("button", name="Disable").click()

    page = opened("/customers/?first_name=many&per_page=20")
    disable_all()
    expect(page.get_by_role("heading", name="Disable")).to_be_visible()
    expect(page.get_by_text("This concerns all 21 that match.")).to_be_visible()
    expect(page.locator(".chip")).to_have_text(["First name: many"])
    assert axe(page) == []
    page.get_by_role("link", name="Cancel").click()
    many = Customer.objects.filter(first_name="Many")
    assert many.filter(active=True).count() == 21
    disable_all()
    page.get_by_role("button", name="Disable").click()
    expect(page.locator(".toast")).to_contain_text("21 customers may not log in any more.")
    assert many.filter(active=True).count() == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Undone: 21 customers may log in again.")
    assert many.filter(active=True).count() == 21
    expect(page).to_have_url(re.compile(r"first_name=many&per_page=20$"))


def test_a_group_is_chosen_in_the_bar(opened, small_shop):
    """D-41, D-76: the picker is filled."""
    page = opened("/customers/")
    page.get_by_label("Select John DOE").check()
    bar = page.locator(".selection-bar")
    bar.locator("summary", has_text="Groups").click()
    bar.get_by_label("Groups").select_option(label="Wholesale")
    bar.get_by_role("button", name="Add to a group").click()
    expect(page.locator(".toast")).to_contain_text("1 customer added to Wholesale.")
    assert small_shop.john.groups.count() == 2


def test_deleting_a_selection_asks_first(opened, small_shop):
    """S1.18, facts 2.7."""
    page = opened("/customers/?first_name=bob")
    page.get_by_label("Select Bob Ożóg").check()
    page.get_by_role("button", name="Delete selected").click()
    expect(page.get_by_role("group", name="How do you want to delete 1 customer?")).to_be_visible()
    page.get_by_label(re.compile("^Hide; ")).check()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("1 customer deleted.")
    expect(page).to_have_url(re.compile(r"first_name=bob"))
    assert Customer.objects.here().count() == 3


def test_the_keyboard_walks_selects_and_opens(opened, small_shop):
    """Issue 2, the look: keyboard all through: j, k, x, Enter."""
    page = opened("/customers/?sort=id")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    expect(page.locator(ROWS).nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_label("Select Ada Byron")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{small_shop.ada.pk}/")


@pytest.mark.smoke
def test_enter_on_a_check_box_switches_nobody_off(opened, small_shop):
    """Issue 2, keyboard all through: the first button of the list is the first row's switch."""
    page = opened("/customers/?sort=id")
    page.get_by_label("Select Ada Byron").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    expect(page.locator(".toast")).to_have_count(0)
    expect(page.get_by_label("Select Ada Byron")).to_be_checked()
    assert Customer.objects.get(pk=small_shop.john.pk).active


def test_a_slash_leads_to_the_search(opened, small_shop):
    """Design, frame: "/"; the letter itself is not typed."""
    page = opened("/customers/")
    page.keyboard.press("/")
    page.keyboard.type("wendy")
    expect(page.locator(ROWS)).to_have_count(1)
    assert names(page) == ["Wendy"]


def test_keys_are_letters_while_one_types(opened, small_shop):
    """A name has a j: keys of the list never act in a field."""
    page = opened("/customers/")
    box = page.get_by_label("First name", exact=True)
    box.focus()
    page.keyboard.type("jo")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.get_by_label("First name", exact=True)).to_have_value("jo")
    assert names(page) == ["John"]


def test_the_keys_are_told_at_a_question_mark(opened, small_shop):
    """Design: nobody needs to remember them."""
    page = opened("/customers/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).not_to_be_visible()


def test_the_theme_is_switched_at_once_and_stays(opened, small_shop, owner):
    """Design: follows the system, can be switched; issue 2: theme per person."""
    page = opened("/customers/")
    light = page.evaluate("getComputedStyle(document.body).color")
    page.locator("summary[aria-label=Theme]").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate("getComputedStyle(document.body).color")
    assert dark != light
    page.wait_for_load_state("networkidle")
    page.goto("/help/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    owner.refresh_from_db()
    assert owner.theme == "dark"


def test_the_systems_dark_theme_is_followed(opened, small_shop):
    """Design: dark follows the system."""
    colours = {
        theme: opened("/customers/", theme=theme).evaluate("getComputedStyle(document.body).color")
        for theme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]


def test_columns_are_moved_by_buttons_and_ready_made_sets(opened, small_shop):
    """Decision 1."""
    page = opened("/customers/columns/")
    page.get_by_role("button", name="CRM").click()
    assert page.locator(".list thead tr").first.locator("th").all_inner_texts()[1:-1] == [
        "Customer",
        "Company",
        "Tags",
    ]
    page.goto("/customers/columns/")
    page.get_by_role("button", name="Move Company up").click()
    page.get_by_role("button", name="Save").click()
    assert page.locator(".list thead tr").first.locator("th").all_inner_texts()[1:-1] == [
        "Company",
        "Customer",
        "Tags",
    ]


@pytest.fixture
def columns_over_the_list(opened, small_shop):
    """The page of the list with the dialog of its columns open."""
    page = opened("/customers/?newsletter=true")
    page.get_by_label("More settings").click()
    page.get_by_role("link", name="Columns", exact=True).click()
    expect(page.get_by_role("dialog", name="Columns")).to_be_visible()
    return page


def test_the_last_column_is_brought_to_the_front_in_three_actions(columns_over_the_list):
    """U18: it took 19 clicks. Over the list: tick, to the top, save, and the filters are as they were."""
    page = columns_over_the_list
    page.get_by_role("checkbox", name="Last order").check()
    page.get_by_role("button", name="Move Last order to the top").click()
    assert page.locator(".columns-preview li").all_inner_texts()[:2] == ["Last order", "ID"]
    expect(page.locator("[data-said]")).to_contain_text("Last order: place 1 of")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/customers/?newsletter=true")
    assert page.locator(".list thead tr").first.locator("th").all_inner_texts()[1] == "Last order"


def test_columns_are_moved_by_keys_and_several_at_once(columns_over_the_list):
    """U18."""
    page = columns_over_the_list
    gender, name = (
        page.get_by_role("button", name=f"Move {one}", exact=True) for one in ("Gender", "Last name")
    )
    gender.press("Space")
    name.press("Space")
    name.press("ArrowDown")
    assert page.locator(".columns-preview li").all_inner_texts()[:4] == [
        "ID",
        "First name",
        "Gender",
        "Last name",
    ]
    expect(name).to_be_focused()
    name.press("Home")
    assert page.locator(".columns-preview li").all_inner_texts()[:3] == ["Gender", "Last name", "ID"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("More settings")).to_be_focused()


def test_columns_are_dragged_by_their_handles(columns_over_the_list):
    """U18."""
    page = columns_over_the_list
    start, end = (
        page.get_by_role("button", name=f"Move {one}", exact=True).bounding_box() for one in ("Age", "ID")
    )
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 8, steps=10)
    page.mouse.up()
    assert page.locator(".columns-preview li").all_inner_texts()[:2] == ["Age", "ID"]
    expect(page.locator(".grip[aria-pressed=true]")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 375])
def test_the_dialog_of_the_columns_is_accessible(opened, small_shop, axe, width):
    """U18."""
    page = opened("/customers/", width=width)
    page.get_by_label("More settings").click()
    page.get_by_role("link", name="Columns", exact=True).click()
    expect(page.get_by_role("dialog", name="Columns")).to_be_visible()
    assert axe(page) == []


def test_a_list_is_few_requests_and_bytes(opened, small_shop, customer):
    """Issue 2, speed: a cold first visit has at most 12 requests."""
    asked = []
    page = opened("/help/")
    page.context.clear_cookies(name="nothing")
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/customers/")
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 12, asked
