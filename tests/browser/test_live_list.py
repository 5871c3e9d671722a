"""A busy shop: the list of carts follows, and nothing moves under the hands of who works in it (S0.85, issue 10, 5)."""

import pytest

from customers.models import Customer

SECONDS = 2.5
TICKED = "#rows input[name=selected]:checked"


@pytest.fixture
def ada(customer, program, product, transactional_db) -> Customer:
    """A customer whose cart holds a cup; the shop sells lamps too."""
    product("CUP", "10.00")
    product("LAMP", "20.00")
    ada = customer(first_name="Ada", last_name="BYRON")
    program.fill("c", "CUP", customer_id=ada.pk)
    return ada


@pytest.fixture
def carts(opened, ada):
    """The list of carts, which has begun to follow."""
    page = opened("/carts/")
    page.locator("#live .is-well").wait_for()
    return page


@pytest.fixture
def begin(program):
    """`begin("d")`: somebody begins a cart with a lamp."""

    def begin(key: str) -> None:
        program.fill(key, "LAMP")

    return begin


def waits(page, number: int) -> None:
    """What came in is told beside the list, and is not in it."""
    page.locator("#live-held").get_by_text(f"New rows: {number}").wait_for(timeout=1000 * SECONDS)
    assert page.locator("#rows tr").count() == 1


def test_a_cart_that_begins_is_a_row_of_the_list_while_a_filter_is_typed(carts, begin):
    """What is typed stays, and the focus."""
    filter_of_list = carts.locator("tr.filters input[type=text]").first
    filter_of_list.evaluate("(field) => { field.value = 'typed'; field.focus(); }")
    begin("d")
    carts.locator("#rows").get_by_text("€20.00").wait_for(timeout=1000 * SECONDS)
    assert carts.locator("#rows tr").count() == 2
    assert carts.locator("#live-held").is_hidden()
    assert filter_of_list.input_value() == "typed"
    assert filter_of_list.evaluate("(field) => field === document.activeElement")


def test_while_rows_are_ticked_new_ones_wait_and_those_in_view_change_in_their_places(
    carts, begin, program, axe
):
    carts.locator("#rows input[name=selected]").first.check()
    begin("d")
    waits(carts, 1)
    assert carts.locator("#live-said").text_content() == "New rows: 1"
    program.done("POST", "/carts/c/lines", {"product": "LAMP"})
    carts.locator("#rows").get_by_text("€30.00").wait_for(timeout=1000 * SECONDS)
    assert carts.locator("#rows tr").count() == 1
    begin("e")
    waits(carts, 2)
    assert axe(carts) == []
    carts.locator("#live-held").click()
    assert carts.locator("#rows tr").count() == 3
    assert carts.locator(TICKED).count() == 1
    assert carts.locator("#rows tr", has=carts.locator("input:checked")).get_by_text("€30.00").count() == 1
    assert carts.locator("#live-held").is_hidden()
    assert carts.evaluate("document.activeElement.id") == "rows"


def test_what_waits_comes_by_itself_once_nobody_is_at_work(carts, begin):
    box = carts.locator("#rows input[name=selected]").first
    box.check()
    begin("d")
    waits(carts, 1)
    box.uncheck()
    box.evaluate("(box) => box.blur()")
    carts.mouse.move(0, 0)
    carts.locator("#rows").get_by_text("€20.00").wait_for(timeout=1000 * SECONDS)
    assert carts.locator("#live-held").is_hidden()


@pytest.mark.parametrize(
    "at_work",
    [
        lambda page: page.locator("#rows tr").hover(),
        lambda page: page.locator("#rows a").first.focus(),
        lambda page: page.locator("#rows tr").evaluate("(row) => getSelection().selectAllChildren(row)"),
        lambda page: page.locator("#list-region details.menu summary").first.evaluate("(one) => one.click()"),
    ],
    ids=["pointed at", "walked along", "marked", "menu open"],
)
def test_who_reads_or_is_about_to_press_is_not_pushed_aside(carts, begin, at_work):
    at_work(carts)
    begin("d")
    waits(carts, 1)


def test_what_waits_for_a_list_that_was_filtered_meanwhile_is_forgotten(carts, begin):
    carts.locator("#rows input[name=selected]").first.check()
    begin("d")
    waits(carts, 1)
    carts.locator("tr.filters input[name=id]").fill("1234567")
    carts.get_by_text("Nothing matches these filters.").wait_for()
    assert carts.locator("#live-held").is_hidden()
    carts.wait_for_timeout(1000 * SECONDS)
    assert carts.locator("#rows tr").count() == 0
