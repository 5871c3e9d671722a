"""Orders as staff see them: list, page, and how far one is (S1.56–S1.58, S4.66–S4.69; issue 10, point 7)."""

import csv
import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Order, OrderLine, OrderStatus, OrderVoucher, Voucher
from carts.services.ordering import set_order_status
from carts.services.products import put_product
from customers.models import Customer, CustomerFigures
from tests.reading import List, Node, read
from tests.shop_api import GUEST


@pytest.fixture
def ada(customer):
    return customer(first_name="Ada", last_name="Byron")


def listed(client, **asked) -> list[int]:
    return List(client.get("/orders/", {"more": "open", **asked})).ids


def page_of(client, order) -> Node:
    answer = client.get(f"/orders/{order.pk}/")
    assert answer.status_code == 200
    return read(answer)


def figures(customer) -> tuple:
    row = CustomerFigures.objects.get(pk=customer.pk)
    return row.orders_count, row.valid_orders_count, row.total_spent, row.outstanding


def posted(client, order, status: str, **said):
    chosen = OrderStatus.objects.get(name=status)
    data = {"status": chosen.pk, "paid": "25.00", "reason": "", "version": order.version, **said}
    return client.post(f"/orders/{order.pk}/status/", data)


def test_orders_are_found_by_number_reference_customer_status_payment_total_and_day(
    client, bought, customer, ada
):
    """Issue 10, point 7; decision 12."""
    hers = bought(ada, total="25.00", payment="Chèque")
    his = bought(customer(), total="80.00", status="Canceled", payment="PayPal")
    cancelled = OrderStatus.objects.get(name="Canceled")
    for asked in (
        {"id": hers.pk},
        {"id": f"#{hers.pk:06d}"},
        {"q": f"#{hers.pk:06d}"},
        {"reference": hers.reference.lower()},
        {"customer": "byron"},
        {"customer": ada.pk},
        {"valid": "true"},
        {"payment": "cheque"},
        {"total_max": "30"},
        {"q": hers.reference},
        {"q": "Ada Byron"},
        {"q": hers.external_id},
    ):
        assert listed(client, **asked) == [hers.pk], asked
    assert listed(client, status=cancelled.pk) == [his.pk]
    assert listed(client, total_min="50") == [his.pk]
    assert listed(client, placed_after="2026-03-11") == []
    assert sorted(listed(client, placed_before="2026-03-10")) == [hers.pk, his.pk]


@pytest.mark.parametrize("status", ["Payment accepted", "Awaiting cheque payment"])
def test_what_was_paid_beyond_the_total_is_told_on_the_page_and_in_the_list(client, bought, ada, status):
    order = bought(ada, total="57.24", paid="100.00", status=status)
    said = "€42.76 more than the total"
    assert said in [one.text for one in page_of(client, order).all("span", "badge-warn")]
    assert read(client.get("/orders/")).one("span", "mark-warn")["title"] == said


@pytest.mark.parametrize(("status", "paid"), [("Canceled", "100.00"), ("Payment accepted", "57.24")])
def test_of_what_was_cancelled_or_paid_as_it_was_nothing_is_told(client, bought, ada, status, paid):
    order = bought(ada, total="57.24", paid=paid, status=status)
    assert "more than the total" not in client.get(f"/orders/{order.pk}/").content.decode()
    assert "more than the total" not in client.get("/orders/").content.decode()


def test_the_search_of_every_page_finds_orders(client, bought, ada):
    """Interface: in=orders."""
    order = bought(ada)
    assert order.reference in client.get("/search/", {"q": order.reference, "in": "orders"}).content.decode()


def test_money_says_the_currency_of_the_order(client, bought, ada):
    """S1.59, decision 17: with what it counts in the shop's."""
    order = bought(ada, total="42.80", currency="PLN", rate=Decimal("4.28"))
    text = page_of(client, order).one("section", "panel", id="sums").text
    assert "PLN42.80" in text
    assert "counted as €10.00, rate 4.2800" in text


