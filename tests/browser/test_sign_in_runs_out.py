"""The sign-in runs out on a page that is an answer to something sent: nothing typed is lost, nothing half done."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Customer
from tests.people import PASSWORD


@pytest.fixture
def sign_in_again(owner):
    """Presses a button of the page with the sign-in gone, and signs in."""

    def sign_in_again(page, button: str) -> None:
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name=button).click()
        expect(page.locator("main")).to_contain_text("what you sent was not done")
        page.get_by_label("E-mail address").fill(owner.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")

    return sign_in_again


def test_on_a_conflict_what_was_typed_is_back_and_meets_the_conflict_again(
    opened, small_shop, manager, console, sign_in_again
):
    """Issue 2, deliverable 7: neither of the two versions is lost silently."""
    console.foresee("status of 409")
    wendy = small_shop.wendy
    mine = opened(f"/customers/{wendy.pk}/edit/")
    theirs = opened(f"/customers/{wendy.pk}/edit/", staff=manager)
    theirs.get_by_label("Company").fill("Theirs")
    theirs.get_by_role("button", name="Save", exact=True).click()
    mine.get_by_label("Company").fill("Mine")
    mine.get_by_role("button", name="Save", exact=True).click()
    mine.get_by_label("Company: take Mine").check()
    sign_in_again(mine, "Save my choices")
    expect(mine.locator(".toast")).to_contain_text("What you typed is here again.")
    expect(mine.get_by_label("Company")).to_have_value("Mine")
    assert Customer.objects.get(pk=wendy.pk).company == "Theirs"
    mine.get_by_role("button", name="Save", exact=True).click()
    mine.get_by_label("Company: take Mine").check()
    mine.get_by_role("button", name="Save my choices").click()
    expect(mine.locator("h1")).to_have_text("Wendy Moira")
    assert Customer.objects.get(pk=wendy.pk).company == "Mine"


def test_on_a_conflict_of_notes_the_note_is_back_in_its_box(
    opened, small_shop, manager, console, sign_in_again
):
    """S1.52: the address of the question is no page; one comes back to the customer."""
    console.foresee("status of 409")
    wendy = small_shop.wendy
    mine = opened(f"/customers/{wendy.pk}/")
    theirs = opened(f"/customers/{wendy.pk}/", staff=manager)
    for page, note in ((theirs, "Theirs"), (mine, "Mine")):
        page.get_by_label("Add a private note").fill(note)
        page.locator(".note-form").get_by_role("button", name="Save").click()
    mine.get_by_label("Private note: take Mine").check()
    sign_in_again(mine, "Save my choices")
    expect(mine).to_have_url(re.compile(rf"/customers/{wendy.pk}/$"))
    expect(mine.get_by_label("Add a private note")).to_have_value("Mine")
    mine.locator(".note-form").get_by_role("button", name="Save").click()
    mine.get_by_label("Private note: take Mine").check()
    mine.get_by_role("button", name="Save my choices").click()
    box = mine.get_by_label("Add a private note")
    expect(box).to_have_value("Mine")
    expect(mine.locator(".toast")).to_have_count(1)
    expect(mine.locator(".toast")).to_contain_text("Note saved.")
    assert Customer.objects.get(pk=wendy.pk).note == "Mine"


def test_on_a_question_one_comes_back_to_the_list(opened, small_shop, sign_in_again):
    """Issue 2, deliverable 4: with its filters; nobody was deleted."""
    page = opened("/customers/?first_name=bob")
    page.get_by_label("Select Bob Ożóg").check()
    page.get_by_role("button", name="Delete selected").click()
    page.get_by_label(re.compile("^Hide; ")).check()
    sign_in_again(page, "Delete")
    expect(page).to_have_url(re.compile(r"/customers/\?first_name=bob$"))
    assert Customer.objects.here().count() == 4
