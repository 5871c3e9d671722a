"""Bad input of every kind: told at its field, with its reason, and never an error of ours (issue 10)."""

import pytest

from backoffice.models import Option
from carts.models import Cart, CartLine, Order, OrderLine, Product
from customers.models import Consent, Message, PageView, Thread, Visit
from tests.shop_api import GUEST, reasons

AT = "2026-03-10T12:00:00Z"


@pytest.fixture
def cart(program, product) -> str:
    """A cart in which nothing is yet; CUP costs 12.50, GOLD as much as anything can."""
    product("CUP", "12.50")
    product("GOLD", "9999999999.99")
    return program.done("POST", "/carts", {"key": "c"})["key"]


def test_what_comes_to_more_than_can_be_stored_is_refused_and_the_cart_stays_readable(program, cart):
    """Each number alone is one that may be said; PostgreSQL refuses their sum, SQLite could not read it again."""
    answer = program.put(f"/carts/{cart}/lines", {"product": "GOLD", "quantity": 1_000_000})
    assert (answer.status_code, reasons(answer)) == (422, {"quantity": "sum_too_large"})
    free = {"product": "CUP", "quantity": 1_000_000, "unit_price": "0.00"}
    Cart.objects.update(items_count=999_500_000)
    program.done("POST", f"/carts/{cart}/lines", {**free, "quantity": 1})
    lines = [
        {**free, "customisation": f"{number}", "product": "CUP", "unit_price": "9999999.99"}
        for number in range(1000)
    ]
    answer = program.put("/carts/w", {"at": AT, "lines": lines})
    assert (answer.status_code, reasons(answer)) == (422, {"lines": "sum_too_large"})
    assert (
        program.done("POST", f"/carts/{cart}/lines", {"product": "CUP", "unit_price": "1.00"})["total"]
        == "2.00"
    )


def test_no_cart_holds_more_things_than_can_be_counted(program, cart):
    """A million at a time, again and again."""
    free = {"product": "CUP", "quantity": 1_000_000, "unit_price": "0.00"}
    program.done("POST", f"/carts/{cart}/lines", free)
    Cart.objects.get().lines.update(quantity=999_500_000)
    answer = program.post(f"/carts/{cart}/lines", free)
    assert (answer.status_code, reasons(answer)) == (422, {"quantity": "sum_too_large"})
    assert program.done("GET", f"/carts/{cart}")["lines"][0]["quantity"] == 999_500_000


def test_a_rate_that_makes_a_price_too_large_is_refused(program, cart):
    program.done("POST", "/carts", {"key": "z", "currency": "PLN", "rate": "9999999"})
    answer = program.post("/carts/z/lines", {"product": "GOLD"})
    assert reasons(answer) == {"quantity": "sum_too_large"}


@pytest.mark.parametrize(
    "said",
    [
        {"lines": [{"name": "Gold", "quantity": 1_000_000, "unit_price": "9999999999.99"}]},
        {
            "currency": "PLN",
            "rate": "0.000001",
            "lines": [{"name": "X", "quantity": 1, "unit_price": "99999"}],
        },
        {"currency": "PLN", "rate": "0.000001", "paid": "999999.99"},
    ],
)
def test_an_order_that_comes_to_too_much_is_refused(program, said):
    least = {
        "placed_at": AT,
        "status": "Payment accepted",
        "currency": "EUR",
        "lines": [{"name": "Cup", "quantity": 1, "unit_price": "1.00"}],
        "guest": GUEST,
    }
    answer = program.put("/external-orders/X", {**least, **said})
    assert (answer.status_code, reasons(answer)) == (422, {"total": "sum_too_large"})
    assert not Order.objects.exists()


@pytest.mark.parametrize("paid", ["9999999.99", "9999999999.99"])
def test_a_status_with_more_than_can_be_paid_is_refused(program, default_group, paid):
    """What is owed is kept in the shop's currency: PostgreSQL refused the sum, SQLite could not read it again."""
    order = {
        **{"placed_at": AT, "status": "Payment accepted", "currency": "PLN", "rate": "0.000001"},
        "lines": [{"name": "Cup", "quantity": 1, "unit_price": "1.00"}],
        "guest": {"first_name": "Gus", "last_name": "Guest", "email": "gus@example.com"},
    }
    reference = program.done("PUT", "/external-orders/X", order)["reference"]
    answer = program.put(f"/orders/{reference}/status", {"status": "Payment accepted", "paid": paid})
    assert (answer.status_code, reasons(answer)) == (422, {"paid": "sum_too_large"})
    assert program.done("GET", f"/orders/{reference}")["paid"] == "0.00"


