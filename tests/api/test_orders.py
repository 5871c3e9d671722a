"""Orders over the API: placed from carts, told from another system; the customer's figures move with them."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.records.recounting import recount_all
from backoffice.sections import Choice
from carts.models import Cart, Order, OrderLine, OrderVoucher, Product, Voucher
from carts.services.order_statuses import set_status_of_many
from carts.services.ordering import set_order_status, status_named
from customers import services
from customers.models import Customer, CustomerFigures
from customers.options import SECTION, CustomerOptions
from groups.rules.filling import Fact
from tests.customers.ruling import origins, rule
from tests.shop_api import ORDERED, reasons

GUEST = {"first_name": "Gus", "last_name": "Guest", "email": "gus@shop.example"}
FOREIGN = {**ORDERED, "paid": "25.00"}


@pytest.fixture
def cart(program, product, carrier) -> str:
    """A cart with two cups, carried for 4.99."""
    product("CUP", "12.50")
    carrier("Post", "4.99")
    program.fill("c", "CUP", 2)
    program.done("PUT", "/carts/c/carrier", {"carrier": "Post"})
    return "c"


def figures(customer: Customer) -> tuple:
    row = CustomerFigures.objects.get(pk=customer.pk)
    return row.orders_count, row.valid_orders_count, row.total_spent, row.outstanding


def test_an_order_is_what_was_in_the_cart(program, cart, customer):
    """S1.57, S1.100: lines, totals, and the customer's figures in the same transaction (decision 17)."""
    ada = customer(first_name="Ada", last_name="Byron")
    program.done("PUT", f"/carts/{cart}/customer", {"customer_id": ada.pk})
    said = program.done(
        "POST",
        f"/carts/{cart}/order",
        {"payment": "Cheque", "billing_address": "14, Main street\n75000 Paris"},
    )
    order = Order.objects.get(reference=said["reference"])
    assert (said["total"], said["status"], said["valid"]) == ("29.99", "Awaiting cheque payment", False)
    assert (order.customer_name, order.carrier_name, order.billing_address) == (
        "Ada Byron",
        "Post",
        "14, Main street\n75000 Paris",
    )
    assert OrderLine.objects.get().quantity == 2
    assert figures(ada) == (1, 0, Decimal(0), Decimal("29.99"))
    assert Product.objects.get().stock == 68
    assert (order.history.get().door, Cart.objects.get().ordered) == ("api", True)
    program.done(
        "PUT", f"/orders/{said['reference']}/status", {"status": "Payment accepted", "paid": "29.99"}
    )
    assert figures(ada) == (1, 1, Decimal("29.99"), Decimal(0))
    program.done("PUT", f"/orders/{said['reference']}/status", {"status": "Canceled"})
    assert figures(ada) == (1, 0, Decimal(0), Decimal(0))
    assert list(recount_all(mend=False)) == []


def test_ordering_twice_is_one_order(program, cart, customer):
    program.done("PUT", f"/carts/{cart}/customer", {"customer_id": customer().pk})
    first = program.done("POST", f"/carts/{cart}/order", {})
    assert program.done("POST", f"/carts/{cart}/order", {}) == first
    assert Order.objects.count() == 1


def test_an_order_without_account_makes_a_guest(program, cart):
    """S3.2: the list holds all who have bought."""
    said = program.done("POST", f"/carts/{cart}/order", {"guest": GUEST})
    guest = Customer.objects.get()
    assert (guest.guest, guest.name, said["customer_id"]) == (True, "Gus Guest", guest.pk)


def test_an_order_of_a_guest_never_becomes_an_accounts_by_its_address(program, cart, customer):
    """G19: an e-mail address that nobody has proved is nobody's."""
    holder = customer(email=GUEST["email"])
    said = program.done("POST", f"/carts/{cart}/order", {"guest": GUEST})
    assert said["customer_id"] != holder.pk
    assert figures(holder)[0] == 0


def test_an_empty_cart_and_nobodys_are_not_ordered(program, cart):
    program.done("POST", "/carts", {"key": "empty"})
    assert program.post("/carts/empty/order", {"guest": GUEST}).status_code == 409
    assert program.post(f"/carts/{cart}/order", {}).status_code == 409
    assert (Order.objects.count(), Customer.objects.count()) == (0, 0)


