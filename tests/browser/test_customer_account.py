"""A customer's account by hand: a guest becomes a customer, a password is reset by a link (facts 4.14, S2.7)."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.core import mail
from playwright.sync_api import expect

from customers.models import Customer

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def at_home(settings, live_server):
    """Links in mails lead to the server of the test."""
    settings.PUBLIC_URL = live_server.url


def link() -> str:
    return re.search(r"https?://[^/]+(/account/password/\S+)", mail.outbox[-1].body).group(1)


def test_a_guest_becomes_a_customer_and_chooses_a_password(opened, new_page, customer, axe):
    """From the file to the shop's own page; nobody is signed in there, and the form works by keyboard alone."""
    nana = customer(first_name="Nana", last_name="Lund", guest=True, email="nana@shop.example")
    page = opened(f"/customers/{nana.pk}/")
    page.get_by_role("link", name="Turn into a customer").click()
    expect(page.get_by_text("Turn the guest Nana Lund into a customer?")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Turn into a customer").click()
    expect(page.locator("[data-toast]").first).to_contain_text("Nana Lund is a customer now")
    expect(page.get_by_role("link", name="Turn into a customer")).to_have_count(0)
    theirs = new_page()
    theirs.goto(link())
    assert axe(theirs) == []
    expect(theirs.get_by_label("New password", exact=False).first).to_be_focused()
    theirs.keyboard.type("correct horse")
    theirs.keyboard.press("Tab")
    expect(theirs.get_by_role("button", name="Show password")).to_be_focused()
    theirs.keyboard.press("Tab")
    theirs.keyboard.type("correct horse")
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Your password is saved")
    assert axe(theirs) == []
    assert check_password("correct horse", Customer.objects.get(pk=nana.pk).password)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_password_is_reset_and_the_link_opens_once(opened, new_page, customer, axe, console, scripts):
    """With scripts and without; within the window staff say that they know."""
    ada = customer(first_name="Ada", last_name="Byron", email="ada@shop.example", password="the old one")
    for button in ("Send the link", "Send anyway"):
        page = opened(f"/customers/{ada.pk}/", scripts=scripts)
        page.locator(".title-actions summary").last.click()
        page.get_by_role("link", name="Reset password").click()
        assert not scripts or axe(page) == []
        page.get_by_role("button", name=button).click()
        told = "Ada Byron gets an e-mail with a link for choosing a new password."
        expect(page.locator("[data-toast]").first).to_contain_text(told)
    theirs = new_page(scripts=scripts, width=375)
    theirs.goto(link())
    for field in theirs.locator("input[type=password]").all():
        field.fill("correct horse")
    theirs.get_by_role("button", name="Save the password").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Your password is saved")
    assert check_password("correct horse", Customer.objects.get(pk=ada.pk).password)
    console.foresee("status of 404")
    theirs.goto(link())
    expect(theirs.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    assert not scripts or axe(theirs) == []


def test_who_was_hidden_is_found_in_the_filter_and_brought_back(opened, customer, axe):
    """Decision 19: Undo of the toast, the filter “Deleted only”, the file of who is hidden."""
    ada = customer(first_name="Ada", last_name="Byron")
    page = opened(f"/customers/{ada.pk}/delete/")
    page.get_by_label("Hide; the customer may not register again", exact=False).check()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Ada").first).to_be_visible()
    assert not Customer.objects.get(pk=ada.pk).deleted
    page.goto(f"/customers/{ada.pk}/delete/")
    page.get_by_label("Hide; the customer may not register again", exact=False).check()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.goto("/customers/?deleted=only")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("button", name="Bring back")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator("[data-toast]").first).to_contain_text("Ada Byron is back.")
    assert not Customer.objects.get(pk=ada.pk).deleted


def test_the_account_is_disabled_by_the_keyboard_and_enabled_by_undo(opened, customer):
    """Decision 9, G34: the switch of the file, its toast, and the way back."""
    ada = customer(first_name="Ada", last_name="Byron")
    page = opened(f"/customers/{ada.pk}/")
    switch = page.get_by_role("switch", name="Status, Ada Byron")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(page.locator(".toast").first).to_contain_text("Ada Byron may not log in any more.")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(switch).to_have_attribute("aria-checked", "true")
    page.wait_for_load_state("networkidle")
    after = Customer.objects.get(pk=ada.pk)
    assert (after.active, after.keeps_signed_in(ada.session_round)) == (True, False)


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
def test_on_a_phone_what_can_be_done_with_a_guest_fits(opened, customer, owner, language):
    """With arrows, button, pencil and menu; the words are longer elsewhere."""
    owner.language = language
    owner.save()
    nana = customer(first_name="Nana", last_name="Lund", guest=True, email="nana@shop.example")
    page = opened(f"/customers/{nana.pk}/?back=/customers/", width=375)
    for one in page.locator(".title-actions .btn:visible").all():
        box = one.bounding_box()
        assert 0 <= box["x"] <= 375 - box["width"], one.inner_text()
