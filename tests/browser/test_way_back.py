"""Coming back to the list from forms, files and questions, by mouse, keys and without scripts (U11, U12, U19, U33)."""

import re

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer

LIST = "/customers/?per_page=50&sort=last_name"


@pytest.fixture
def crowd(small_shop, customer) -> list[Customer]:
    """Forty people more, by their last names."""
    return [
        customer(first_name="Mary", last_name=f"Sue{chr(97 + at // 26)}{chr(97 + at % 26)}")
        for at in range(40)
    ]


def top_of(page: Page) -> float:
    return page.evaluate("scrollY")


def in_view(page: Page, who: Customer) -> bool:
    return page.locator(f"#row-{who.pk}").evaluate(
        "row => { const at = row.getBoundingClientRect(); return at.top > 100 && at.bottom < innerHeight }"
    )


def save(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        page.locator(f"form.form [name={name}]").fill(value)
    page.get_by_role("button", name="Save", exact=True).click()


def test_saving_leads_back_to_the_row_at_its_place_and_marks_it_once(opened, crowd):
    """U11: the list began at its top, and fifty rows had to be searched again."""
    page, who = opened(LIST), crowd[30]
    page.evaluate("scrollTo(0, 800)")
    page.locator(f"#row-{who.pk} .row-edit").click()
    save(page, company="Acme")
    expect(page.locator(f"#row-{who.pk}")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape(LIST) + "$"))
    assert (top_of(page), in_view(page, who)) == (800, True)
    expect(page.locator(".has-changed")).to_have_attribute("id", f"row-{who.pk}")
    expect(page.locator(".toast p")).to_have_text(f"{who} saved.")
    page.reload()
    expect(page.locator("#rows tr").first).to_be_visible()
    assert (page.locator(".has-changed").count(), top_of(page)) == (0, 800)


@pytest.mark.parametrize("way", ["the crumb", "the foot", "the browser"])
def test_every_way_back_from_a_file_leads_to_the_place_in_the_list(opened, crowd, way):
    """U11: the browser's own Back landed some rows away, the link at the top."""
    page, who = opened(LIST), crowd[30]
    page.evaluate("scrollTo(0, 800)")
    page.locator(f"#row-{who.pk} th a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(who))
    if way == "the browser":
        page.go_back()
    else:
        page.locator({"the crumb": ".crumbs a", "the foot": "footer .push"}[way]).first.click()
    expect(page.locator(f"#row-{who.pk}")).to_be_focused()
    assert top_of(page) == 800


def test_who_skipped_to_the_list_comes_back_to_their_row(opened, crowd):
    """The address that the skip link leaves behind lost the place: the focus was nowhere, the page at its top."""
    page, who = opened(LIST), crowd[30]
    page.get_by_role("link", name="To the list").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#rows$"))
    row = page.locator(f"#row-{who.pk}")
    for _step in range(page.locator("#rows tr").count()):
        page.keyboard.press("j")
        if row.evaluate("row => row === document.activeElement"):
            break
    top = top_of(page)
    assert top > 0
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(str(who))
    page.go_back()
    expect(row).to_be_focused()
    assert top_of(page) == top


def test_by_keys_alone_one_edits_undoes_and_goes_on(opened, crowd):
    """U11: e, Enter, Ctrl+Z, j: the hands stay where they are."""
    page, who = opened("/customers/?sort=last_name"), crowd[3]
    page.locator(f"#row-{who.pk}").evaluate("row => { row.tabIndex = -1; row.focus() }")
    page.keyboard.press("e")
    page.locator("form.form [name=company]").fill("Acme")
    page.keyboard.press("Enter")
    row = page.locator(f"#row-{who.pk}")
    expect(row).to_be_focused()
    assert row.evaluate("row => row.matches(':focus-visible')")
    page.keyboard.press("Control+z")
    expect(page.locator(".toast p")).to_have_text(f"Undone: changes to {who}.")
    expect(row).to_be_focused()
    assert Customer.objects.get(pk=who.pk).company == ""
    page.keyboard.press("j")
    expect(page.locator(f"#row-{crowd[4].pk}")).to_be_focused()


def test_after_a_deletion_the_next_row_has_the_focus(opened, crowd):
    """U11: one goes on where the deleted one was."""
    page, who = opened(LIST), crowd[30]
    page.evaluate("scrollTo(0, 800)")
    page.locator(f"#row-{who.pk} summary").click()
    page.locator(f"#row-{who.pk}").get_by_role("link", name="Delete").click()
    page.locator("#way-2").check()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(f"#row-{crowd[31].pk}")).to_be_focused()
    assert top_of(page) == 800