def test_a_voucher_is_used_up_by_orders(program, cart, product, customer):
    """Facts 1.10: so many in all, so many a customer."""
    Voucher.objects.create(code="TEN", name="Ten", percent=Decimal(10), quantity=1, per_customer=1)
    ada = customer()
    program.done("PUT", f"/carts/{cart}/customer", {"customer_id": ada.pk})
    program.done("POST", f"/carts/{cart}/vouchers", {"code": "TEN"})
    program.fill("d", "CUP", customer_id=ada.pk)
    program.done("POST", "/carts/d/vouchers", {"code": "TEN"})
    assert program.done("POST", f"/carts/{cart}/order", {})["discount"] == "2.50"
    assert (OrderVoucher.objects.get().amount, Voucher.objects.get().quantity) == (Decimal("2.50"), 0)
    answer = program.post("/carts/d/order", {})
    assert (answer.status_code, "TEN" in answer.json()["detail"], Order.objects.count()) == (409, True, 1)


def test_an_unknown_status_is_told_with_those_there_are(program, cart, customer):
    program.done("PUT", f"/carts/{cart}/customer", {"customer_id": customer().pk})
    answer = program.post(f"/carts/{cart}/order", {"status": "Paid"})
    assert reasons(answer) == {"status": "no_such_status"}
    assert "Payment accepted" in answer.json()["detail"]


# Orders of another system


def put(program, number: str = "P-7", **said) -> dict:
    return program.done("PUT", f"/external-orders/{number}", {**FOREIGN, **said})


def test_an_order_of_another_system_is_found_again_by_its_number(program, customer):
    """Decision 21; stated again as it is, nothing happens."""
    ada = customer()
    first = put(program, customer_id=ada.pk)
    again = put(program, customer_id=ada.pk)
    assert first == again
    order = Order.objects.get()
    assert (order.external_id, order.version, order.history.count()) == ("P-7", 1, 1)
    assert figures(ada) == (1, 1, Decimal("25.00"), Decimal(0))


def test_what_a_total_differs_from_its_parts_is_kept_as_rounding(program, customer):
    """Issue 10, point 1: a foreign order's total adds up."""
    said = put(
        program,
        customer_id=customer().pk,
        total="31.97",
        shipping="4.99",
        wrapping="3.00",
        discounts=[{"code": "GIFT", "amount": "1.00"}, {"code": "GIFT", "amount": "0.01"}],
    )
    assert (said["discount"], said["rounding"], said["total"]) == ("1.01", "-0.01", "31.97")
    assert OrderVoucher.objects.get().amount == Decimal("1.01")


def test_an_order_in_another_currency_counts_in_the_shops(program, customer):
    """Decision 17: by the rate that is stored on the order."""
    ada = customer()
    answer = program.put("/external-orders/P-7", {**FOREIGN, "currency": "PLN", "customer_id": ada.pk})
    assert reasons(answer) == {"rate": "rate_missing"}
    put(program, customer_id=ada.pk, currency="PLN", rate="4.28", paid="10.00")
    # 25.00 / 4.28 = 5.841…, and 15.00 / 4.28 = 3.504… are still to be paid.
    assert figures(ada) == (1, 1, Decimal("5.84"), Decimal("3.50"))


def test_an_order_that_turns_out_to_be_of_another_day_moves_first_and_last(program, customer):
    ada = customer()
    put(program, "P-1", customer_id=ada.pk)
    put(program, "P-2", customer_id=ada.pk, placed_at="2026-03-12T12:00:00Z")
    put(program, "P-2", customer_id=ada.pk, placed_at="2026-03-01T12:00:00Z")
    row = CustomerFigures.objects.get(pk=ada.pk)
    assert (row.first_order_at, row.last_order_at) == (
        dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 10, 11, tzinfo=dt.UTC),
    )