def test_a_line_says_which_variant_was_bought_as_the_cart_does(client, bought, ada, shop):
    """Its reference alone told nobody the size; the blocks of the customer say it too."""
    put_product("SHIRT", {"name": "Shirt", "price": Decimal(20)}, by=Actor.command())
    values = {"name": "Shirt", "price": Decimal(20), "choices": {"Size": "M", "Colour": "Red"}}
    order = bought(ada, product=put_product("SHIRT-M", values, parent="SHIRT", by=Actor.command()))
    ware = page_of(client, order).one("section", "panel", id="lines").one("tbody").one("th")
    assert ware.text == "Shirt Size: M, Colour: Red"
    file = read(client.get(f"/customers/{ada.pk}/"))
    assert "Shirt (Size: M, Colour: Red)" in file.one("section", "panel", id="purchases").text
    assert "2 × Shirt (Size: M, Colour: Red)" in file.one("div", "file-head").text


def test_all_that_was_bought_is_shown_however_much_it_is(client, bought, ada):
    """The API takes a thousand lines; the page showed two hundred of them, and nothing led to the rest."""
    order = bought(ada)
    OrderLine.objects.bulk_create(
        OrderLine(order=order, product_name=f"Cup {place}", quantity=1, unit_price=1)
        for place in range(1_100)
    )
    rows = page_of(client, order).one("section", "panel", id="lines").one("tbody").all("tr")
    assert len(rows) == 1_101
    assert [cell.text for cell in rows[-1].children] == ["Cup 1099", "", "€1.00", "1", "€1.00"]


def sums(client, order) -> dict[str, str]:
    rows = page_of(client, order).one("section", "panel", id="sums").one("table", "reckoning").all("tr")
    return {row.one("th").text: row.one("td").text for row in rows}


def test_who_sees_prices_without_tax_has_an_order_whose_parts_add_up_so(client, bought, customer, group):
    """Facts 8.3: every figure, lines too; what was paid is what was paid."""
    trade = group("Trade", price_display="tax_excluded")
    order = bought(customer(default_group=trade), total="25.00", shipping=Decimal("6.00"), paid="31.00")
    lines = page_of(client, order).one("section", "panel", id="lines")
    assert [cell.text for cell in lines.one("tbody").all("td")] == ["CUP", "€10.42", "2", "€20.83"]
    assert "Prices are tax excluded, as the customer saw them." in lines.text
    assert sums(client, order) == {
        "Total products": "€20.83",
        "Total shipping Post": "€5.00",
        "Total, tax excluded": "€25.83",
        "Tax": "€5.17",
        "Total, tax included": "€31.00",
        "Total paid": "€31.00",
    }


def test_a_foreign_total_adds_up_without_tax_too(client, bought, customer, group):
    """Its own total and tax count: what is left of them is rounding, beside what a code took off."""
    ada = customer(default_group=group("Trade", price_display="tax_excluded"))
    order = bought(ada, total="25.00", tax=Decimal("4.00"))
    assert (sums(client, order)["Rounding"], sums(client, order)["Total, tax excluded"]) == (
        "€0.17",
        "€21.00",
    )


def test_a_cancelled_order_moves_the_figures_of_its_customer_and_says_why(client, bought, ada):
    """S3.17–S3.19, decision 28: status with history, reason, and by whom."""
    order = bought(ada)
    assert figures(ada) == (1, 1, Decimal("25.00"), Decimal(0))
    assert posted(client, order, "Canceled", reason="They changed their mind").status_code == 302
    assert figures(ada) == (1, 0, Decimal(0), Decimal(0))
    row = order.history.latest()
    assert (row.status.name, row.history_change_reason, row.door) == (
        "Canceled",
        "They changed their mind",
        "page",
    )
    told = page_of(client, order).one("section", "panel", id="history").text
    assert "Reason: They changed their mind" in told
    assert list(recount_all(mend=False)) == []


def test_undo_gives_an_order_its_status_and_its_payment_back(client, bought, ada):
    order = bought(ada, paid="10.00")
    answer = client.post(
        f"/orders/{order.pk}/status/",
        {"status": OrderStatus.objects.get(name="Refunded").pk, "paid": "0.00", "version": order.version},
        follow=True,
    )
    undo = read(answer).one("div", "toast").one("form")["action"].replace("&amp;", "&")
    client.post(undo)
    order.refresh_from_db()
    assert (order.status.name, order.paid, order.outstanding) == (
        "Payment accepted",
        Decimal("10.00"),
        Decimal("15.00"),
    )


def test_who_read_an_older_order_changes_nothing(client, bought, ada):
    """Decision 41: two people at once."""
    order = bought(ada)
    set_order_status(order, OrderStatus.objects.get(name="Shipped"), by=Actor.command())
    answer = posted(client, order, "Canceled")
    assert answer.status_code == 409
    assert "Shipped" in answer.content.decode()
    assert Order.objects.get().status.name == "Shipped"


