"""No word is cut or broken for want of room, and nothing moves once it is seen (design: the words, the frame)."""

from decimal import Decimal

import pytest

from backoffice.records.actors import Actor, Door
from backoffice.sections import all_sections
from backoffice.staff.api_tokens.services import create_token
from carts.models import Cart, Order, OrderStatus
from customers.models import Visit
from tests.models.conftest import row, seeded

__all__ = ["row", "seeded"]

LANGUAGES = pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
CHOICES = ".list .filters :is(.c-became, .flag) > select, .list .filters .filter-line > select"
CUT = """(choices) => {
    const pen = document.createElement("canvas").getContext("2d");
    const isCut = (field, text) => {
        const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(field);
        pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
        const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        return pen.measureText(text).width > room + 1;
    };
    const seen = (selector) => [...document.querySelectorAll(selector)]
        .filter((one) => one.checkVisibility() && !one.closest(".menu-list"));
    return [
        ...seen("#list-region input").filter((one) => isCut(one, one.placeholder)).map((one) => one.placeholder),
        ...seen("#list-region summary").filter((one) => one.scrollWidth > one.clientWidth)
            .map((one) => one.textContent),
        ...seen(choices).flatMap((one) => [...one.options].map((choice) => choice.text.trim())
            .filter((text) => isCut(one, text))),
    ];
}"""
WIDTHS = "[...document.querySelectorAll('.list .titles > *')].map(one => one.getBoundingClientRect().width)"


@LANGUAGES
def test_no_list_cuts_the_hint_of_a_filter(opened, neverland, owner, language):
    """“Fr…”, “De la – P…”, “Not orde…”: measured at both widths of a desk, in every list."""
    owner.language = language
    owner.save()
    page = opened("/")
    cut = {}
    for section in all_sections():
        page.goto(f"/{section.slug}/")
        for width in (1280, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if found := page.evaluate(CUT, CHOICES):
                cut[section.slug, width] = found
            assert page.evaluate("document.documentElement.scrollWidth") == width
    assert cut == {}


@LANGUAGES
def test_no_title_of_a_figure_breaks_on_the_home_page(opened, neverland, owner, language):
    """“Săptămâna aceasta” stood in two lines; where it needs more room, the pictures go below, all alike."""
    owner.language = language
    owner.save()
    page = opened("/")
    for width in (375, 1200, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        titles = page.locator(".card .stat-title").evaluate_all("all => all.map(one => one.clientHeight)")
        assert len(titles) == 6
        assert max(titles) < 24
        beyond = "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
        assert page.locator(".card").evaluate_all(beyond) == 0
        pictures = page.locator(".card-picture").evaluate_all("all => all.map(one => one.clientWidth)")
        assert max(pictures) - min(pictures) <= 1
        assert min(pictures) >= 220


def test_the_cart_of_who_is_online_stays_in_its_column_on_a_phone(opened, neverland, owner, row):
    """“1.622,70 EUR” ran into the time beside it."""
    owner.language = "ro"
    owner.save()
    row(Visit, visitor="browser-1")
    sums = dict.fromkeys(("products_total", "total"), Decimal("10622.70"))
    row(Cart, visitor="browser-1", items_count=1, currency="EUR", **sums)
    cell = opened("/", width=375).locator(".online td.money", has_text="10.622,70 EUR")
    assert cell.evaluate("one => one.scrollWidth - one.clientWidth") == 0


@LANGUAGES
def test_neither_reference_nor_status_of_an_order_is_cut(opened, neverland, owner, row, language):
    """“PMOPDMW…” names no order; the longest status stands in two lines where one has no room."""
    owner.language = language
    owner.save()
    status = OrderStatus.objects.get(name="Awaiting cheque payment")
    for letter in "WM":
        row(Order, reference=9 * letter, payment="Cash on delivery", status=status, customer_name="Ada Byron")
    page = opened("/orders/")
    for width in (1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        cells = page.locator(".list tbody :is(.c-reference, .c-payment, .c-status, .c-status > .badge)")
        cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
        assert cells.count() >= 8
        assert cells.evaluate_all(cut) == []
        assert page.locator(".list-wrap").evaluate("box => box.scrollWidth - box.clientWidth") == 0


def test_a_row_that_has_only_half_arrived_leaves_its_columns_where_they_are(opened, neverland):
    """The menu of a row is as wide before its button is there: the e-mail column jumped while the page came in."""
    page = opened("/customers/")
    whole = page.evaluate(WIDTHS)
    html = page.content()
    last = html.rindex("<summary", 0, html.index("</tbody>"))
    page.route("**/customers/", lambda route: route.fulfill(body=html[:last], content_type="text/html"))
    page.goto("/customers/")
    assert page.locator(".list tbody tr").count() == 3
    assert page.evaluate(WIDTHS) == whole


def test_the_card_of_a_token_on_a_phone_says_when_it_was_used_and_when_it_ends(opened, live_server):
    """Both were left out, though they tell which one may go."""
    create_token("Pages", ["carts:read"], by=Actor(staff=None, door=Door.COMMAND))
    page = opened("/api-tokens/", width=375, height=812)
    for title, value in (("Last used", "Never"), ("Valid until", "No end")):
        cell = page.locator(f"tbody td[data-title='{title}']")
        assert cell.is_visible()
        assert cell.inner_text() == value
        assert title in cell.evaluate("cell => getComputedStyle(cell, '::before').content")


def test_a_token_with_a_name_of_one_long_word_fits_the_page(opened, live_server):
    create_token("W" * 60, ["carts:read"], by=Actor(staff=None, door=Door.COMMAND))
    page = opened("/api-tokens/", width=1280)
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    titles = page.locator(".titles th").evaluate_all("all => all.map(one => one.clientHeight)")
    assert max(titles) <= 32
