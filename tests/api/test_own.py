"""What customers see who are signed in: the cart that became theirs, their orders, and nobody else's (G17, G34)."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.records.recounting import recount_all
from carts.models import Cart, CartEvent, Order
from carts.rules.replay import replay
from customers.models import Customer, ShopSession
from customers.options import SECTION, CustomerOptions
from customers.services import hide_customer, switch
from tests.shop_api import reasons

COMMAND = Actor.command()


@pytest.fixture
def known(program, default_group, product):
    """`known("ada")` registers somebody; CUP and LAMP are sold."""
    product("CUP", "12.50")
    product("LAMP", "59.00")

    def known(name: str) -> Customer:
        said = {"first_name": name.title(), "last_name": "Byron", "password": "lavender"}
        told = program.done("POST", "/customers", {**said, "email": f"{name}@shop.example"})
        return Customer.objects.get(pk=told["id"])

    return known


@pytest.fixture
def sign_in(program):
    """`sign_in("ada", visitor="browser-1")` gives what it was answered."""
    return lambda name, **said: program.done(
        "POST", "/sign-in", {"email": f"{name}@shop.example", "password": "lavender", **said}
    )


# Signing in


def test_what_a_visitor_put_into_the_cart_is_theirs_when_they_sign_in(program, known, sign_in, group):
    """S0.82: of the browser, by its token; their prices hold, the step stands among the others, figures follow."""
    ada = known("ada")
    trade = group("Trade", discount="10.00")
    program.done("PATCH", f"/customers/{ada.pk}", {"groups": [trade.pk], "default_group": trade.pk})
    program.fill("basket", "CUP", visitor="browser-1")
    told = sign_in("ada", visitor="browser-1")
    cart = Cart.objects.get()
    assert (told["cart"], cart.customer, str(cart.total)) == ("basket", ada, "11.25")
    kinds = list(CartEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["created", "added", "signed_in", "changed"]
    assert replay(CartEvent.objects.order_by("pk")).lines.keys() == {(cart.lines.get().product_id, "")}
    assert ada.figures.carts_count == 1
    assert list(recount_all(mend=False)) == []


def test_an_older_unfinished_cart_stays_as_it_was_beside_the_new_one(program, known, sign_in):
    """Facts 1.9, 5: carts are not thrown together; the one of the browser goes on."""
    ada = known("ada")
    program.fill("old", "LAMP", customer_id=ada.pk)
    program.fill("new", "CUP", visitor="browser-1")
    own = {"Customer-Token": sign_in("ada", visitor="browser-1")["token"]}
    assert program.done("GET", "/me/cart", **own)["key"] == "new"
    totals = dict(Cart.objects.filter(customer=ada).values_list("key", "total"))
    assert {key: str(total) for key, total in totals.items()} == {"old": "59.00", "new": "12.50"}


@pytest.mark.parametrize(("comes_back", "key"), [(False, None), (True, "old")])
def test_the_last_cart_comes_back_where_the_shop_wants_it(program, known, sign_in, comes_back, key):
    """Facts 5, “Redisplay cart at login”, off at first: only who brings nothing gets it back."""
    store(CustomerOptions(cart_comes_back=comes_back), SECTION, by=COMMAND)
    program.fill("old", "LAMP", customer_id=known("ada").pk)
    assert sign_in("ada", visitor="browser-1")["cart"] == key
    program.done("POST", "/carts", {"key": "empty", "visitor": "browser-1"})
    assert sign_in("ada", visitor="browser-1")["cart"] == (key or "empty")
    program.fill("new", "CUP", visitor="browser-2")
    assert sign_in("ada", visitor="browser-2")["cart"] == "new"


def test_the_shop_may_name_the_cart(program, known, sign_in):
    ada = known("ada")
    program.fill("mine", "CUP")
    program.fill("latest", "LAMP", visitor="browser-1")
    assert sign_in("ada", visitor="browser-1", cart="mine")["cart"] == "mine"
    assert dict(Cart.objects.values_list("key", "customer")) == {"mine": ada.pk, "latest": None}


@pytest.mark.parametrize("key", ["hers", "ordered", "none"])
def test_a_cart_that_cannot_be_theirs_keeps_nobody_from_signing_in(program, known, sign_in, key):
    """G17: it stays whose it is, and nothing is told of it."""
    known("ada")
    eve = known("eve")
    program.fill("hers", "CUP", customer_id=eve.pk, visitor="browser-1")
    program.fill("ordered", "CUP", customer_id=eve.pk, visitor="browser-1")
    program.done("POST", "/carts/ordered/order", {})
    for said in ({"cart": key}, {"visitor": "browser-1"}):
        told = sign_in("ada", **said)
        assert (told["cart"], told["customer"]["first_name"]) == (None, "Ada")
    assert set(Cart.objects.values_list("customer", flat=True)) == {eve.pk}


def test_a_sign_in_that_breaks_half_way_leaves_the_cart_nobodys(program, known, sign_in, monkeypatch):
    """One transaction: no session without the cart, no cart without the session."""
    known("ada")
    program.fill("basket", "CUP", visitor="browser-1")

    def broken(*_said, **_kw):
        raise RuntimeError("power cut")

    monkeypatch.setattr("carts.services.carts.withdraw_what_does_not_apply", broken)
    with pytest.raises(RuntimeError):
        sign_in("ada", visitor="browser-1")
    assert (Cart.objects.get().customer, ShopSession.objects.count()) == (None, 0)
    assert not CartEvent.objects.filter(kind="signed_in").exists()


# Reading one's own


@pytest.fixture
def bought(program, known):
    """`bought(ada, 3)` places so many orders, from "ada-0" on."""

    def bought(who: Customer, number: int) -> list[str]:
        references = []
        for place in range(number):
            key = f"{who.first_name.lower()}-{place}"
            program.fill(key, "CUP", customer_id=who.pk)
            references.append(program.done("POST", f"/carts/{key}/order", {"payment": "Cheque"})["reference"])
        return references

    return bought


def test_own_orders_are_read_the_newest_first_page_by_page(program, known, sign_in, bought):
    """What is ordered meanwhile moves nothing, and orders of one moment are all there."""
    ada, eve = known("ada"), known("eve")
    references = bought(ada, 5)
    bought(eve, 1)
    Order.objects.filter(reference__in=references[:3]).update(placed_at=Order.objects.first().placed_at)
    own = {"Customer-Token": sign_in("ada")["token"]}
    first = program.done("GET", "/me/orders?limit=2", **own)
    program.fill("more", "LAMP", customer_id=ada.pk)
    program.done("POST", "/carts/more/order", {})
    second = program.done("GET", f"/me/orders?limit=2&after={first['next']}", **own)
    third = program.done("GET", f"/me/orders?limit=2&after={second['next']}", **own)
    told = [one["reference"] for page in (first, second, third) for one in page["orders"]]
    assert told == references[::-1]
    assert (third["next"], first["orders"][0]["total"], first["orders"][0]["currency"]) == (
        None,
        "12.50",
        "EUR",
    )


def test_an_own_order_is_read_with_all_that_is_in_it(program, known, sign_in, bought):
    (reference,) = bought(known("ada"), 1)
    own = {"Customer-Token": sign_in("ada")["token"]}
    told = program.done("GET", f"/me/orders/{reference}", **own)
    (line,) = told["lines"]
    assert (line["name"], line["quantity"], line["unit_price"]) == ("Cup", 1, "12.50")
    assert (told["payment"], told["discounts"], told["total"]) == ("Cheque", [], "12.50")


def test_nobody_reads_what_is_somebody_elses(program, known, sign_in, bought):
    """G17: it is not there, whether there is such a thing or not."""
    known("ada")
    (reference,) = bought(known("eve"), 1)
    own = {"Customer-Token": sign_in("ada")["token"]}
    assert program.get(f"/me/orders/{reference}", **own).status_code == 404
    assert program.done("GET", "/me/orders", **own) == {"orders": [], "next": None}
    assert program.get("/me/cart", **own).status_code == 404
    refused = [program.get(f"/me/orders?after={one}", **own) for one in (reference, "NONE")]
    assert [reasons(one) for one in refused] == [{"after": "no_such_order"}] * 2
    assert [program.get(f"/me/orders?limit={one}", **own).status_code for one in (0, 101, "x")] == [422] * 3


@pytest.mark.parametrize("path", ["/me/cart", "/me/orders", "/me/orders/X", "/me/addresses"])
def test_a_disabled_account_is_refused_at_once_at_every_door(program, known, sign_in, path):
    """G34; a token of no session opens none either, and one is asked for."""
    ada = known("ada")
    own = {"Customer-Token": sign_in("ada")["token"]}
    assert program.get(path, **own).status_code in (200, 404)
    switch(ada, "active", False, by=COMMAND)
    assert program.get(path, **own).status_code == 401
    assert program.get(path, **{"Customer-Token": "made up"}).status_code == 401
    assert program.get(path).status_code == 422


# What was answered before


@pytest.mark.parametrize("how", ["disabled", "hidden", "signed out"])
@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("PATCH", "/me", {"phone": "+33123456789"}),
        (
            "POST",
            "/me/addresses",
            {"alias": "Work", "country": "FR", "address1": "1, Quay", "postcode": "69001", "city": "Lyon"},
        ),
    ],
)
def test_what_was_answered_before_is_told_no_more_once_the_session_has_ended(
    program, known, sign_in, countries, how, method, path, said
):
    """G34: the same key again told all their data, though the account was disabled."""
    ada = known("ada")
    own = {"Customer-Token": sign_in("ada")["token"]}
    first = program.ask(method, path, said, key="k1", **own)
    assert (first.status_code, program.ask(method, path, said, key="k1", **own).content) == (
        200,
        first.content,
    )
    if how == "disabled":
        switch(ada, "active", False, by=COMMAND)
    elif how == "hidden":
        hide_customer(ada, by=COMMAND)
    else:
        program.done("POST", "/me/sign-out", {}, **own)
    again = program.ask(method, path, said, key="k1", **own)
    assert (again.status_code, reasons(again)) == (401, {"Customer-Token": "signed_out"})
