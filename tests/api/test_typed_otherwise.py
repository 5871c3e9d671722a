"""What is typed with a blank too many, in capitals or with accents apart means the same at every door (V1–V4, V15)."""

import unicodedata
from urllib.parse import quote

import pytest

from carts.models import Carrier, Category, Order, OrderLine, Product
from customers.models import Mail, Thread
from customers.services.passwords import send_asked_link
from tests.shop_api import reasons

AT = "2026-03-10T12:00:00Z"
ADA = {"first_name": "Ada", "last_name": "Byron", "email": "zoé@shop.example", "password": "lavender"}
TYPED = ["  zoé@shop.example ", "ZOÉ@SHOP.example", unicodedata.normalize("NFD", "zoé@shop.example")]


def apart(text: str) -> str:
    """The same text, each accent a sign of its own, as some systems write it."""
    return unicodedata.normalize("NFD", text)


@pytest.fixture
def ada(program, default_group) -> int:
    return program.done("POST", "/customers", {**ADA, "external_id": "PS-1"})["id"]


@pytest.fixture
def cart(program, product) -> str:
    product("CUP", "12.50")
    return program.done("POST", "/carts", {"key": "c"})["key"]


@pytest.mark.parametrize("typed", TYPED)
def test_an_address_is_read_at_sign_in_as_it_was_at_registration(program, ada, typed):
    """Telephones put a blank behind what they complete: it was taken off of who registers, not of who signs in."""
    assert program.done("POST", "/sign-in", {"email": typed, "password": "lavender"})["customer"]["id"] == ada


@pytest.mark.parametrize("typed", TYPED)
def test_an_address_is_read_so_where_a_link_is_asked_for(program, ada, monkeypatch, typed):
    """And one that is asked for again by another spelling waits as well."""
    asked = []
    monkeypatch.setattr(type(send_asked_link), "enqueue", lambda self, *args: asked.append(args[0]))
    program.done("POST", "/password-links", {"email": typed})
    assert asked == [ada]
    assert program.post("/password-links", {"email": ADA["email"]}).status_code == 429


def test_who_fails_to_sign_in_is_counted_by_the_address_however_it_is_typed(program, ada):
    """Else each blank more would give ten tries more."""
    for number in range(10):
        typed = " " * number + "zoé@shop.example"
        assert program.post("/sign-in", {"email": typed, "password": "wrong"}).status_code == 409
    assert program.post("/sign-in", {"email": "zoé@shop.example ", "password": "wrong"}).status_code == 429


@pytest.mark.parametrize("asked", [*(f"email={quote(one)}" for one in TYPED), "external_id=%20PS-1%20"])
def test_customers_are_found_by_what_is_stored_of_them(program, ada, asked):
    assert [one["id"] for one in program.done("GET", f"/customers?{asked}")["customers"]] == [ada]


@pytest.mark.parametrize("typed", [" été-10 ", "ÉTÉ-10", apart("Été-10")])
def test_a_voucher_goes_by_its_code_however_its_accents_are_written(program, cart, voucher, typed):
    voucher("Été-10")
    program.done("POST", f"/carts/{cart}/lines", {"product": "CUP"})
    assert program.done("POST", f"/carts/{cart}/vouchers", {"code": typed})["total"] == "11.25"
    assert program.done("DELETE", f"/carts/{cart}/vouchers?code={quote(typed)}")["total"] == "12.50"


@pytest.mark.parametrize("typed", ["  For  Zoé ", apart("For Zoé")])
def test_a_line_is_taken_out_by_the_words_it_was_put_in_with(program, cart, typed):
    """They are tidied on the way in: the same words took nothing out, and were answered as done."""
    said = program.done("POST", f"/carts/{cart}/lines", {"product": "CUP", "customisation": typed})
    assert said["items_count"] == 1
    asked = f"/carts/{cart}/lines?product=CUP&customisation={quote(typed)}"
    assert program.done("DELETE", asked)["items_count"] == 0


