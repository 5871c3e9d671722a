"""The replay of a cart in a browser: by mouse and keys through its life, up to now, while it goes on (issue 10, 6)."""

import pytest

from carts.models import Cart

SECONDS = 2.5


@pytest.fixture
def replay(opened, program, product, transactional_db):
    """The page of a cart that began, got a cup, a lamp, lost the cup, and got two more lamps."""
    product("CUP", "10.00")
    product("LAMP", "20.00")
    program.done("POST", "/carts", {"key": "c"})
    for reference, quantity in (("CUP", 1), ("LAMP", 1), ("CUP", 0), ("LAMP", 3)):
        program.done("PUT", "/carts/c/lines", {"product": reference, "quantity": quantity})
    page = opened(f"/carts/{Cart.objects.get().pk}/")
    page.locator("#live .is-well").wait_for()
    return page


def at(page, step: int, of: int, lines: list[str]) -> None:
    """The cart as the page shows it after that step."""
    page.locator("#replay-said").get_by_text(f"Step {step} of {of}").wait_for()
    rows = page.locator(".replay-cart tbody tr")
    assert [" ".join(row.split()) for row in rows.all_inner_texts()] == lines


def slider(page):
    return page.get_by_role("slider", name="Step")


@pytest.mark.parametrize("way", ["the slider", "a step"])
def test_of_a_cart_that_was_deleted_meanwhile_no_step_is_silent(replay, console, way):
    """The page said that it is gone, and then the slider moved and nothing happened."""
    at(replay, 5, 5, ["Lamp 3 €60.00"])
    for complaint in ("status of 404", "Error Code 404 from /carts/"):
        console.foresee(complaint)
    Cart.objects.all().delete()
    replay.locator("#live .notice").wait_for()
    if way == "the slider":
        slider(replay).press("ArrowLeft")
    else:
        replay.get_by_role("link", name="Step before").click()
    replay.wait_for_url("**/replay/?at=4")
    replay.get_by_role("heading", level=1).wait_for()
    assert "deleted" in replay.locator("main").inner_text()


@pytest.mark.smoke
def test_the_slider_shows_the_cart_at_any_moment_and_at_its_end_the_cart(replay):
    """Keys move it step by step, Home and End to the first and the last; the focus stays on it."""
    at(replay, 5, 5, ["Lamp 3 €60.00"])
    assert replay.locator("#summary").get_by_text("€60.00").count() >= 1
    slider(replay).focus()
    for key, step, lines in (
        ("ArrowLeft", 4, ["Lamp 1 €20.00"]),
        ("ArrowLeft", 3, ["Cup 1 €10.00", "Lamp 1 €20.00"]),
        ("ArrowLeft", 2, ["Cup 1 €10.00"]),
        ("Home", 1, []),
        ("ArrowRight", 2, ["Cup 1 €10.00"]),
        ("End", 5, ["Lamp 3 €60.00"]),
    ):
        replay.keyboard.press(key)
        at(replay, step, 5, lines)
        assert slider(replay).evaluate("(one) => one === document.activeElement")


def test_a_step_of_the_timeline_moves_the_slider(replay):
    replay.locator("#replay-step-3").click()
    at(replay, 3, 5, ["Cup 1 €10.00", "Lamp 1 €20.00"])
    assert slider(replay).input_value() == "3"
    replay.locator("#replay-after").click()
    at(replay, 4, 5, ["Lamp 1 €20.00"])


def test_the_replay_goes_on_with_the_cart(replay, program):
    """S0.82: who looks at the cart as it is sees the next step come."""
    program.done("PUT", "/carts/c/lines", {"product": "CUP", "quantity": 2})
    replay.locator("#replay-said").get_by_text("Step 6 of 6").wait_for(timeout=1000 * SECONDS)
    at(replay, 6, 6, ["Lamp 3 €60.00", "Cup 2 €20.00"])
    assert slider(replay).input_value() == "6"


@pytest.mark.parametrize("by", ["slider", "timeline"])
def test_who_looks_back_is_not_moved_on(replay, program, by):
    """The way forward grows; what is looked at stays."""
    if by == "slider":
        slider(replay).focus()
        replay.keyboard.press("ArrowLeft")
    else:
        replay.locator("#replay-step-4").click()
    at(replay, 4, 5, ["Lamp 1 €20.00"])
    program.done("PUT", "/carts/c/lines", {"product": "CUP", "quantity": 2})
    replay.locator("#summary").get_by_text("€80.00").first.wait_for(timeout=1000 * SECONDS)
    at(replay, 4, 6, ["Lamp 1 €20.00"])
    assert replay.locator(".replay-steps li").count() == 6
    assert replay.locator("[aria-current=step]").get_attribute("id") == "replay-step-4"
    assert (slider(replay).input_value(), slider(replay).get_attribute("max")) == ("4", "6")
    slider(replay).focus()
    replay.keyboard.press("End")
    at(replay, 6, 6, ["Lamp 3 €60.00", "Cup 2 €20.00"])
