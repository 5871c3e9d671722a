"""What is half written on a page of several boxes: it stays, whatever else is sent, and nothing goes dead (S1.52)."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Customer, Note, Thread


@pytest.fixture
def asked(opened):
    """`asked(address)` is a page that shows it, and the questions it asks before it is left; one stays each time."""

    def asked(address: str):
        page, questions = opened(address), []
        page.on("dialog", lambda dialog: questions.append(dialog.type))
        return page, questions

    return asked


def test_a_note_half_written_stays_when_the_private_note_is_saved_and_the_reverse(asked, small_shop):
    """Trial of the customer's file: neither is lost, nothing is asked, and each is sent once."""
    ada = small_shop.ada
    page, questions = asked(f"/customers/{ada.pk}/")
    private, added = page.get_by_label("Add a private note"), page.get_by_label("Add a note", exact=True)
    added.fill("Likes blue.")
    private.fill("Rings twice.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Note saved.")
    expect(added).to_have_value("Likes blue.")
    private.fill("Rings three times.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".remark").filter(has_text="Likes blue.")).to_have_count(1)
    expect(private).to_have_value("Rings three times.")
    expect(added).to_have_value("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Note saved.")
    assert Customer.objects.get(pk=ada.pk).note == "Rings three times."
    assert Note.objects.filter(customer=ada.pk, text="Likes blue.").count() == 1
    assert questions == []
    page.reload()
    expect(added).to_have_value("")


@pytest.mark.parametrize("act", ["Pin as the private note", "Delete the note"])
def test_a_note_half_written_stays_when_another_is_pinned_or_deleted(asked, small_shop, act):
    """Trial of the customer's file."""
    page, questions = asked(f"/customers/{small_shop.ada.pk}/")
    page.get_by_label("Add a note", exact=True).fill("Likes blue.")
    page.get_by_role("button", name=act).first.click()
    expect(page.locator(".toast").first).to_be_visible()
    expect(page.get_by_label("Add a note", exact=True)).to_have_value("Likes blue.")
    assert questions == []


def test_a_reply_half_written_stays_when_the_conversation_is_assigned(asked, small_shop):
    """Trial of the messages: so does a private remark, whose fold is open again; the reply can be sent."""
    thread = Thread.objects.get()
    page, questions = asked(f"/messages/{thread.pk}/")
    page.get_by_label("Your reply").fill("It comes today.")
    page.get_by_text("Add a private remark").click()
    page.get_by_label("Private remark").fill("The carrier found it.")
    page.get_by_role("button", name="Assign to me").click()
    expect(page.get_by_role("button", name="Assign to me")).to_have_count(0)
    expect(page.get_by_label("Your reply")).to_have_value("It comes today.")
    expect(page.get_by_label("Private remark")).to_have_value("The carrier found it.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".talk")).to_contain_text("It comes today.")
    expect(page.get_by_label("Your reply")).to_have_value("")
    expect(page.get_by_label("Private remark")).to_have_value("The carrier found it.")
    assert questions == []


def test_after_staying_the_buttons_work_and_every_box_is_guarded(asked, small_shop):
    """Trial of the customer's file: to sign out asks; where the browser keeps nothing, so does each button."""
    page, questions = asked(f"/customers/{small_shop.ada.pk}/")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    private, added = page.get_by_label("Add a private note"), page.get_by_label("Add a note", exact=True)
    private.fill("Rings twice.")
    added.fill("Likes blue.")
    for number in (1, 2, 3):
        page.get_by_role("button", name="Add", exact=True).click(no_wait_after=True)
        page.wait_for_timeout(600)
        assert questions == ["beforeunload"] * number
    page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
    page.wait_for_timeout(600)
    assert questions == ["beforeunload"] * 4
    private.fill("")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".remark").filter(has_text="Likes blue.")).to_have_count(1)
    assert questions == ["beforeunload"] * 4


def test_signing_out_asks_and_then_keeps_nothing(opened, small_shop, new_page):
    """Trial of the customer's file: what was half written is for nobody else at this machine."""
    page = opened(f"/customers/{small_shop.ada.pk}/")
    box = page.get_by_label("Add a note", exact=True)
    box.fill("Likes blue.")
    page.get_by_role("button", name="Pin as the private note").first.click()
    expect(page.locator(".toast").first).to_be_visible()
    expect(box).to_have_value("Likes blue.")
    questions = []
    page.on("dialog", lambda dialog: questions.append(dialog.type))
    page.locator("header details.menu summary").last.click()
    page.get_by_role("button", name="Sign out").click(no_wait_after=True)
    page.wait_for_timeout(600)
    assert questions == ["beforeunload"]
    box.fill("")
    page.locator("header details.menu summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/login/"))
    assert page.evaluate("sessionStorage.getItem('boxes')") is None