def test_rules_of_groups_follow_what_is_bought_and_restated(program, customer, group):
    """Issue 9 and 10: whoever spends 100.00 is put into the group at once, also by an order of another day."""
    ada, regulars = customer(), group("Regulars")
    services.save_rule(regulars, rule((Fact.TOTAL_SPENT, "at_least", Decimal(100))), by=Actor.command())
    put(program, customer_id=ada.pk)
    assert origins(regulars) == {}
    put(
        program,
        placed_at="2026-03-01T12:00:00Z",
        lines=[{"name": "Cup", "quantity": 9, "unit_price": "12.50"}],
    )
    assert origins(regulars) == {ada.first_name: "rule"}
    assert list(recount_all(mend=False)) == []


def test_an_order_of_nobody_is_refused(program):
    answer = program.put("/external-orders/P-7", FOREIGN)
    assert (answer.status_code, reasons(answer)) == (422, {"customer_id": "buyer_missing"})


def test_what_is_refused_is_told_in_the_language_that_was_asked_for(program):
    """G27, decision 12: also where the shape of a request or an order of another system is refused."""
    polish = {"Accept-Language": "pl"}
    told = [
        program.put("/external-orders/P-7", FOREIGN, **polish),
        program.put("/external-orders/P-7", {**FOREIGN, "placed_at": "1815-12-10T12:00:00Z"}, **polish),
        program.put("/products/CUP", {"name": " ", "price": "1.00", "currency": "EUR"}, **polish),
    ]
    assert [one.json()["errors"][0]["reason"] for one in told] == [
        "Podaj, kto kupił: klient czy gość.",
        "Rok musi mieścić się między 1970 a 2199.",
        "To pole jest tutaj wymagane.",
    ]


def test_products_are_found_by_their_reference_and_named_as_they_were(program, product, customer):
    cup = product("CUP", "12.50")
    put(
        program,
        customer_id=customer().pk,
        lines=[{**FOREIGN["lines"][0], "reference": "CUP", "name": "Old cup"}],
    )
    line = OrderLine.objects.get()
    assert (line.product, line.product_name) == (cup, "Old cup")


STATUSES = ("Awaiting cheque payment", "Payment accepted", "Canceled", "Delivered")
orders = st.fixed_dictionaries(
    {
        "number": st.sampled_from(("A", "B", "C")),
        "status": st.sampled_from(STATUSES),
        "quantity": st.integers(1, 3),
        "price": st.decimals(0, 100, places=2),
        "paid": st.decimals(0, 300, places=2),
        "rate": st.sampled_from((None, "4.28", "0.85")),
        "day": st.integers(1, 28),
        "change": st.sampled_from((None, *STATUSES)),
        "by_page": st.sampled_from((None, *STATUSES)),
        "by_bulk": st.sampled_from((None, *STATUSES)),
    }
)


@pytest.mark.django_db
@given(sequence=st.lists(orders, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_orders_leaves_a_figure_wrong(sequence, program, customer):
    """Issue 10, point 7: `recount --check` finds zero differences after any random sequence."""
    from django.db import transaction

    with transaction.atomic():
        ada = customer()
        for one in sequence:
            said = put(
                program,
                one["number"],
                customer_id=ada.pk,
                status=one["status"],
                currency="EUR" if one["rate"] is None else "PLN",
                rate=one["rate"],
                paid=one["paid"],
                placed_at=f"2026-02-{one['day']:02}T10:00:00Z",
                lines=[{"name": "Cup", "quantity": one["quantity"], "unit_price": one["price"]}],
            )
            if one["change"]:
                program.done("PUT", f"/orders/{said['reference']}/status", {"status": one["change"]})
            if one["by_page"]:
                order, status = Order.objects.get(reference=said["reference"]), status_named(one["by_page"])
                set_order_status(order, status, paid=one["paid"], version=order.version, by=Actor.command())
            if one["by_bulk"]:
                choice = Choice(str(status_named(one["by_bulk"]).pk))
                set_status_of_many(Order.objects.all(), choice=choice, by=Actor.command())
        assert list(recount_all(mend=False)) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        (
            {"discounts": [{"code": "A", "amount": "25.01"}]},
            "discounts",
            "discounts_too_large",
        ),
        (
            {"discounts": [{"code": code, "amount": "9999999999.99"} for code in "AB"]},
            "discounts",
            "discounts_too_large",
        ),
        ({"total": "25.00", "tax": "25.01"}, "tax", "tax_too_large"),
    ],
)
def test_an_order_that_comes_to_less_than_nothing_is_refused(program, customer, said, field, told):
    """A discount of 50.00 on a cup made a sale of −40.00."""
    refused = program.ask("PUT", "/external-orders/B-1", {**FOREIGN, "customer_id": customer().pk, **said})
    assert (refused.status_code, reasons(refused)) == (422, {field: told})
    assert not Order.objects.exists()


