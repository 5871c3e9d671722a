"""Several shoppers, and several tabs of one, at the same instant: nothing is lost, nothing happens twice (issue 10)."""

import time

import pytest

from backoffice.database.counting import one_change
from backoffice.records.recounting import recount_all
from carts.models import Cart, CartEvent, CartLine, Order, Voucher
from carts.rules.replay import replay
from customers import services
from customers.models import Visit
from tests.shop_api import ORDERED, PROGRAM, tab

ROUNDS = 6


def test_two_tabs_that_change_one_cart_at_once_lose_nothing(at_once, program, product):
    """Issue 10, Faults: each adds its own product and both add the same one, again and again."""
    for reference in ("CUP", "LAMP", "BOOK"):
        product(reference, "10.00")
    program.done("POST", "/carts", {"key": "c"})

    def adding(own: str):
        def add():
            here = tab(program)
            for _ in range(ROUNDS):
                here.done("POST", "/carts/c/lines", {"product": own})
                here.done("POST", "/carts/c/lines", {"product": "BOOK"})

        return add

    at_once(adding("CUP"), adding("LAMP"))
    lines = dict(CartLine.objects.values_list("product__reference", "quantity"))
    assert lines == {"CUP": ROUNDS, "LAMP": ROUNDS, "BOOK": 2 * ROUNDS}
    cart = Cart.objects.get()
    assert (cart.items_count, cart.total) == (4 * ROUNDS, 40 * ROUNDS)
    state = replay(CartEvent.objects.order_by("pk"))
    assert sum(one.quantity for one in state.lines.values()) == 4 * ROUNDS
    assert list(recount_all(mend=False)) == []


def test_one_key_at_once_is_one_act(at_once, program, product):
    """A shop that asks again before it was answered."""
    product("CUP", "10.00")
    program.done("POST", "/carts", {"key": "c"})
    for number in range(ROUNDS):
        answers = at_once(
            *[lambda number=number: tab(program).post("/carts/c/lines", {"product": "CUP"}, key=f"k{number}")]
            * 3
        )
        assert {one.status_code for one in answers} == {200}
        assert len({one.content for one in answers}) == 1
    assert Cart.objects.get().items_count == ROUNDS


def test_one_cart_ordered_twice_at_once_is_one_order(at_once, program, product, customer):
    product("CUP", "10.00")
    who = customer().pk
    for number in range(ROUNDS):
        program.fill(f"c{number}", "CUP", customer_id=who)
        answers = at_once(
            *[lambda number=number: tab(program).done("POST", f"/carts/c{number}/order", {})] * 2
        )
        assert answers[0] == answers[1]
    assert Order.objects.count() == ROUNDS
    assert list(recount_all(mend=False)) == []


def test_the_last_use_of_a_voucher_is_used_once(at_once, program, product, customer):
    """Facts 1.10: so many uses in all, however close the orders are."""
    product("CUP", "10.00")
    Voucher.objects.create(code="ONE", name="One", amount=1, quantity=1, per_customer=None)
    for number in range(2):
        program.fill(f"c{number}", "CUP", customer_id=customer().pk)
        program.done("POST", f"/carts/c{number}/vouchers", {"code": "ONE"})
    answers = at_once(
        *[lambda number=number: tab(program).post(f"/carts/c{number}/order", {}) for number in range(2)]
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    assert (Voucher.objects.get().quantity, Order.objects.count()) == (0, 1)


def test_two_pages_of_a_browser_at_once_are_one_visit(at_once, program):
    """Facts 1.12."""
    page = {"visitor": "b", "page": "/"}
    at_once(*[lambda: tab(program).done("POST", "/visits/pages", page)] * 4)
    visit = Visit.objects.get()
    assert visit.pages_count == 4


@pytest.mark.only_on("postgresql")
def test_leaving_ends_the_visit_though_a_page_came_before_its_turn(beside, program):
    """Its clock was read before it waited for the other tab's page."""
    page = services.Arrival(visitor="b", page="/")
    services.view_page(page, by=PROGRAM)
    with one_change():
        services.view_page(page, by=PROGRAM)
        end = beside(lambda: tab(program).done("POST", "/visits/end", {"visitor": "b"}))
        time.sleep(0.4)
        services.view_page(page, by=PROGRAM)
    end()
    assert not Visit.objects.online().exists()


def test_one_cart_put_whole_by_two_at_once_is_one_of_them(at_once, program, product):
    product("CUP", "10.00")
    product("LAMP", "20.00")

    def put(reference: str, minute: int):
        said = {"at": f"2026-03-10T12:{minute:02}:00Z", "lines": [{"product": reference}]}
        return lambda: tab(program).done("PUT", "/carts/w", said)

    for number in range(ROUNDS):
        at_once(put("CUP", 2 * number), put("LAMP", 2 * number + 1))
        assert program.done("GET", "/carts/w")["lines"][0]["product"] == "LAMP"
    assert list(recount_all(mend=False)) == []


def test_an_address_that_is_chosen_and_deleted_at_once_is_in_no_cart(
    at_once, program, countries, customer, address
):
    """Facts 6.6: whichever is first, the cart names no address that is gone, and neither waits forever."""
    ada = customer()
    program.done("POST", "/carts", {"key": "c", "customer_id": ada.pk})
    for _ in range(ROUNDS):
        home = address(ada).pk
        chosen = {"billing_address_id": home, "shipping_address_id": home}
        answers = at_once(
            lambda chosen=chosen: tab(program).put("/carts/c/addresses", chosen).status_code,
            lambda home=home: tab(program).delete(f"/customers/{ada.pk}/addresses/{home}").status_code,
        )
        assert answers[0] in (200, 422)
        assert answers[1] == 200
        assert Cart.objects.values_list("billing_address", "shipping_address").get() == (None, None)


def test_a_cart_that_two_take_when_they_sign_in_is_one_of_theirs(at_once, program, product, default_group):
    """Two people at one browser: whoever is first has it, both are signed in, and no figure is counted twice."""
    product("CUP", "10.00")
    names = ("ada", "eve")
    for name in names:
        said = {"first_name": name.title(), "last_name": "Byron", "password": "lavender"}
        program.done("POST", "/customers", {**said, "email": f"{name}@shop.example"})
    for number in range(ROUNDS):
        key = f"c{number}"
        program.fill(key, "CUP", visitor="b")
        said = {"password": "lavender", "visitor": "b", "cart": key}
        told = at_once(
            *[
                lambda name=name, said=said: tab(program).done(
                    "POST", "/sign-in", {**said, "email": f"{name}@shop.example"}
                )
                for name in names
            ]
        )
        assert sorted(str(one["cart"]) for one in told) == sorted(["None", key])
    assert list(recount_all(mend=False)) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/external-orders/P-%d", ORDERED),
        ("/products/CUP%d", {"name": "Cup", "price": "12.50", "currency": "EUR"}),
        ("/carriers/Post%d", {"price": "4.99", "currency": "EUR"}),
    ],
)
def test_what_two_state_at_once_for_the_first_time_is_there_once(at_once, program, customer, path, said):
    """A shop that sends again before it was answered, without a key: the second answered 500."""
    if said is ORDERED:
        said = said | {"customer_id": customer().pk}
    for number in range(ROUNDS):
        answers = at_once(*[lambda to=path % number: tab(program).put(to, said)] * 3)
        assert {one.status_code for one in answers} == {200}, [one.text for one in answers]
    assert list(recount_all(mend=False)) == []
