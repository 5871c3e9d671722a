"""What somebody tries who knows the API by its page alone: each refusal names the field, and nothing is done."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client

from carts.models import Cart, Order, Product, Voucher
from customers.models import Customer, Visit
from tests.shop_api import GUEST, reasons

AT = "2026-03-10T12:00:00Z"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
PLN = {"currency": "PLN", "rate": "4.28"}
ORDER = {
    "placed_at": AT,
    "status": "Payment accepted",
    "currency": "EUR",
    "lines": [{"name": "Cup", "quantity": 1, "unit_price": "1.00"}],
    "guest": GUEST,
}


@pytest.fixture
def cart(program, product) -> str:
    """A cart with a cup of 12.50 in it."""
    product("CUP", "12.50")
    program.done("PUT", "/carts/c", {"at": AT, "lines": [{"product": "CUP"}]})
    return "c"


def test_a_cart_that_is_put_again_in_another_currency_is_refused(program, cart):
    """It stayed in euros and took the złoty of its lines for euros."""
    line = {"product": "CUP", "unit_price": "53.50"}
    said = {"at": "2026-03-10T12:00:01Z", **PLN, "lines": [line]}
    for answer in (program.put("/carts/c", said), program.post("/carts", {"key": "c", **PLN})):
        assert (answer.status_code, reasons(answer)) == (422, {"currency": "cart_currency"})
        (fault,) = answer.json()["errors"]
        assert fault["reason"] == ("This cart is in EUR: put one in another currency under a key of its own.")
    assert program.done("GET", "/carts/c")["total"] == "12.50"
    assert program.done("PUT", "/carts/c", {**said, "currency": "EUR"})["total"] == "53.50"


@pytest.mark.parametrize("place", ["/carts/c/order", "/external-orders/PS-1"])
def test_what_is_wrong_with_a_guest_is_told_at_the_guest(program, cart, place):
    """A rule of the form, at the path of what was sent, as the shape tells it."""
    method, said = ("POST", {}) if "carts" in place else ("PUT", ORDER)
    answer = program.ask(method, place, {**said, "guest": {**GUEST, "first_name": "G4s", "email": "nobody"}})
    assert (answer.status_code, reasons(answer)) == (
        422,
        {"guest.first_name": "name_with_digit", "guest.email": "email_malformed"},
    )
    assert not Order.objects.exists()
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"price": "1_000", "currency": "EUR"}, {"price": "decimal_parsing"}),
        ({"price": "١٢", "currency": "EUR"}, {"price": "decimal_parsing"}),
        ({"stock": "1_0"}, {"stock": "int_parsing"}),
        ({"stock": "١"}, {"stock": "int_parsing"}),
        ({"stock": True}, {"stock": "value_error"}),
    ],
)
def test_digits_of_other_scripts_and_signs_between_them_are_no_numbers(program, cart, said, code):
    """S8, at this door: 1_0 became a stock of ten."""
    assert reasons(program.put("/products/CUP", said)) == code
    assert Product.objects.values_list("price", "stock").get() == (pytest.approx(12.5), 70)


@pytest.mark.parametrize(
    "day", [0, "12", "0", "2026-12-01T00:00:00", "2026-12-01T00:00:00Z", "2026-02-30", "x"]
)
def test_a_day_is_a_text_of_year_month_and_day(program, cart, day):
    """Seconds since 1970 became a day of that year."""
    answer = program.post("/carts/c/order", {"guest": GUEST, "due_on": day})
    assert (answer.status_code, set(reasons(answer))) == (422, {"due_on"})
    assert not Order.objects.exists()


def test_a_day_or_a_moment_that_does_not_exist_is_told_as_that(program, cart):
    for said in ({"due_on": "2026-02-30"}, {"placed_at": "2026-02-30T12:00:00Z"}):
        (fault,) = program.put("/external-orders/PS-1", {**ORDER, **said}).json()["errors"]
        assert fault["reason"] == "There is no such day or time."


def test_a_number_is_no_ip_address(program):
    (fault,) = program.post("/visits", {"visitor": "b", "ip": 17}).json()["errors"]
    assert (fault["field"], fault["reason"], Visit.objects.count()) == ("ip", "This has to be a text.", 0)


def test_a_link_for_a_password_needs_an_address(program):
    assert reasons(program.post("/password-links", {"email": ""})) == {"email": "string_too_short"}
    assert not mail.outbox


def test_without_a_body_it_is_the_body_that_is_missing(program, cart):
    (fault,) = program.ask("POST", "/carts/c/lines").json()["errors"]
    assert fault == {"field": "", "code": "missing", "reason": "This has to be an object with named fields."}


def test_a_body_of_unknown_length_is_told_as_that(program, cart):
    """As some HTTP libraries send it; it was taken for no body at all."""
    answer = program.post("/carts/c/lines", {"product": "CUP"}, **{"Transfer-Encoding": "chunked"})
    assert (answer.status_code, "Content-Length" in answer.json()["detail"]) == (411, True)
    assert Cart.objects.get().items_count == 1


def test_a_method_that_is_not_taken_is_told_which_are(program):
    answer = program.patch("/carts", {})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer.json()["detail"] == "This endpoint takes POST."


def test_nobody_puts_what_belongs_to_another_customer_into_their_cart(program, cart, customer, address):
    """G17: neither their address, nor a cart that is somebody's already."""
    ada, bob = customer(first_name="Ada"), customer(first_name="Bob")
    program.done("PUT", "/carts/c/customer", {"customer_id": ada.pk})
    theirs = {"billing_address_id": address(bob).pk, "shipping_address_id": None}
    assert reasons(program.put("/carts/c/addresses", theirs)) == {"billing_address_id": "no_such_address"}
    assert program.put("/carts/c/customer", {"customer_id": bob.pk}).status_code == 409
    assert Cart.objects.get().customer == ada


