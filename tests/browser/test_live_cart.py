"""A customer puts things into a cart and staff watch it: seen without a reload, and in bad moments too (issue 10)."""

import time

import pytest
from django.contrib.sessions.models import Session

from carts.models import Cart
from customers.models import Customer

SECONDS = 2.5
ASKED = "/live/"


@pytest.fixture
def ada(customer, program, product, transactional_db) -> Customer:
    """A customer of a shop that sells cups, lamps and books; in the cart c are a cup and a book."""
    for reference, price in (("CUP", "10.00"), ("LAMP", "20.00"), ("BOOK", "30.00")):
        product(reference, price)
    ada = customer(first_name="Ada", last_name="BYRON")
    program.fill("c", "CUP", customer_id=ada.pk)
    program.done("POST", "/carts/c/lines", {"product": "BOOK"})
    return ada


@pytest.fixture
def watched(opened, ada):
    """Ada's page, which has begun to follow."""
    page = opened(f"/customers/{ada.pk}/")
    page.locator("#live .is-well").wait_for()
    return page


def carts(page):
    return page.locator("#carts")


def put(program, reference: str) -> float:
    """Put one into the cart; the moment at which the shop was told that it is there."""
    program.done("POST", "/carts/c/lines", {"product": reference})
    return time.monotonic()


def see(page, text: str, since: float, within: float = SECONDS) -> None:
    carts(page).get_by_text(text).first.wait_for(timeout=within * 1000)
    assert time.monotonic() - since <= within


@pytest.mark.smoke
def test_what_a_customer_puts_into_a_cart_is_on_the_screen_within_two_and_a_half_seconds(watched, program):
    """S0.52, S0.82: again and again, without a reload, in the shop's own browser and in that of staff."""
    watched.evaluate("window.stayed = true")
    for reference, total in (("LAMP", "€60.00"), ("CUP", "€70.00"), ("BOOK", "€100.00")):
        see(watched, total, put(program, reference))
    assert watched.evaluate("window.stayed")


def test_the_page_of_a_cart_follows_while_it_is_emptied_and_filled_again(opened, ada, program):
    """What was taken out last is the moment one wants to look at."""
    page = opened(f"/carts/{Cart.objects.get(key='c').pk}/")
    page.locator("#live .is-well").wait_for()
    for reference in ("CUP", "BOOK"):
        program.done("DELETE", f"/carts/c/lines?product={reference}")
    page.get_by_text("There is nothing in this cart at the moment.").wait_for(timeout=SECONDS * 1000)
    put(program, "LAMP")
    page.locator("#cart-summary").get_by_text("€20.00").first.wait_for(timeout=SECONDS * 1000)


@pytest.mark.parametrize("lies", [False, True])
def test_a_page_that_would_be_told_follows_without_a_line_too(
    signed_in_page, owner, ada, program, settings, console, lies
):
    """LIVE_STREAM: on a server without lines, and where one tells of news that are none, it asks every two seconds."""
    settings.LIVE_STREAM = True
    page = signed_in_page(owner)

    def answer(route):
        if route.request.resource_type == "eventsource" and lies:
            route.fulfill(body="retry: 100\n\ndata: changed\n\n", content_type="text/event-stream")
        else:
            route.fallback()

    page.route(lambda url: ASKED in url, answer)
    console.foresee("text/event-stream")
    page.goto(f"/customers/{ada.pk}/")
    page.locator("#live .is-well").wait_for()
    for reference, total in (("LAMP", "€60.00"), ("CUP", "€70.00")):
        see(page, total, put(program, reference), within=5)


def test_nothing_is_swapped_where_nothing_changed(watched):
    """Decision 35."""
    watched.evaluate("""() => {
        window.changes = 0;
        const count = (all) => { window.changes += all.length; };
        new MutationObserver(count).observe(document.querySelector(".file"), {
            childList: true, subtree: true, attributes: true, characterData: true });
    }""")
    for _ in range(2):
        with watched.expect_response(lambda answer: ASKED in answer.url) as answer:
            pass
        assert answer.value.status == 204
    assert watched.evaluate("window.changes") == 0


def test_focus_scrolling_and_what_is_folded_stay(watched, program):
    """Whoever works on the page is not disturbed; what changed glows once, at most 120 ms."""
    watched.evaluate("""() => {
        window.glowed = [];
        const animate = Element.prototype.animate;
        Element.prototype.animate = function (frames, how) {
            window.glowed.push([this.dataset.key ?? this.className, how.duration]);
            return animate.call(this, frames, how);
        };
    }""")
    watched.locator("#orders summary").click()
    link = carts(watched).locator(".panel-choices a").nth(1)
    link.focus()
    watched.evaluate("window.kept = document.activeElement")
    watched.evaluate("scrollTo(0, 40)")
    before = watched.evaluate("scrollY")
    see(watched, "€60.00", put(program, "LAMP"))
    assert watched.evaluate("document.activeElement === window.kept")
    assert watched.evaluate("scrollY") == before
    assert watched.locator("#orders details").get_attribute("open") is None
    glowed = watched.evaluate("window.glowed")
    assert glowed
    assert all(duration <= 120 for _what, duration in glowed)


