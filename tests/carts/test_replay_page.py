"""The replay of a cart: its steps by their time, and the cart as it was after each (S0.82, issue 10, point 6)."""

import datetime as dt
from decimal import Decimal

import pytest

from backoffice.screen.formats import clock as clock_of
from carts.models import Cart, CartEvent, Product, Voucher
from carts.services.cart_vouchers import use_voucher
from carts.services.carts import Beginning, Wanted, assign_cart, begin_cart, set_line
from carts.services.changing import changing
from customers.models import PageView, Visit
from tests.reading import read
from tests.shop_api import GUEST, PROGRAM


@pytest.fixture
def story(clock, product):
    """A cart that began, got a cup, then two, then a lamp, lost the cups, and took a voucher; a minute a step."""
    product("CUP", "12.50")
    product("LAMP", "59.00")
    Voucher.objects.create(code="FIVE", name="Five", amount=5, per_customer=None)
    made = begin_cart(Beginning(visitor="browser-1"), by=PROGRAM)
    visit = Visit.objects.create(visitor="browser-1")
    for reference, quantity in (("CUP", 1), ("CUP", 2), ("LAMP", 1), ("CUP", 0)):
        clock(60)
        set_line(
            made.key, Wanted(Product.objects.to_be_sold().get(reference=reference), quantity), by=PROGRAM
        )
    clock(60)
    use_voucher(made.key, "FIVE", by=PROGRAM)
    lamp = Product.objects.get(reference="LAMP")
    before_the_lamp = CartEvent.objects.get(product=lamp).at - dt.timedelta(seconds=20)
    PageView.objects.create(visit=visit, url="/lamp", product_id=lamp.pk, viewed_at=before_the_lamp)
    return Cart.objects.get(pk=made.pk)


def told(page) -> list[str]:
    return [one.text for one in page.one("ol", "replay-steps").all("a")]


def test_each_step_is_told_to_the_second(client, story):
    """Ten steps of one minute read 15:26."""
    steps = read(client.get(f"/carts/{story.pk}/")).one("ol", "replay-steps").all("time")
    told_at = [clock_of(dt.datetime.fromisoformat(one["datetime"])) for one in steps]
    assert len(told_at) == 7
    assert [one.text.rpartition(" ")[2] for one in steps] == told_at


def lines(page) -> dict[str, tuple[str, str]]:
    found = {}
    for table in page.all("div", "replay-cart")[0].all("tbody"):
        for row in table.all("tr"):
            quantity, total = row.all("td")
            found[row.one("th").text] = (quantity.text, total.text)
    return found


def test_every_step_stands_in_the_timeline_in_its_order_pages_among_them(client, story):
    page = read(client.get(f"/carts/{story.pk}/"))
    assert told(page) == [
        "Cart started",
        "Product added: 1 × Cup",
        "Quantity changed: 2 × Cup",
        "Page viewed: Lamp",
        "Product added: 1 × Lamp",
        "Product removed: Cup",
        "Voucher used: FIVE",
    ]


def test_what_costs_less_from_now_on_is_told_as_that(client, story, customer, group):
    """Who signs in has the discount of their group: the quantity stays."""
    member = customer(default_group=group("Trade", discount=10))
    assign_cart(story.key, member, by=PROGRAM)
    assert told(read(client.get(f"/carts/{story.pk}/")))[-1] == "Price changed: 1 × Lamp · €53.10"


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (1, {}),
        (2, {"Cup": ("1", "€12.50")}),
        (3, {"Cup": ("2", "€25.00")}),
        (4, {"Cup": ("2", "€25.00")}),
        (5, {"Cup": ("2", "€25.00"), "Lamp": ("1", "€59.00")}),
        (6, {"Lamp": ("1", "€59.00")}),
        (7, {"Lamp": ("1", "€59.00")}),
    ],
)
def test_the_cart_is_rebuilt_after_each_step_without_scripts(client, story, at, then):
    page = read(client.get(f"/carts/{story.pk}/replay/?at={at}"))
    assert lines(page) == then
    assert page.one("p", id="replay-said").text.startswith(f"Step {at} of 7")
    assert page.one("input", id="replay-at")["value"] == str(at)


@pytest.mark.parametrize(("asked", "shown"), [("", 7), ("0", 1), ("99", 7), ("soon", 7), ("9" * 30, 7)])
def test_a_step_that_is_none_shows_the_nearest(client, story, asked, shown):
    page = read(client.get(f"/carts/{story.pk}/replay/?at={asked}"))
    assert page.one("p", id="replay-said").text.startswith(f"Step {shown} of 7")


def test_moving_the_slider_brings_the_cart_alone(client, story):
    answer = client.get(
        f"/carts/{story.pk}/replay/?at=2", headers={"HX-Request": "true", "HX-Target": "replay-now"}
    )
    page = answer.content.decode()
    assert "<html" not in page
    assert "replay-at" not in page
    assert lines(read(answer)) == {"Cup": ("1", "€12.50")}


def test_a_cart_whose_first_events_were_thrown_away_says_so(client, story, settings):
    """Decision 55: events are kept thirteen months."""
    CartEvent.objects.filter(cart=story).order_by("pk").first().delete()
    page = read(client.get(f"/carts/{story.pk}/"))
    assert "can only be rebuilt in part" in page.one("section", id="replayed").text
    CartEvent.objects.all().delete()
    PageView.objects.all().delete()
    settings.CART_EVENT_DAYS = 396
    assert read(client.get(f"/carts/{story.pk}/")).one("section", id="replayed").one("div", "empty").text == (
        "Nothing is kept of what happened to this cart: the steps of carts are kept for 396 days."
    )


def test_a_step_is_told_with_the_colon_of_the_language(client, cart, product):
    """Finding L of the first version, the kind: French has a blank before its colon."""
    product("CUP", "12.50")
    made = cart({"CUP": 1})
    client.post("/profile/language/", {"language": "fr"})
    steps = read(client.get(f"/carts/{made.pk}/replay/")).text
    assert "Produit ajouté : 1 ×" in steps


def test_who_buys_as_a_guest_has_not_signed_in(client, program, product):
    """“Customer signed in” stood in the replay of who has no account to sign in with."""
    product("CUP", "12.50")
    program.fill("c", "CUP")
    program.done("POST", "/carts/c/order", {"guest": GUEST})
    page = client.get(f"/carts/{Cart.objects.get().pk}/").text
    assert "Customer identified" in page
    assert "signed in" not in page


def test_what_is_taken_away_again_is_not_told_as_chosen(client, cart, product, carrier, customer, address):
    """“Gift wrapping chosen: €0.00”, “Carrier chosen” without a name."""
    product("CUP", "12.50")
    jane = customer()
    made, hers = cart({"CUP": 1}, customer=jane, shipping="Post"), address(jane)
    for change in (
        lambda cart: cart.wrap(Decimal("2.00")),
        lambda cart: cart.send_to(billing=hers, shipping=hers),
        lambda cart: cart.wrap(Decimal(0)),
        lambda cart: cart.carry(None),
        lambda cart: cart.send_to(billing=None, shipping=None),
    ):
        with changing(made.key) as one:
            change(one)
    assert told(read(client.get(f"/carts/{made.pk}/")))[2:] == [
        "Carrier chosen: Post",
        "Gift wrapping chosen: €2.00",
        "Addresses chosen",
        "Gift wrapping removed",
        "Carrier removed",
        "Addresses changed",
    ]
