"""Figures that explain themselves, the picture of a customer's time, and the ground of a consent, in a real browser."""

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import Consent
from tests.panels.conftest import cart, order, product, row, seeded, visit

__all__ = ["cart", "order", "product", "row", "seeded", "visit"]


@pytest.fixture
def john(small_shop, order, cart, visit, product):
    """John DOE, who came, filled a cart and ordered in each of twelve months."""
    john, now = small_shop.john, timezone.now()
    for number in range(12):
        at, cable = now - dt.timedelta(days=30 * number, minutes=1), product(f"Cable {number}")
        order(john, at, cable, total="10.00")
        cart(john, at, cable)
        visit(john, at, cable)
    return john


def sales(page):
    """The figure of the head that says what he bought for."""
    return page.locator(".file-head .explained").nth(1)


def test_a_figure_opens_by_keys_shows_what_makes_it_and_closes_again(opened, john, axe):
    """Point 4: on click, and without a mouse."""
    page = opened(f"/customers/{john.pk}/")
    figure = sales(page)
    figure.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(figure.locator(".reckoning .is-total")).to_contain_text("€120.00")
    expect(figure.locator(".table tbody tr")).to_have_count(10)
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(figure.locator(".reckoning")).to_be_hidden()
    expect(figure.locator("summary")).to_be_focused()


def test_it_stays_inside_a_narrow_window(opened, john):
    page = opened(f"/customers/{john.pk}/", width=375)
    sales(page).locator("summary").click()
    expect(sales(page).locator(".reckoning")).to_be_visible()
    box = sales(page).locator(".menu-list").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_without_scripts_it_leads_to_a_page(opened, john):
    page = opened(f"/customers/{john.pk}/", scripts=False)
    sales(page).locator("summary").click()
    sales(page).get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Sales")
    expect(page.locator(".reckoning .is-total")).to_contain_text("€120.00")


@pytest.mark.parametrize("width", [1440, 375])
def test_the_picture_of_time_comes_after_the_page_and_is_accessible(opened, john, axe, width):
    page = opened(f"/customers/{john.pk}/", width=width)
    picture = page.get_by_role("img", name="From")
    expect(picture).to_be_visible()
    expect(page.locator(".lanes-names li")).to_have_count(3)
    page.get_by_text("As a table").click()
    expect(page.locator(".lanes-table thead")).to_contain_text("Orders")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_words_of_the_axis_do_not_run_into_each_other(opened, john, owner):
    """The longest months of our languages, where there is least room."""
    for language in ("en", "fr", "pl", "ro"):
        owner.language = language
        owner.save()
        page = opened(f"/customers/{john.pk}/", width=375)
        page.locator(".lanes-picture").wait_for()
        boxes = page.locator(".lanes-word:visible").evaluate_all(
            "words => words.map(one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right])"
        )
        assert all(before[1] < after[0] for before, after in pairwise(boxes)), language


@pytest.mark.parametrize("scripts", [True, False])
def test_switching_a_consent_on_in_the_form_asks_for_its_ground(opened, small_shop, customer, scripts):
    """S4.14, S4.15: it shows where it is asked, without scripts too."""
    made = customer(first_name="Ada", last_name="Byron")
    page = opened(f"/customers/{made.pk}/edit/", scripts=scripts)
    ground = page.locator("#id_newsletter_ground")
    expect(ground).to_be_hidden()
    page.get_by_label("Newsletter").check()
    expect(ground).to_be_visible()
    expect(page.locator("#id_partner_offers_ground")).to_be_hidden()
    ground.fill("Signed form of 3 May")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#consents tbody tr")).to_contain_text("Signed form of 3 May")
    assert Consent.objects.get(customer=made).ground == "Signed form of 3 May"