@pytest.mark.parametrize("paid", ["-1", "1.234", "many", "10000000000", ""])
def test_a_wrong_amount_is_told_at_its_field_and_nothing_is_saved(client, bought, ada, paid):
    order = bought(ada)
    answer = posted(client, order, "Canceled", paid=paid)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["paid"]
    assert Order.objects.get().status.name == "Payment accepted"


def test_nobody_owes_or_paid_more_than_can_be_counted(client, bought, ada):
    """Of a currency that is worth little, what was paid came to more in the shop's than a figure holds."""
    order = bought(
        ada, currency="USD", rate=Decimal("0.0001"), total="0.01", status="Awaiting cheque payment"
    )
    answer = posted(client, order, "Awaiting cheque payment", paid="9999999999.99")
    assert answer.context["form"].errors == {"paid": ["This comes to more than can be sold."]}
    assert Order.objects.get().paid == order.paid


def test_a_file_of_orders_says_the_currency_of_its_amounts(client, bought, ada):
    """Decision 20: nobody adds euros to yen."""
    bought(ada, currency="GBP", rate=Decimal("0.85"), total="25.00", paid="20.00")
    text = b"".join(client.get("/orders/export/").streaming_content).decode()
    (row,) = csv.DictReader(text.splitlines(), delimiter=";")
    assert (row["Total"], row["Currency"], row["Total paid"]) == ("25.00", "GBP", "20.00")


def test_many_orders_get_a_status_at_once_and_the_figures_follow(client, bought, ada, customer):
    """Decision 42: and each has its own back by Undo."""
    first, second = bought(ada), bought(ada, status="Shipped")
    cancelled = OrderStatus.objects.get(name="Canceled")
    data = {"selected": [first.pk, second.pk], "choice": cancelled.pk, "sure": "1"}
    client.post("/orders/actions/set_status/", data)
    assert set(Order.objects.values_list("status__name", flat=True)) == {"Canceled"}
    assert figures(ada) == (2, 0, Decimal(0), Decimal(0))
    client.post("/orders/actions/status_back/", data)
    assert [one.status.name for one in Order.objects.order_by("pk")] == ["Payment accepted", "Shipped"]
    assert figures(ada) == (2, 2, Decimal("50.00"), Decimal(0))


def test_many_are_refused_a_status_in_words_where_one_would_owe_more_than_can_be_counted(client, bought, ada):
    """Of an order that was written before such sums were refused; it was no 500 and nothing is half done."""
    order, other = bought(ada, total="0.01"), bought(ada)
    Order.objects.filter(pk=order.pk).update(rate=Decimal("0.0001"), paid=Decimal("9999999999.99"))
    awaiting = OrderStatus.objects.get(name="Awaiting cheque payment")
    data = {"selected": [order.pk, other.pk], "choice": awaiting.pk, "sure": "1"}
    answer = client.post("/orders/actions/set_status/", data, follow=True)
    assert answer.status_code == 200
    assert f"{order}: This comes to more than can be sold." in answer.content.decode()
    assert set(Order.objects.values_list("status__name", flat=True)) == {"Payment accepted"}


def test_valid_and_invalid_orders_are_counted_apart_over_the_list(client, bought, ada):
    """S1.56, S4.66."""
    bought(ada)
    bought(ada, total="75.00")
    bought(ada, status="Canceled")
    client.post("/orders/figures/")
    strip = {one["title"]: one["value"] for one in client.get("/orders/").context["key_figures"]}
    assert (strip["Valid"], strip["Invalid"], strip["Sales"], strip["Average"]) == (
        "2",
        "1",
        "€100.00",
        "€50.00",
    )


def test_the_orders_of_twelve_weeks_lead_to_those_alone(client, bought, ada):
    new = bought(ada, placed_at=timezone.now())
    bought(ada, placed_at=timezone.now() - dt.timedelta(weeks=13))
    client.post("/orders/figures/")
    weeks = client.get("/orders/").context["key_figures"][-1]
    assert weeks["value"] == "1"
    assert List(client.get(weeks["url"])).ids == [new.pk]


def test_an_order_can_not_be_deleted_and_its_page_says_so(client, bought, ada):
    order = bought(ada)
    assert client.post(f"/orders/{order.pk}/delete/").status_code == 404
    assert "Orders are never deleted" in page_of(client, order).one("section", "panel", id="status").text


