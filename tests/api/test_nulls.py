"""Null never means no, nothing or an empty text by accident: it says that there is none, or is refused at its field."""

import pydantic
import pytest

from addresses.api.shapes import AddressTold
from addresses.models import Address
from backoffice.api.shapes import Taken
from carts.api.products import ProductTold
from carts.models import Product
from customers.api.accounts import OwnData
from customers.api.people import ChangedCustomer, NewCustomer
from customers.models import Customer
from tests.shop_api import GUEST, reasons

# What stands beside the fields of the record.
BESIDE = {"version", "grounds"}
OF_FORMS = [(NewCustomer, Customer), (ChangedCustomer, Customer), (OwnData, Customer), (AddressTold, Address)]


def found_wrong(shape: type[Taken], said: dict) -> list[tuple]:
    try:
        shape.model_validate(said)
    except pydantic.ValidationError as fault:
        return [(*one["loc"], one["type"]) for one in fault.errors()]
    return []


@pytest.mark.parametrize(
    ("shape", "model", "name"),
    [
        pytest.param(shape, model, name, id=f"{shape.__name__}-{name}")
        for shape, model in OF_FORMS
        for name in shape.model_fields
        if name not in BESIDE
    ],
)
def test_null_is_taken_where_none_can_be_stored_and_refused_elsewhere(shape, model, name):
    """`{"active": null}` disabled an account."""
    refused = [] if model._meta.get_field(name).null else [(name, "null_forbidden")]
    assert found_wrong(shape, {name: None}) == refused


def test_null_disables_no_account_and_takes_back_no_consent(program, customer):
    ada = customer(newsletter=True, phone="1")
    answer = program.patch(f"/customers/{ada.pk}", {"active": None, "newsletter": None, "phone": None})
    assert reasons(answer) == dict.fromkeys(("active", "newsletter", "phone"), "null_forbidden")
    now = Customer.objects.get()
    assert (now.active, now.newsletter, now.phone, now.version) == (True, True, "1", ada.version)


def test_null_takes_away_what_may_be_none(program, customer):
    """What an answer says as null can be said so, too."""
    ada = customer(birthday="1990-05-04")
    program.done("PATCH", f"/customers/{ada.pk}", {"birthday": None, "title": None})
    assert Customer.objects.get().birthday is None
    assert program.done("GET", f"/customers/{ada.pk}")["birthday"] is None


@pytest.mark.parametrize("name", sorted(ProductTold.model_fields.keys() - {"currency"}))
def test_null_of_a_product_is_as_if_it_was_not_named(program, product, group, name):
    product("SET", "1.00")
    everything = {
        "name": "Cup",
        "name_fr": "Tasse",
        "name_pl": "Kubek",
        "name_ro": "Cană",
        "price": "12.50",
        "currency": "EUR",
        "tax_rate": "5.50",
        "stock": 7,
        "active": False,
        "picture": "/cup.png",
        "category": "Kitchen",
        "parent": "SET",
        "choices": {"Size": "M"},
        "exclusive_to": [group("Trade").pk],
        "external_id": "77",
    }
    assert everything.keys() == ProductTold.model_fields.keys()
    program.done("PUT", "/products/CUP", everything)
    before = Product.objects.filter(reference="CUP").values(), list(Product.objects.last().exclusive_to.all())
    program.done("PUT", "/products/CUP", {name: None})
    after = Product.objects.filter(reference="CUP").values(), list(Product.objects.last().exclusive_to.all())
    assert list(after[0]) == list(before[0])
    assert after[1] == before[1]


def test_null_of_what_was_paid_leaves_it(program):
    least = {
        "placed_at": "2026-03-10T12:00:00Z",
        "status": "Payment accepted",
        "currency": "EUR",
        "paid": "5.00",
        "lines": [{"name": "Cup", "quantity": 1, "unit_price": "12.50"}],
        "guest": GUEST,
    }
    reference = program.done("PUT", "/external-orders/PS-1", least)["reference"]
    said = program.done("PUT", f"/orders/{reference}/status", {"status": "Shipped", "paid": None})
    assert (said["status"], said["paid"]) == ("Shipped", "5.00")


@pytest.mark.parametrize("name", ["product", "quantity", "customisation"])
def test_null_of_a_line_is_told_as_null(program, product, name):
    """“Not a whole number.” was the answer to a quantity of null."""
    product("CUP", "12.50")
    program.done("POST", "/carts", {"key": "c-1"})
    answer = program.post("/carts/c-1/lines", {"product": "CUP", name: None})
    assert (answer.status_code, reasons(answer)) == (422, {name: "null_forbidden"})
    assert answer.json()["errors"][0]["reason"] == "Not null: leave the field out, or say what it shall be."


@pytest.mark.parametrize("name", ["placed_at", "status", "paid", "payment", "lines", "order_no"])
def test_null_of_an_order_is_told_as_null_and_of_what_is_unknown_as_unknown(program, name):
    answer = program.put("/external-orders/PS-1", {name: None})
    code = "extra_forbidden" if name == "order_no" else "null_forbidden"
    assert reasons(answer)[name] == code


@pytest.mark.parametrize(
    ("kind", "wrong", "code"),
    [
        ("yes_no", None, "null_forbidden"),
        ("yes_no", "maybe", "bool_parsing"),
        ("yes_no", [True], "bool_type"),
        ("text", None, "null_forbidden"),
        ("text", {"a": 1}, "string_type"),
        ("text", True, "string_type"),
        ("number", [1, 2], "int_type"),
        ("number", "1_0", "int_parsing"),
        ("amount", "٣", "decimal_parsing"),
        ("day", 12, "value_error"),
        ("day", "2026-02-30", "value_error"),
        ("colour", "x", "unknown"),
        ("colour", "", "unknown"),
        ("colour", None, "unknown"),
    ],
)
def test_in_a_field_that_staff_declared_another_kind_of_thing_is_refused(
    program, customer, custom_field, kind, wrong, code
):
    """“no” ticked a yes/no, a list was stored as Python writes it, and null of an unknown field was passed over."""
    ada = customer()
    name = kind if kind == "colour" else f"custom_{custom_field('Odd', kind=kind).pk}"
    answer = program.patch(f"/customers/{ada.pk}", {name: wrong})
    assert (answer.status_code, reasons(answer)) == (422, {name: code})
    assert Customer.objects.get().custom == {}


def test_null_takes_away_a_number_that_staff_declared(program, customer, custom_field):
    ada, field = customer(), custom_field("Shoe size", kind="number")
    program.done("PATCH", f"/customers/{ada.pk}", {f"custom_{field.pk}": 42})
    program.done("PATCH", f"/customers/{ada.pk}", {f"custom_{field.pk}": None})
    assert Customer.objects.get().custom == {}