def test_a_new_cart_leaves_the_rows_of_the_others_alone(watched, program, ada):
    row = carts(watched).locator("tbody tr").first
    row.evaluate("(row) => { window.row = row; }")
    program.fill("d", "LAMP", customer_id=ada.pk)
    see(watched, "€20.00", time.monotonic())
    assert carts(watched).locator("tbody tr").count() == 2
    assert watched.evaluate("window.row.isConnected")
    assert "€40.00" in watched.evaluate("window.row.textContent")


def test_who_hears_the_page_is_told_what_happened(watched, program, ada):
    """Politely, and in a sentence; not the table again."""
    put(program, "LAMP")
    said = watched.locator("#live-said")
    watched.locator("#live-said", has_text="Cart").wait_for(state="attached")
    assert said.text_content().strip() == f"Cart {ada.carts.get().pk:06d}: 3 products, €60.00"
    assert said.get_attribute("role") == "status"


def test_a_page_that_nobody_sees_does_not_ask_and_asks_at_once_when_it_is_seen(watched, program):
    """Decision 35: while visible."""
    watched.evaluate("""() => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => window.away });
        window.away = true;
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    watched.wait_for_timeout(300)
    asked = []
    watched.on("request", lambda request: ASKED in request.url and asked.append(request.url))
    put(program, "LAMP")
    watched.wait_for_timeout(2600)
    assert asked == []
    watched.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    see(watched, "€60.00", time.monotonic(), within=1)


def test_after_sign_out_the_page_leads_to_sign_in_and_back(watched, ada):
    """In another tab, or because an account was switched off."""
    Session.objects.all().delete()
    watched.wait_for_url(f"**/login/?next=/customers/{ada.pk}/")


def test_a_record_that_is_deleted_says_so_and_hardly_asks_any_more(watched, ada, console):
    console.foresee("404")
    ada.delete()
    watched.get_by_text("This is not here any more: it was deleted. The page shows it as it was.").wait_for()
    asked = []
    watched.on("request", lambda request: ASKED in request.url and asked.append(request.url))
    watched.wait_for_timeout(2600)
    assert asked == []
    assert watched.get_by_role("heading", name="Ada BYRON").is_visible()


def test_while_the_server_is_away_the_page_says_so_and_goes_on_by_itself(watched, program, console):
    """Quietly: what is shown stays, and comes up to date with the first answer."""
    console.foresee("Failed to load resource")
    console.foresee("htmx:sendError")
    console.foresee("htmx:afterRequest")
    away = watched.locator("#live .is-away")
    watched.route("**/live/**", lambda route: route.abort("connectionrefused"))
    away.wait_for()
    assert away.text_content().strip() == "Not following just now, trying again"
    put(program, "LAMP")
    watched.unroute("**/live/**")
    carts(watched).get_by_text("€60.00").first.wait_for()
    assert away.is_hidden()


def test_while_the_database_is_away_the_page_says_so_and_goes_on_by_itself(watched, program, console):
    console.foresee("503")
    sick = {
        "status": 503,
        "headers": {"Retry-After": "30"},
        "body": "<div>The shop's database cannot be reached</div>",
    }
    watched.route("**/live/**", lambda route: route.fulfill(**sick))
    watched.locator("#live .is-away").wait_for()
    watched.unroute("**/live/**")
    watched.locator("#live .is-well").wait_for()
    assert not watched.get_by_text("cannot be reached").count()


def test_a_page_that_follows_breaks_no_rule_of_accessibility(opened, ada, axe):
    page = opened(f"/customers/{ada.pk}/")
    assert axe(page) == []
    page.evaluate("document.getElementById('live').classList.add('is-lost')")
    assert axe(page) == []


def test_without_scripts_the_page_shows_the_state(opened, ada):
    page = opened(f"/customers/{ada.pk}/", scripts=False)
    assert page.locator("#carts").get_by_text("€40.00").is_visible()
    assert page.locator("#live").is_hidden()


def test_the_first_order_is_on_the_page_in_its_line_and_is_said_once(opened, program, ada):
    """S1.58: what was bought last stands under the name, without a reload; who listens hears of it in one sentence."""
    page = opened(f"/customers/{ada.pk}/")
    page.locator("#live .is-well").wait_for()
    assert page.locator("#last-order").is_hidden()
    program.done("POST", "/carts/c/order", {})
    page.locator("#last-order").get_by_text("1 × Cup, 1 × Book").wait_for(timeout=1000 * SECONDS)
    said = page.locator("#live-said").text_content()
    assert said.count("Orders: updated") == 1
    assert "Last order" not in said
