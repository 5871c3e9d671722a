"""The form of a customer in a browser: the box for a new password (B12), and what is doubted about a company."""

import pytest
from playwright.sync_api import Page, expect

from backoffice.records.actors import Actor
from backoffice.records.options import store
from customers.models import Customer
from customers.options import SECTION, CustomerOptions
from customers.services import edit_customer

WORD = ".password-strength > [aria-hidden]"
TOLD = ".password-strength > [role=status]"


@pytest.fixture
def form(opened, small_shop) -> Page:
    return opened("/customers/add/")


def judged(page: Page, password: str) -> tuple[str, str]:
    """What the meter says of it: the word, and how far it is filled."""
    page.locator("#id_password").fill(password)
    return page.locator(WORD).inner_text(), page.locator("meter").evaluate("(one) => one.value")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("1234", ("Too short", 1)),
        ("12345", ("Weak", 2)),
        ("aaaaaaaaaaaaaaaa", ("Weak", 2)),
        ("abcdefghijklmnop", ("Weak", 2)),
        ("kT7-qz0w", ("Fair", 3)),
        ("lavender-under", ("Strong", 4)),
        ("żółw na rowerze", ("Strong", 4)),
        ("Lovelace-1815-Augusta", ("Weak", 2)),
        ("augusta@shop.example", ("Weak", 2)),
    ],
)
def test_the_meter_recommends_what_nobody_guesses(form, password, said):
    """B12: five characters are taken, twelve that are no name, no row and no repetition are recommended."""
    form.get_by_label("Last name").fill("Lovelace")
    form.get_by_label("First name").fill("Augusta")
    form.get_by_label("E-mail address").fill("augusta@shop.example")
    assert judged(form, password) == said


def test_a_name_typed_afterwards_counts_too(form):
    assert judged(form, "Lovelace-1815") == ("Strong", 4)
    form.get_by_label("Last name").fill("Lovelace")
    assert form.locator(WORD).inner_text() == "Weak"


def test_the_shop_says_what_is_too_short(opened, small_shop):
    """Decision 6: the option raises it; a long password is never called too short."""
    store(CustomerOptions(password_min_length=12), SECTION, by=Actor.command())
    page = opened("/customers/add/")
    assert judged(page, "kT7-qz0w")[0] == "Too short"
    assert judged(page, "kT7-qz0w-lamp")[0] == "Strong"


def test_a_screen_reader_is_told_after_a_pause_and_not_at_every_key(form):
    expect(form.locator(".password-strength")).to_be_hidden()
    form.locator("#id_password").press_sequentially("12345", delay=40)
    assert form.locator(TOLD).inner_text() == ""
    expect(form.locator(TOLD)).to_have_text("Password strength: Weak")
    form.locator("#id_password").fill("")
    expect(form.locator(".password-strength")).to_be_hidden()


def test_the_button_shows_the_password_and_hides_it_again(form):
    field, button = form.locator("#id_password"), form.get_by_role("button", name="Show password")
    field.fill("12345")
    field.press("Tab")
    expect(button).to_be_focused()
    for pressed, kind in (("true", "text"), ("false", "password")):
        form.keyboard.press("Space")
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(field).to_have_attribute("type", kind)


def test_a_password_that_is_shown_is_saved_and_kept_nowhere_else(form):
    """G26: not among the drafts of the browser."""
    form.get_by_label("Last name").fill("Lovelace")
    form.get_by_label("First name").fill("Augusta")
    form.get_by_label("E-mail address").fill("augusta@shop.example")
    form.locator("#id_password").fill("shown-to-all-12")
    form.get_by_role("button", name="Show password").click()
    form.evaluate(
        "addEventListener('pagehide', () => localStorage.setItem('was', JSON.stringify(sessionStorage)))"
    )
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator("h1")).to_have_text("Augusta Lovelace")
    assert Customer.objects.get(email="augusta@shop.example").password
    was = form.evaluate("localStorage.getItem('was')")
    assert "augusta@shop.example" in was
    assert "shown-to-all-12" not in was


def test_without_scripts_there_is_a_plain_box(opened, small_shop):
    page = opened("/customers/add/", scripts=False)
    expect(page.locator("#id_password")).to_be_visible()
    expect(page.locator(".password-strength")).to_be_hidden()
    expect(page.locator("[data-show-password]")).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 375])
def test_it_is_accessible_at_each_of_its_words(opened, small_shop, axe, width):
    page = opened("/customers/add/", width=width, height=2600)
    for password in ("1", "12345", "kT7-qz0w", "lavender-under"):
        judged(page, password)
        assert axe(page) == []


@pytest.mark.parametrize("width", [1440, 375])
def test_doubts_about_a_company_are_accessible(opened, small_shop, axe, width):
    """Decision 7: the words of a doubt stand under the field, in both themes, and fit a phone."""
    store(CustomerOptions(b2b=True), SECTION, by=Actor.command())
    Customer.objects.filter(pk=small_shop.ada.pk).update(
        country="PL", siret="123456786", ape="1", website="?"
    )
    page = opened(f"/customers/{small_shop.ada.pk}/edit/", width=width, height=3200)
    expect(page.locator(".field-doubt")).to_have_count(3)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("address", ["/customers/add/", "/customers/{}/edit/", "/customers/{}/"])
def test_a_custom_field_with_a_name_of_sixty_letters_stays_inside_a_phone(
    opened, small_shop, custom_field, address
):
    """Trial of custom fields, 7: its label made the page 681 pixels wide."""
    made = custom_field("W" * 60)
    edit_customer(small_shop.ada, {f"custom_{made.pk}": "x"}, by=Actor.command())
    page = opened(address.format(small_shop.ada.pk), width=375)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