def test_what_is_taken_off_takes_its_tax_with_it(program, customer):
    """Facts 1.10: of nothing to be paid, nothing is tax."""
    off = {"discounts": [{"code": "A", "amount": "12.50"}]}
    said = program.done("PUT", "/external-orders/B-1", {**FOREIGN, "customer_id": customer().pk, **off})
    assert (said["total"], said["tax"]) == ("12.50", "2.09")


@pytest.mark.parametrize("status", ["Awaiting cheque payment", "Payment accepted"])
def test_what_was_paid_is_never_more_than_can_be_counted(program, customer, status):
    """It was stored beyond what a figure holds; every page that told of the order answered 500."""
    said = {
        **FOREIGN,
        "currency": "USD",
        "rate": "0.0001",
        "total": "0.01",
        "paid": "0",
        "lines": [{"name": "Pin", "quantity": 1, "unit_price": "0.01"}],
    }
    order = program.done("PUT", "/external-orders/B-1", {**said, "customer_id": customer().pk})
    refused = program.ask(
        "PUT",
        f"/orders/{order['reference']}/status",
        {"status": status, "paid": "9999999999.99"},
    )
    assert (refused.status_code, reasons(refused)) == (422, {"paid": "sum_too_large"})
    assert list(recount_all(mend=False)) == []


def test_the_shops_own_currency_has_no_other_rate_than_one(program, customer):
    """Half of what was bought counted, where a module sent the rate of another currency along."""
    ada = customer()
    said = program.done("PUT", "/external-orders/R-1", {**FOREIGN, "customer_id": ada.pk, "rate": "2"})
    assert said["total"] == "25.00"
    assert (Order.objects.get().value, figures(ada)[2]) == (Decimal("25.00"), Decimal("25.00"))


def test_a_discount_beyond_the_products_takes_the_tax_of_what_it_takes_off_the_rest(program, customer):
    """10.00 of products, 5.00 of shipping, 2.00 of wrapping, 12.00 off: 5.00 are left, of which 0.83 are tax."""
    parts = {"lines": [{"name": "Cup", "quantity": 1, "unit_price": "10.00"}], "shipping": "5.00"}
    said = {**FOREIGN, **parts, "paid": "0", "discounts": [{"code": "X", "amount": "12.00"}]}
    said["customer_id"] = customer().pk
    told = [
        program.done("PUT", f"/external-orders/{wrapping}", {**said, "wrapping": wrapping})
        for wrapping in ("0.00", "2.00", "0.50")
    ]
    assert [(one["total"], one["tax"]) for one in told] == [
        ("3.00", "0.50"),
        ("5.00", "0.83"),
        ("3.50", "0.58"),
    ]


def test_an_order_names_its_products_in_the_language_of_the_cart(program, product, customer):
    """What a French cart showed as Théière was ordered as Teapot."""
    product("POT", "10.00", name="Teapot", name_fr="Théière")
    program.fill("c", "POT", customer_id=customer().pk, language="fr")
    assert program.done("GET", "/carts/c")["lines"][0]["name"] == "Théière"
    program.done("POST", "/carts/c/order", {})
    assert OrderLine.objects.get().product_name == "Théière"


def test_a_shop_without_guests_says_so_to_who_has_no_account(program, cart):
    """“This field is not offered here” was told at a field that nobody had named."""
    store(CustomerOptions(guest_accounts=False), SECTION, by=Actor.command())
    for method, path, body in (
        ("POST", "/carts/c/order", {"guest": GUEST}),
        ("PUT", "/external-orders/G-1", {**FOREIGN, "guest": GUEST}),
    ):
        answer = program.ask(method, path, body)
        assert (answer.status_code, reasons(answer)) == (422, {"guest": "no_guests"})
    assert not Customer.objects.exists()