def test_a_product_goes_by_its_reference_however_its_accents_are_written(program, cart):
    said = {"name": "Scarf", "price": "5.00", "currency": "EUR"}
    for reference in ("Écharpe", apart("Écharpe")):
        program.done("PUT", f"/products/{quote(reference)}", said)
    assert Product.objects.filter(name="Scarf").values_list("reference", flat=True).get() == "Écharpe"
    typed = apart("Écharpe")
    assert program.done("POST", f"/carts/{cart}/lines", {"product": typed})["total"] == "5.00"
    assert program.done("PUT", f"/carts/{cart}", {"at": AT, "lines": [{"product": typed}]})["total"] == "5.00"
    assert program.done("GET", f"/prices?product={quote(typed)}")["price"] == "5.00"
    order = {
        **{"placed_at": AT, "status": "Payment accepted", "currency": "EUR"},
        "lines": [{"name": "Scarf", "quantity": 1, "unit_price": "5.00", "reference": typed}],
        "guest": {"first_name": "Gus", "last_name": "Guest", "email": "gus@example.com"},
    }
    program.done("PUT", "/external-orders/P-1", order)
    assert OrderLine.objects.get().product.reference == "Écharpe"


def test_departments_and_carriers_that_are_called_alike_are_one(program, cart):
    """Decision 27, finding V3: capitals, accents and blanks make no second one."""
    said = {"name": "Cup", "price": "1.00", "currency": "EUR"}
    for number, category in enumerate(("Café & thé", "CAFE & THE", apart("Café  & thé"))):
        program.done("PUT", f"/products/P{number}", {**said, "category": category})
    assert Category.objects.values_list("name", flat=True).get() == "Café & thé"
    for name in ("Post Éclair", "post eclair"):
        program.done("PUT", f"/carriers/{quote(name)}", {"price": "4.99", "currency": "EUR"})
    assert Carrier.objects.values_list("name", flat=True).get() == "Post Éclair"
    chosen = program.done("PUT", f"/carts/{cart}/carrier", {"carrier": apart(" post éclair")})
    assert chosen["shipping"] == "4.99"
    program.done("PUT", "/carriers/Courier", {"price": "9.99", "currency": "EUR"})
    taken = program.put("/carriers/Courier", {"name": "POST ECLAIR", "price": "9.99", "currency": "EUR"})
    assert reasons(taken) == {"name": "carrier_taken"}


def test_texts_of_one_line_are_stored_tidy(program, ada, product):
    """V15: the number of another system, the template of a mail, the order that a message is about."""
    said = {"name": "Cup", "price": "1.00", "currency": "EUR"}
    program.done("PUT", "/products/P", {**said, "external_id": " 12\n34 "})
    assert Product.objects.get().external_id == "12 34"
    told = {"recipient": "a@shop.example", "template": " order\tconf ", "subject": "Hello"}
    program.done("POST", "/mails", told)
    assert Mail.objects.get().template == "order conf"
    assert reasons(program.post("/mails", {**told, "template": " "})) == {"template": "value_error"}
    told = {"email": "b@shop.example", "text": "Where is it?", "order_reference": " ABCDEFGHI "}
    program.done("POST", "/messages", told)
    assert Thread.objects.get().order_reference == "ABCDEFGHI"


def test_the_addresses_of_an_order_are_stored_composed_and_without_signs_that_steer(program, ada):
    order = {
        **{"placed_at": AT, "status": "Payment accepted", "currency": "EUR", "customer_id": ada},
        "lines": [{"name": "Cup", "quantity": 1, "unit_price": "5.00"}],
        "billing_address": apart("Zoé Byron\r\n1, Quay\x07"),
    }
    program.done("PUT", "/external-orders/P-1", order)
    assert Order.objects.get().billing_address == "Zoé Byron\n1, Quay "


@pytest.mark.parametrize(
    ("said", "field", "reason"),
    [
        ({"carrier": "x" * 65}, "carrier", "At most 64 characters, please."),
        ({"discounts": [{"code": "x" * 65, "amount": "1.00"}]}, "discounts.0.code", None),
        ({"discounts": [{"code": "", "amount": "1.00"}]}, "discounts.0.code", "This field is required here."),
        ({"lines": [{"name": " ", "quantity": 1, "unit_price": "1.00"}]}, "lines.0.name", None),
    ],
)
def test_the_limits_of_a_text_are_not_told_as_those_of_a_list(program, ada, said, field, reason):
    """It said “At most 64 entries, please; these are 65.” and “At least one entry is needed here.”"""
    order = {
        **{"placed_at": AT, "status": "Payment accepted", "currency": "EUR", "customer_id": ada},
        "lines": [{"name": "Cup", "quantity": 1, "unit_price": "5.00"}],
    }
    (fault,) = program.put("/external-orders/P-1", {**order, **said}).json()["errors"]
    assert (fault["field"], reason or fault["reason"]) == (field, fault["reason"])
    assert "entr" not in fault["reason"]