def test_orders_of_a_customers_page_lead_to_the_page_of_the_order(client, bought, ada):
    order = bought(ada)
    block = read(client.get(f"/customers/{ada.pk}/")).one("section", "panel", id="orders")
    assert f"/orders/{order.pk}/" in [one["href"] for one in block.one("tbody").all("a")]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 valid of 1", "2 valid of 2"),
        ("fr", "1 validée sur 1", "2 validées sur 2"),
        ("pl", "1 ważne z 1", "2 ważne z 2"),
        ("ro", "1 validă din 1", "2 valide din 2"),
    ],
)
def test_the_buyer_can_be_written_to_and_their_orders_are_counted_as_people_count(
    client, owner, program, language, one, two
):
    owner.language = language
    owner.save()
    told = []
    for number in (1, 2):
        said = {
            "placed_at": "2026-03-10T12:00:00Z",
            "status": "Payment accepted",
            "currency": "EUR",
            "paid": "12.50",
            "lines": [{"name": "Cup", "quantity": 1, "unit_price": "12.50"}],
        }
        ada = Customer.objects.first()
        whose = {"customer_id": ada.pk} if ada else {"guest": GUEST}
        program.done("PUT", f"/external-orders/P-{number}", {**said, **whose})
        panel = page_of(client, Order.objects.latest("pk")).one("section", "panel", id="customer")
        assert panel.one("a", href="mailto:gus@example.com").text == "gus@example.com"
        told.append(panel.text)
    assert (one in told[0], two in told[1]) == (True, True), told


def test_who_is_hidden_is_named_to_nobody(client, bought, ada):
    """Decision 19."""
    from customers.services import hide_customer

    order = bought(ada)
    hide_customer(ada, by=Actor.command())
    told = page_of(client, order).one("section", "panel", id="customer").text
    assert "Deleted customer" in told
    assert "Byron" not in told


def test_a_cancelled_order_gives_the_use_of_its_voucher_back(program, product, customer):
    """Facts 1.10, 4.8: and takes it again where it stands again; none is counted twice."""
    product("CUP", "12.50")
    voucher = Voucher.objects.create(code="TEN", name="Ten", percent=Decimal(10), quantity=1, per_customer=1)
    ada = customer()
    program.fill("c", "CUP", customer_id=ada.pk)
    program.done("POST", "/carts/c/vouchers", {"code": "TEN"})
    said = program.done("POST", "/carts/c/order", {})

    def left_after(status: str) -> tuple:
        program.done("PUT", f"/orders/{said['reference']}/status", {"status": status})
        voucher.refresh_from_db()
        return voucher.quantity, OrderVoucher.objects.get().given_back

    assert left_after("Canceled") == (1, True)
    assert left_after("Refunded") == (1, True)
    assert left_after("Payment accepted") == (0, False)
    assert left_after("Payment error") == (1, True)
    program.fill("d", "CUP", customer_id=ada.pk)
    program.done("POST", "/carts/d/vouchers", {"code": "TEN"})
    assert program.done("POST", "/carts/d/order", {})["discount"] == "1.25"


def test_two_vouchers_of_one_order_are_each_used_once(program, product, customer):
    """They are held together, in one order for all who buy: one by one, two shoppers could wait for each other."""
    product("CUP", "100.00")
    for code in ("TEN", "FIVE"):
        Voucher.objects.create(code=code, name=code, amount=Decimal(5), quantity=3)
    program.fill("c", "CUP", customer_id=customer().pk)
    for code in ("FIVE", "TEN"):
        program.done("POST", "/carts/c/vouchers", {"code": code})
    assert program.done("POST", "/carts/c/order", {})["discount"] == "10.00"
    assert list(Voucher.objects.values_list("quantity", flat=True)) == [2, 2]
    assert OrderVoucher.objects.count() == 2


@pytest.mark.parametrize(("rate", "paid"), [("1", "99999999999.99"), ("0.000001", "9999999.99")])
def test_more_than_can_be_paid_is_told_at_its_field(client, bought, ada, rate, paid):
    """What is owed is kept in the shop's currency: PostgreSQL refused the sum, SQLite could not read it again."""
    order = bought(ada, total="1.00", currency="PLN" if rate != "1" else "EUR", rate=Decimal(rate))
    answer = posted(client, order, "Payment accepted", paid=paid)
    assert list(answer.context["form"].errors) == ["paid"]
    order.refresh_from_db()
    assert order.paid == Decimal("1.00")
