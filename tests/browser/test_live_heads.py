"""What stands over a page follows, and what an employee has begun to write stays theirs (issue 10, 5)."""

import pytest

from backoffice.records.actors import Actor
from carts.models import Cart, Order
from customers.models import Customer
from customers.services import hide_customer

MS = 2500


@pytest.fixture
def cart(customer, program, product, transactional_db) -> Cart:
    """A cart of Ada's under the key c, with a cup in it."""
    product("CUP", "10.00")
    ada = customer(first_name="Ada", last_name="BYRON")
    program.fill("c", "CUP", customer_id=ada.pk)
    return Cart.objects.get()


def watched(opened, path: str):
    page = opened(path)
    page.locator("#live .is-well").wait_for()
    return page


def pay(program) -> None:
    """The shop says that the only order there is has been paid."""
    path = f"/orders/{Order.objects.get().reference}/status"
    program.done("PUT", path, {"status": "Payment accepted", "paid": "10.00"})


def test_the_head_follows_without_moving_and_is_not_read_aloud(opened, cart, program):
    """A cart that is ordered says so beside its number; only the blocks that tell something new are read."""
    page = watched(opened, f"/carts/{cart.pk}/")
    place = page.locator("h1").bounding_box()
    program.done("POST", "/carts/c/lines", {"product": "CUP"})
    page.locator("#summary").get_by_text("€20.00").first.wait_for(timeout=MS)
    assert page.locator("#live-said").text_content().strip() == "Cart Summary: updated"
    program.done("POST", "/carts/c/order", {})
    page.locator("#title-badges").get_by_text("Ordered", exact=True).wait_for(timeout=MS)
    assert page.locator("h1").bounding_box() == place
    assert page.locator("#live-said").text_content().count("Order information: updated") == 1


def test_the_name_of_the_window_follows_and_an_open_menu_stays(opened, cart, program):
    page = watched(opened, f"/customers/{cart.customer_id}/")
    menu = page.locator("#title-acts details")
    menu.locator("summary").click()
    program.done("PATCH", f"/customers/{cart.customer_id}", {"last_name": "LOVELACE"})
    page.wait_for_function("() => document.title.startsWith('Ada LOVELACE · ')", timeout=MS)
    assert menu.get_by_role("link", name="History").is_visible()
    hide_customer(Customer.objects.get(), by=Actor.command())
    page.locator("#title-acts").get_by_role("button", name="Bring back").wait_for(timeout=MS)
    assert page.locator("#title-acts").get_by_text("Edit", exact=True).count() == 0


def test_an_explanation_that_is_open_is_told_anew_when_its_figure_is_another_one(opened, cart, program):
    page = watched(opened, f"/customers/{cart.customer_id}/")
    figure = page.locator("#file-glance .explained").first
    figure.locator("summary").click()
    figure.get_by_text("Nothing").or_(figure.locator(".menu-list :is(p, table, dl)")).first.wait_for()
    program.done("POST", "/carts/c/order", {})
    page.locator("#file-glance summary", has_text="1").first.wait_for(timeout=MS)
    assert figure.get_attribute("open") is not None
    figure.get_by_text(Order.objects.get().reference).or_(figure.locator(".menu-list table")).first.wait_for()


@pytest.mark.parametrize("begun", [False, True])
def test_the_form_of_an_order_follows_until_somebody_writes_there(opened, cart, program, begun):
    """What is typed stays, and the version that it was typed over; an untouched form shows what there is now."""
    program.done("POST", "/carts/c/order", {})
    page = watched(opened, f"/orders/{Order.objects.get().pk}/")
    form = page.locator("#status form")
    if begun:
        form.get_by_label("Reason").fill("The customer called")
        form.get_by_label("Reason").blur()
    pay(program)
    page.locator("#title-badges").get_by_text("Valid", exact=True).wait_for(timeout=MS)
    page.locator("#status > details .line").get_by_text("Payment accepted").wait_for(timeout=MS)
    status = form.get_by_label("Status").evaluate("(one) => one.selectedOptions[0].text")
    assert (status == "Payment accepted") is not begun
    assert form.get_by_label("Total paid").input_value() == ("0.00" if begun else "10.00")
    assert form.get_by_label("Reason").input_value() == ("The customer called" if begun else "")
    assert form.locator("[name=version]").input_value() == str(Order.objects.get().version - begun)