def test_who_opens_the_list_by_the_menu_begins_at_its_top(opened, crowd):
    """U11: a place is kept for who comes back, not for who begins anew."""
    page = opened("/customers/?per_page=50")
    page.goto("/customers/")
    page.evaluate("scrollTo(0, 300)")
    page.locator("#rows th a").nth(12).click()
    page.locator(".rail").get_by_role("link", name="Customers", exact=True).click()
    expect(page.locator("#rows tr").first).to_be_visible()
    assert top_of(page) == 0


def test_a_question_that_is_cancelled_leaves_the_ticks(opened, crowd):
    """U19: the selection was lost; and a choice left out is told in our words, not in the browser's."""
    page = opened(LIST)
    for who in crowd[:3]:
        page.locator(f"#row-{who.pk} [name=selected]").check()
    page.locator(".selection-bar").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How do you want to delete 3 customers?")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    page.locator("[data-errors] a").click()
    expect(page.locator("#way-1")).to_be_focused()
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator(".selection-count")).to_have_text("3 selected")
    expect(page).to_have_url(re.compile(re.escape(LIST) + "$"))


def test_an_error_page_keeps_what_was_typed(opened, small_shop, console):
    """U12: the frame on an error page does not take it for the form that was opened again."""
    console.foresee("status of 403")
    page = opened("/customers/add/")
    page.locator("[name=last_name]").fill("Darling")
    page.evaluate(
        "document.querySelectorAll('main [name=csrfmiddlewaretoken]').forEach((one) => { one.value = 'x'.repeat(64) })"
    )
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This form has expired")
    expect(page.locator(".rail")).to_be_visible()
    page.get_by_role("link", name="Open the page again").click()
    expect(page.locator("[name=last_name]")).to_have_value("Darling")


@pytest.mark.parametrize("width", [1440, 375])
def test_error_pages_in_the_frame_are_accessible_and_fit(opened, small_shop, console, axe, width):
    """U12."""
    console.foresee("status of 40")
    page = opened("/customers/", width=width)
    for address in ("/customers/999999/", "/customers/actions/enable/"):
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


class TestWithoutScripts:
    """The same by links and forms alone."""

    @pytest.fixture
    def plain(self, opened, crowd):
        return opened(LIST, scripts=False)

    def test_saving_leads_to_the_row(self, plain, crowd):
        """U11: the browser goes to the row by itself."""
        who = crowd[30]
        plain.locator(f"#row-{who.pk} .row-edit").click()
        save(plain, company="Acme")
        assert plain.url.endswith(f"{LIST}#row-{who.pk}")
        expect(plain.locator(f"#row-{who.pk}")).to_be_in_viewport()
        plain.locator(".toast").get_by_role("button", name="Undo").click()
        expect(plain.locator(".toast p")).to_have_text(f"Undone: changes to {who}.")

    def test_a_switch_is_taken_back_and_its_ground_stated(self, plain, crowd):
        """U33: the message had neither Undo nor the way to state the source of consent."""
        who = crowd[5]
        plain.locator(f"#row-{who.pk} .c-newsletter button").click()
        toast = plain.locator(".toast")
        expect(toast.get_by_role("link", name="How did they consent?")).to_be_visible()
        toast.get_by_role("button", name="Undo").click()
        expect(plain.locator(".toast p")).to_contain_text("Newsletter switched off")
        assert not Customer.objects.get(pk=who.pk).newsletter
        assert plain.url.endswith(LIST)

    def test_a_cancelled_question_leaves_the_ticks(self, plain, crowd):
        """U19."""
        plain.locator(f"#row-{crowd[2].pk} [name=selected]").check()
        plain.get_by_role("button", name="Delete selected").click()
        plain.get_by_role("link", name="Cancel").click()
        expect(plain.locator("#rows [name=selected]:checked")).to_have_count(1)