@pytest.mark.parametrize(
    ("said", "field", "code", "reason"),
    [
        ({"quantity": True}, "quantity", "value_error", "Not a whole number."),
        ({"quantity": "two"}, "quantity", "int_parsing", "Not a whole number."),
        ({"quantity": 1.5}, "quantity", "int_from_float", "Not a whole number."),
        ({"unit_price": "NaN"}, "unit_price", "finite_number", "Not an amount: write it like 191.20."),
        ({"unit_price": "1.005"}, "unit_price", "decimal_max_places", "At most 2 decimals, please."),
        ({"unit_price": "99999999999"}, "unit_price", "decimal_whole_digits", None),
        ({"product": ["CUP"]}, "product", "string_type", "This has to be a text."),
        ({"product": "X" * 65}, "product", "string_too_long", "At most 64 characters, please."),
        ({"customisation": "x" * 256}, "customisation", "string_too_long", "At most 255 characters, please."),
        ({"colour": "red"}, "colour", "extra_forbidden", "This field is not offered here."),
    ],
)
def test_what_a_line_may_not_be_is_told_in_plain_words(program, cart, said, field, code, reason):
    answer = program.post(f"/carts/{cart}/lines", {"product": "CUP", **said})
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["field"], fault["code"]) == (422, field, code)
    assert reason in (None, fault["reason"])


@pytest.mark.parametrize("body", ["null", "[]", '"x"', "1"])
def test_a_body_that_is_no_object_is_told_without_names_of_the_program(program, cart, body):
    answer = program.ask("POST", f"/carts/{cart}/lines", body)
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["reason"]) == (422, "This has to be an object with named fields.")


def test_reasons_are_told_in_the_language_that_is_asked_for(program, cart):
    said = {"product": "CUP", "quantity": "x", "unit_price": "1.005", "customisation": "x" * 256}
    answer = program.post(f"/carts/{cart}/lines", said, **{"Accept-Language": "fr"})
    assert {one["field"]: one["reason"] for one in answer.json()["errors"]} == {
        "quantity": "Ce n’est pas un nombre entier.",
        "unit_price": "2 décimales au maximum.",
        "customisation": "255 caractères au maximum.",
    }


@pytest.mark.parametrize(
    "at", [1773144000, "1773144000", 1e308, "yesterday", "2026-03-10", "2026-03-10T12:00:00"]
)
def test_a_moment_is_a_text_with_its_zone(program, at):
    """Seconds since 1970 say no zone to whoever reads them."""
    answer = program.put("/carts/w", {"at": at})
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["field"]) == (422, "at")
    assert fault["reason"] == "Write it with its zone, like 2026-03-10T12:00:00Z."


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00"])
def test_a_moment_out_of_reach_is_refused(program, at):
    assert reasons(program.put("/carts/w", {"at": at})) == {"at": "value_error"}


@pytest.mark.parametrize("currency", ["XXX", "ABC"])
def test_a_currency_that_is_none_is_refused(program, currency):
    answer = program.put("/carts/w", {"at": AT, "currency": currency, "rate": "1"})
    (fault,) = answer.json()["errors"]
    assert (fault["field"], fault["reason"]) == ("currency", "There is no currency with this code.")


@pytest.mark.parametrize(
    ("path", "said", "field"),
    [
        ("/products/P", {"picture": "javascript:alert(1)"}, "picture"),
        ("/products/P", {"choices": {"x" * 256: "M"}}, "choices.{0}.[key]"),
        ("/products/P", {"choices": {"Size": "x" * 256}}, "choices.Size"),
        (f"/products/{'x' * 65}", {}, "reference"),
        ("/products/a%20%20b", {}, "reference"),
        ("/carriers/%20", {"name": None}, "name"),
    ],
)
def test_what_a_product_or_carrier_may_not_be_is_told_at_its_field(program, path, said, field):
    least = {"price": "1.00", "currency": "EUR"}
    answer = program.put(path, {**least, "name": "Cup", **said} if "products" in path else least)
    assert (answer.status_code, set(reasons(answer))) == (422, {field.format("x" * 256)}), answer.text
    assert not Product.objects.exists()


