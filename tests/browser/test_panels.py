"""The panels of a customer's page in a real browser: the first screen, narrow screens, both themes, axe (point 11)."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from addresses.models import Address
from tests.panels.conftest import cart, order, product, row, seeded, visit

__all__ = ["cart", "order", "product", "row", "seeded", "visit"]


@pytest.fixture
def john(small_shop, order, cart, visit, product, row):
    """John DOE, of whom everything is known that a panel can show, ten rows of it and more."""
    john, now = small_shop.john, timezone.now()
    for number in range(12):
        at, ware = now - dt.timedelta(days=number, minutes=1), product(f"Sound-isolating earphones {number}")
        order(john, at, ware)
        cart(john, at, product(f"Wool blanket {number}"))
        visit(
            john,
            at,
            ware,
            ip=f"192.168.100.{100 + number}",
            origin="newsletter.example.com",
            device="computer",
        )
    row(Address, customer=john, company="Analytical Engines", phone="+33 1 02 09 04 05", postcode="75000")
    return john


def test_what_was_bought_last_is_on_the_first_screen(opened, john):
    """Point 11: at 1440 × 900, without a scroll, in the head and as the first row of the orders."""
    page = opened(f"/customers/{john.pk}/")
    expect(page.locator(".file-head")).to_contain_text("1 × Sound-isolating earphones 0")
    for what in (page.locator(".file-head .glance").last, page.locator("#orders tbody tr").first):
        box = what.bounding_box()
        assert box["y"] + box["height"] < 900


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_panel_is_wider_than_its_column(opened, john, owner, language):
    """Design: nothing of it is cut off on a wide screen."""
    owner.language = language
    owner.save()
    page = opened(f"/customers/{john.pk}/")
    wide = page.locator(".table-scroll").evaluate_all(
        "boxes => boxes.map(box => [box.closest('section').id, box.scrollWidth - box.clientWidth])"
    )
    assert [(name, over) for name, over in wide if over > 0] == []


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
def test_on_a_phone_nothing_of_a_customers_page_scrolls_sideways(opened, john, owner, language):
    """Orders, carts, consents and connections were cut after their third column."""
    owner.language = language
    owner.save()
    page = opened(f"/customers/{john.pk}/", width=375)
    assert page.locator("#orders tbody tr").count() == 10
    wide = page.locator(".table-scroll").evaluate_all(
        "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).map(box => box.closest('section').id)"
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_on_a_phone_the_day_of_an_order_stands_in_its_headline(opened, john):
    """A card of a panel is three lines: number and day, then each figure behind its name."""
    card = opened(f"/customers/{john.pk}/", width=375).locator("#orders tbody tr").first
    boxes = "all => all.map(one => one.getBoundingClientRect().toJSON())"
    number, day = card.locator("th, td.date").evaluate_all(boxes)
    assert abs(number["bottom"] - day["bottom"]) < 4
    assert day["left"] > number["left"] + 150
    assert card.locator("td.money").get_attribute("data-title") == "Total paid"
    assert card.bounding_box()["height"] < 100


@pytest.mark.parametrize(("address", "column"), [("/orders/", "placed_at"), ("/carts/", "created_at")])
def test_the_lists_of_orders_and_carts_tell_day_and_time_on_a_phone(opened, john, address, column):
    """The day stood there without the time."""
    clock = opened(address, width=375).locator(f".list tbody .c-{column} .clock").first
    assert re.fullmatch(r"\d\d:\d\d:\d\d", clock.inner_text())
    assert clock.evaluate("one => one.clientWidth > 0 && one.scrollWidth === one.clientWidth")


def test_on_a_phone_a_title_stands_on_the_line_of_its_neighbours(opened, john):
    """The room for a finger moved what is a link down by 5 px: the cart of an order, the default group."""
    page = opened(f"/customers/{john.pk}/", width=375)
    below = (
        "all => all.map(one => one.getBoundingClientRect().y - one.parentElement.getBoundingClientRect().y)"
    )
    moved = page.locator(".glance > div:has(dd > a) > dt").evaluate_all(below)
    assert moved
    assert set(moved) == {0}


@pytest.mark.parametrize("width", [1440, 375])
def test_the_whole_page_is_accessible_with_all_its_panels(opened, john, axe, width):
    page = opened(f"/customers/{john.pk}/?back=%2Fcustomers%2F&carts=unfinished", width=width)
    expect(page.locator("#carts [aria-current]")).to_have_text("Unfinished only")
    assert axe(page) == []


def test_the_switch_of_the_carts_works_without_scripts(opened, john):
    """Decision 15."""
    page = opened(f"/customers/{john.pk}/?back=%2Fcustomers%2F", scripts=False)
    page.get_by_role("link", name="Unfinished only").click()
    expect(page.locator("#carts tbody tr")).to_have_count(10)
    expect(page.locator(".title-actions .steps a").first).to_be_visible()


@pytest.mark.parametrize("width", [1440, 375])
def test_stacked_addresses_have_no_titles_over_nothing_and_break_no_name(opened, john, width):
    """Titles stand no longer over their cells there: they are read aloud, and show to who sorts by keys."""
    block = opened(f"/customers/{john.pk}/", width=width).locator("#addresses")
    assert block.locator("thead").bounding_box()["height"] <= 1
    assert block.locator("tbody .c-name").bounding_box()["width"] > 100
    block.locator("thead a").first.focus()
    assert block.locator("thead").bounding_box()["height"] > 20
