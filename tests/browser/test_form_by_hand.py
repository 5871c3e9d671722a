"""Adding and editing a customer in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Customer
from tests.people import PASSWORD


@pytest.mark.smoke
def test_a_customer_is_added_by_hand(opened, small_shop):
    """S0.19–S0.41: from the list to the file."""
    page = opened("/customers/")
    page.get_by_role("link", name="Add New").first.click()
    page.get_by_label("Female").check()
    page.get_by_label("Last name").fill("Lovelace")
    page.get_by_label("First name").fill("Augusta")
    page.get_by_label("Password").fill("12345")
    page.get_by_label("E-mail address").fill("augusta@shop.example")
    page.get_by_label("Day", exact=True).select_option("10")
    page.get_by_label("Month", exact=True).select_option(label="December")
    page.get_by_label("Year", exact=True).select_option("1995")
    page.get_by_label("Newsletter").check()
    page.get_by_label("Wholesale").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("Augusta Lovelace")
    expect(page.locator(".toast")).to_contain_text("Augusta Lovelace added.")
    made = Customer.objects.get(email="augusta@shop.example")
    assert (made.birthday.isoformat(), made.newsletter, made.groups.count()) == ("1995-12-10", True, 2)


def test_a_fault_moves_the_focus_to_the_summary_and_loses_nothing(opened, small_shop):
    """Design, forms: errors at the field and a summary with links at the top, focus moved there."""
    page = opened(f"/customers/{small_shop.wendy.pk}/edit/")
    page.get_by_label("First name").fill("Wendy 2")
    page.get_by_label("Phone").fill("+44 20")
    page.get_by_label("Company").fill("Darling & Sons")
    page.get_by_role("button", name="Save", exact=True).click()
    summary = page.locator("[data-errors]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Names can't contain digits.")
    expect(page.get_by_label("Phone")).to_have_value("+44 20")
    expect(page.get_by_label("Company")).to_have_value("Darling & Sons")
    summary.get_by_role("link", name="First name").click()
    expect(page.get_by_label("First name")).to_be_focused()
    expect(page.get_by_label("First name")).to_have_value("Wendy 2")
    page.get_by_label("First name").fill("Wendy")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Wendy Moira saved.")
    assert Customer.objects.get(pk=small_shop.wendy.pk).company == "Darling & Sons"


def test_leaving_with_changes_asks(opened, small_shop):
    """Design, forms: leaving with changes asks; saving does not."""
    page = opened(f"/customers/{small_shop.wendy.pk}/edit/")
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.get_by_label("Phone").fill("+44 20")
    expect(page.locator("[data-unsaved]")).to_be_visible()
    page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Phone")).to_have_value("+44 20")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Wendy Moira saved.")
    assert asked == ["beforeunload"]


def test_what_was_typed_survives_a_token_and_a_sign_in_that_ran_out(opened, small_shop, owner, console):
    """Issue 2, deliverable 7: nothing typed is ever lost; G10: what came without a token is never done."""
    console.foresee("status of 403")
    page = opened(f"/customers/{small_shop.wendy.pk}/edit/")
    page.get_by_label("Phone").fill("112")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("This form has expired")
    assert Customer.objects.get(pk=small_shop.wendy.pk).phone == ""
    page.get_by_role("link", name="Open the page again").click()
    expect(page.get_by_label("Phone")).to_have_value("112")
    expect(page.locator(".toast")).to_contain_text("What you typed is here again.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("Wendy Moira")
    assert Customer.objects.get(pk=small_shop.wendy.pk).phone == "112"
    page.get_by_label("Add a private note").fill("Rings twice")
    page.context.clear_cookies(name="sessionid")
    page.locator(".note-form").get_by_role("button", name="Save").click()
    page.get_by_label("E-mail address").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Add a private note")).to_have_value("Rings twice")


def test_one_box_ticks_all_groups(opened, small_shop):
    """S1.40: a select-all check box."""
    page = opened("/customers/add/")
    page.get_by_label("Select all").check()
    expect(page.get_by_label("Default", exact=True)).to_be_checked()
    expect(page.get_by_label("Wholesale")).to_be_checked()
    page.get_by_label("Wholesale").uncheck()
    expect(page.get_by_label("Select all")).not_to_be_checked()


def test_two_people_choose_between_their_versions(opened, small_shop, manager, console):
    """Issue 2, deliverable 7: the second sees both and chooses, nothing is lost silently."""
    console.foresee("status of 409")
    mine = opened(f"/customers/{small_shop.wendy.pk}/edit/")
    theirs = opened(f"/customers/{small_shop.wendy.pk}/edit/", staff=manager)
    theirs.get_by_label("Phone").fill("111")
    theirs.get_by_label("Company").fill("Theirs")
    theirs.get_by_role("button", name="Save", exact=True).click()
    mine.get_by_label("Phone").fill("222")
    mine.get_by_label("Note").first.fill("Mine")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.locator("h1")).to_have_text("Somebody else has saved Wendy Moira")
    mine.get_by_label("Phone: take 222").check()
    mine.get_by_label("Company: keep Theirs").check()
    mine.get_by_label("Note: take Mine").check()
    mine.get_by_role("button", name="Save my choices").click()
    expect(mine.locator("h1")).to_have_text("Wendy Moira")
    after = Customer.objects.get(pk=small_shop.wendy.pk)
    assert (after.phone, after.company, after.note) == ("222", "Theirs", "Mine")


def test_a_value_is_put_back_from_the_history(opened, small_shop):
    """D-92."""
    page = opened(f"/customers/{small_shop.wendy.pk}/edit/")
    page.get_by_label("First name").fill("Gwendolyn")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/customers/{small_shop.wendy.pk}/history/")
    page.get_by_role("button", name="Put back First name: Wendy").click()
    expect(page.locator(".toast")).to_contain_text("First name put back.")
    assert Customer.objects.get(pk=small_shop.wendy.pk).first_name == "Wendy"


@pytest.mark.parametrize(
    ("language", "told"), [("en", "= 1 hour 30 minutes"), ("pl", "= 1 godzina 30 minut")]
)
def test_minutes_are_told_in_hours_while_they_are_typed(opened, owner, language, told):
    """U31: “360 minutes are 6 hours.” stood there whatever was typed."""
    owner.language = language
    owner.save()
    page = opened("/customers/options/")
    field, output = page.locator("#id_password_minutes"), page.locator("output")
    stored = output.inner_text()
    for typed, shown in (("90", told), ("", ""), ("9x", ""), ("59", ""), ("360", stored)):
        field.fill(typed)
        assert output.inner_text().replace("\u00a0", " ") == shown


def test_the_switches_of_the_file_act_in_place(opened, small_shop):
    """Design, the file: editing a small thing happens in place."""
    page = opened(f"/customers/{small_shop.wendy.pk}/")
    switch = page.get_by_role("switch", name=re.compile("^Newsletter"))
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(page.locator(".toast")).to_contain_text("Newsletter switched on for Wendy Moira.")
    assert Customer.objects.get(pk=small_shop.wendy.pk).newsletter is True


class TestWithoutScripts:
    """Every page and form works without scripts (interface.md)."""

    @pytest.fixture
    def plain(self, opened):
        return lambda address: opened(address, scripts=False)

    def test_saving_a_form(self, plain, small_shop):
        """A fault is told, then the value is saved."""
        page = plain(f"/customers/{small_shop.wendy.pk}/edit/")
        page.get_by_label("First name").fill("Wendy 2")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("[data-errors]")).to_contain_text("Names can't contain digits.")
        page.get_by_label("First name").fill("Gwen")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("h1")).to_have_text("Gwen Moira")

    def test_opening_a_row_and_its_menu(self, plain, small_shop):
        """S4.18: the menu of a row is there without scripts too."""
        page = plain("/customers/?first_name=wendy")
        row = page.locator(".list tbody tr")
        row.locator("summary").click()
        row.get_by_role("link", name="View").click()
        expect(page.locator("h1")).to_have_text("Wendy Moira")

    def test_acting_on_a_selection(self, plain, small_shop):
        """S1.9."""
        page = plain("/customers/")
        page.get_by_label("Select Wendy Moira").check()
        page.get_by_role("button", name="Disable").click()
        expect(page.locator(".toast")).to_contain_text("1 customer may not log in any more.")
        assert Customer.objects.get(pk=small_shop.wendy.pk).active is False

    def test_choosing_theme_and_language(self, plain, small_shop, owner):
        """Issue 2: theme and language per person."""
        page = plain("/customers/")
        page.locator("summary[aria-label=Theme]").click()
        page.get_by_role("button", name="Dark").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.locator("summary[aria-label^=Language]").click()
        page.get_by_role("button", name="Français").click()
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        owner.refresh_from_db()
        assert (owner.theme, owner.language) == ("dark", "fr")


def test_a_form_pressed_twice_is_sent_once(opened):
    """A slow mail or a slow password tempts to a second click; both would invite."""
    page = opened("/reauthenticate/?next=/staff/invite/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Invite a colleague")
    sent = []
    page.route("**/staff/invite/", lambda route: sent.append(route))
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("E-mail address").fill("ada@example.com")
    page.get_by_role("button", name="Invite").dblclick(no_wait_after=True)
    page.wait_for_timeout(300)
    assert [route.request.method for route in sent] == ["POST"]
    sent[0].continue_()
    expect(page.locator("h1")).to_have_text("Invitation")
    page.unroute("**/staff/invite/")
    page.go_back()
    expect(page.get_by_role("button", name="Invite")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("/customers/add/", ("radio", "title")),
        ("/groups/add/", ("text", "name")),
        ("/customers/{wendy}/edit/", ("text", "last_name")),  # no radio: an arrow would change who she is
        ("/tags/{problem}/edit/", ("text", "name")),
        ("/staff/invite/", ("text", "name")),
    ],
)
def test_who_opens_a_form_by_keys_begins_at_its_first_field(opened, small_shop, owner, address, begins):
    """Twenty-two Tabs led there."""
    page = opened(address.format(wendy=small_shop.wendy.pk, problem=small_shop.problem.pk))
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}")
    assert page.evaluate("[document.activeElement.type, document.activeElement.name]") == list(begins)


@pytest.mark.parametrize("address", ["/customers/{wendy}/delete/", "/tags/{problem}/delete/"])
def test_a_question_about_deleting_begins_at_the_safe_answer(opened, small_shop, address):
    """Enter deletes nobody; a screen reader hears the question with the link."""
    page = opened(address.format(wendy=small_shop.wendy.pk, problem=small_shop.problem.pk))
    cancel = page.get_by_role("link", name="Cancel")
    expect(cancel).to_be_focused()
    expect(cancel).to_have_accessible_description(page.locator("h1").inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/delete/" not in url)
    assert Customer.objects.filter(pk=small_shop.wendy.pk, deleted=False).exists()