@pytest.mark.parametrize("body", ["[" * 5_000 + "]" * 5_000, '{"a":' * 50_000 + "1" + "}" * 50_000])
def test_what_is_nested_too_deeply_is_refused(program, cart, body):
    assert program.ask("POST", f"/carts/{cart}/lines", body).status_code in (400, 422)


def test_an_amount_without_end_is_refused_at_its_field(program, default_group):
    """Ten to the power of a million is a number as JSON has it, and no program should write it out."""
    Option.objects.create(section="customers", name="b2b", value=True)
    said = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com", "password": "lavender"}
    answer = program.post("/customers", {**said, "outstanding_allowance": "1e999999"})
    assert (answer.status_code, set(reasons(answer))) == (422, {"outstanding_allowance"})


@pytest.mark.parametrize(
    ("grounds", "field"),
    [({"adverts": "Form"}, "grounds.adverts.[key]"), ({"newsletter": "x" * 256}, "grounds.newsletter")],
)
def test_a_ground_is_one_of_a_consent_there_is_and_short(program, default_group, grounds, field):
    said = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com", "password": "lavender"}
    answer = program.post("/customers", {**said, "newsletter": True, "grounds": grounds})
    assert (answer.status_code, set(reasons(answer))) == (422, {field})


def test_an_address_of_one_interface_is_kept_without_it(program, default_group):
    """PostgreSQL stores no `%eth0`: in a body and in the header."""
    program.done("POST", "/visits", {"visitor": "b", "ip": "fe80::1%eth0"})
    assert Visit.objects.get().ip == "fe80::1"
    said = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com", "password": "lavender"}
    said |= {"newsletter": True, "grounds": {"newsletter": "Form"}}
    program.done("POST", "/customers", said, **{"Customer-IP": "fe80::2%eth0"})
    assert Consent.objects.get().ip == "fe80::2"


def test_addresses_in_a_batch_are_read_as_elsewhere(program):
    """`%20` is a blank there too, and a NUL byte is refused as it is at the door."""
    said = {"name": "Cup", "price": "1.00", "currency": "EUR"}
    paths = ["/products/red%20cup", "/products/%00", "/carts/c/lines?product=%00"]
    acts = [{"method": "PUT", "path": path, "body": said} for path in paths]
    outcomes = program.done("POST", "/batch", {"acts": acts})["outcomes"]
    assert [one["status"] for one in outcomes] == [200, 400, 400]
    assert Product.objects.get().reference == "red cup"


def test_signs_that_turn_texts_round_are_not_kept(program, cart, carrier):
    """U+202E makes what follows read from the right: “gpj.exe” stands there as “exe.jpg”."""
    turned, plain = "/photo-\u202egpj.exe\u2066", "/photo-gpj.exe"
    program.done(
        "POST", "/visits/pages", {"visitor": "b", "page": turned, "referrer": f"https://a.example{turned}"}
    )
    assert (PageView.objects.get().url, Visit.objects.get().landing_url) == (plain, plain)
    said = {
        "name": turned,
        "name_fr": turned,
        "choices": {"Colour": turned},
        "price": "1.00",
        "currency": "EUR",
    }
    program.done("PUT", "/products/P", {**said, "category": turned})
    made = Product.objects.get(reference="P")
    assert (made.name, made.name_fr, made.choices, made.category.name) == (
        plain,
        plain,
        {"Colour": plain},
        plain,
    )
    program.done("POST", f"/carts/{cart}/lines", {"product": "P", "customisation": turned})
    assert CartLine.objects.get().customisation == plain
    line = {"name": turned, "quantity": 1, "unit_price": "1.00", "reference": turned}
    order = {
        "placed_at": AT,
        "status": "Payment accepted",
        "currency": "EUR",
        "payment": turned,
        "carrier": turned,
        "paid": "1.00",
        "lines": [line],
        "billing_address": f"{turned}\n1, Quay",
        "guest": GUEST,
    }
    program.done("PUT", "/external-orders/P-1", order)
    placed, bought = Order.objects.get(), OrderLine.objects.get()
    assert (placed.payment, placed.carrier_name, placed.billing_address) == (
        plain,
        plain,
        f"{plain}\n1, Quay",
    )
    assert (bought.product_name, bought.product_reference) == (plain, plain)
    program.done("POST", "/messages", {"email": "ada@example.com", "subject": turned, "text": turned})
    assert (Thread.objects.get().subject, Message.objects.get().text) == (plain, plain)
    assert program.put("/products/P%E2%80%AE", said).status_code == 422
