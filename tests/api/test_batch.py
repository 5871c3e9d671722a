"""Many acts in one request, for back-fill (issue 10, point 2)."""

from backoffice.access.scopes import Scope
from carts.models import Cart, Product
from customers.models import Visit
from tests.shop_api import Program

CART = {"method": "POST", "path": "/carts", "body": {"key": "c"}}
PAGE = {
    "method": "POST",
    "path": "/visits/pages",
    "body": {"visitor": "b", "at": "2026-03-10T12:00:00Z", "page": "/"},
}
CUP = {"method": "PUT", "path": "/products/CUP", "body": {"name": "Cup", "price": "12.50", "currency": "EUR"}}
LINE = {"method": "POST", "path": "/carts/c/lines", "body": {"product": "CUP"}, "key": "k1"}


def test_acts_are_carried_out_in_their_order_and_each_by_itself(program):
    acts = [
        CUP,
        CART,
        LINE,
        {"method": "POST", "path": "/carts/none/lines", "body": {"product": "CUP"}},
        {
            "method": "POST",
            "path": "/visits/pages",
            "body": {"visitor": "b", "at": "2026-03-10T12:00:00Z", "page": "/"},
        },
    ]
    said = program.done("POST", "/batch", {"acts": acts})
    assert (said["done"], said["refused"]) == (4, 1)
    assert [one["status"] for one in said["outcomes"]] == [200, 200, 200, 404, 200]
    assert (Product.objects.count(), Cart.objects.get().items_count, Visit.objects.count()) == (1, 1, 1)


def test_a_batch_that_is_sent_again_does_nothing_twice(program):
    """The same key twice is one act, also when the first answer got lost."""
    acts = {"acts": [CUP, CART, LINE]}
    assert (
        program.done("POST", "/batch", acts)["outcomes"][2]
        == program.done("POST", "/batch", acts)["outcomes"][2]
    )
    assert Cart.objects.get().items_count == 1


def test_each_act_needs_its_own_scope(token, shop):
    """G18: a batch opens nothing that its token does not open."""
    only_carts = Program(token(Scope.CARTS_WRITE))
    said = only_carts.done("POST", "/batch", {"acts": [CUP, CART]})
    assert [one["status"] for one in said["outcomes"]] == [403, 200]


def test_a_batch_leads_nowhere_else(program):
    acts = [
        {"method": "POST", "path": "/batch", "body": {"acts": [CUP]}},
        {"method": "POST", "path": "/../../customers/1/toggle/active/", "body": {}},
        {"method": "POST", "path": "/openapi.json"},
        {"method": "DELETE", "path": "/carts"},
    ]
    said = program.done("POST", "/batch", {"acts": acts})
    assert [one["status"] for one in said["outcomes"]] == [409, 404, 404, 405]
    assert not Product.objects.exists()


def test_something_broken_in_one_act_leaves_the_others_alone(program, monkeypatch):
    """G27: and tells nothing of the inside."""

    def broken(*_said, **_kw):
        raise RuntimeError("power cut")

    monkeypatch.setattr("carts.api.lines.sums_of", broken)
    acts = [CUP, CART, LINE, CUP]
    said = program.ask("POST", "/batch", {"acts": acts})
    assert [one["status"] for one in said.json()["outcomes"]] == [200, 200, 500, 200]
    assert "power cut" not in said.text
    assert Cart.objects.get().items_count == 0


def test_the_acts_of_a_batch_are_for_the_customer_who_is_signed_in(program, customer):
    """Beside the token of the shop, a request may bear that of a customer: its acts bear it as well."""
    ada = customer(email="ada@shop.example", password="lavender-under-9")
    said = {"email": ada.email, "password": "lavender-under-9"}
    token = program.done("POST", "/sign-in", said)["token"]
    act = {"method": "PATCH", "path": "/me", "body": {"first_name": "Augusta"}}
    alone = program.done("POST", "/batch", {"acts": [act]})
    assert [one["status"] for one in alone["outcomes"]] == [422]
    theirs = program.done("POST", "/batch", {"acts": [act]}, **{"Customer-Token": token})
    assert [one["status"] for one in theirs["outcomes"]] == [200]
    ada.refresh_from_db()
    assert ada.first_name == "Augusta"