def test_a_voucher_that_was_used_up_meanwhile_is_told_and_the_cart_stays(program, cart, customer):
    voucher = Voucher.objects.create(code="TEN", name="Ten", percent=10, quantity=1, starts_at=LONG_AGO)
    program.done("PUT", "/carts/c/customer", {"customer_id": customer().pk})
    program.done("POST", "/carts/c/vouchers", {"code": "TEN"})
    program.done("PUT", "/carts/d", {"at": AT, "lines": [{"product": "CUP"}], "vouchers": ["TEN"]})
    program.done("POST", "/carts/c/order", {})
    voucher.refresh_from_db()
    assert voucher.quantity == 0
    answer = program.post("/carts/d/order", {"guest": GUEST})
    assert (answer.status_code, Order.objects.count()) == (409, 1), answer.text
    assert "TEN" in answer.json()["detail"]
    assert not Customer.objects.filter(guest=True).exists()


@pytest.mark.parametrize("path", ["/nothing", "/carts/a/b", "/customers/abc"])
def test_an_address_that_is_none_is_told_as_every_other_refusal(program, path):
    answer = program.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert Client().get(f"/api/v1{path}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/prices?product=CUP&customer=7", "customer"),
        ("GET", "/customers?mail=ada@example.com", "mail"),
        ("DELETE", "/carts/c/lines?product=CUP&quantity=1", "quantity"),
        ("POST", "/carts?key=d", "key"),
    ],
)
def test_what_is_not_known_behind_the_question_mark_is_refused_by_its_name(program, cart, method, path, name):
    """The price of a visitor was told for that of a customer who was misspelt."""
    answer = program.ask(method, path, {} if method == "POST" else None)
    assert (answer.status_code, reasons(answer)) == (422, {name: "extra_forbidden"})
    assert Cart.objects.get().items_count == 1


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/prices?product=CUP&product=CUP", "product"),
        ("GET", "/customers?email=ada@example.com&email=bob@example.com", "email"),
        ("DELETE", "/carts/c/lines?product=LAMP&product=CUP", "product"),
    ],
)
def test_what_is_said_twice_behind_the_question_mark_is_refused(program, cart, method, path, name):
    """Only the last one was taken out of the cart, and nothing said so."""
    answer = program.ask(method, path)
    assert (answer.status_code, reasons(answer)) == (422, {name: "said_twice"})
    assert Cart.objects.get().items_count == 1
