"""Two people on one order: status and amount paid are chosen one by one, as in every form (decision 41)."""

from decimal import Decimal

import pytest

from backoffice.records.actors import Actor
from carts.models import Order, OrderStatus
from carts.services.ordering import set_order_status
from tests.reading import Node, read


@pytest.fixture
def order(bought, customer) -> Order:
    """Nothing is paid of it when the page is opened."""
    return bought(
        customer(first_name="Ada", last_name="Byron"),
        total="59.00",
        paid="0.00",
        status="Awaiting cheque payment",
    )


def post(client, order: Order, status: str, **said):
    data = {"status": named(status).pk, "paid": "0.00", "reason": "", "version": order.version, **said}
    return client.post(f"/orders/{order.pk}/status/", data)


def named(status: str) -> OrderStatus:
    return OrderStatus.objects.get(name=status)


def meanwhile(order: Order, status: str, paid: str) -> None:
    set_order_status(order, named(status), paid=Decimal(paid), by=Actor.command())


def offered(page: Node) -> list[tuple[str, ...]]:
    """Each field to choose: its name with what is said of it, what is stored, what was typed, and what is ticked."""
    rows = page.one("table", "conflict").one("tbody").all("tr")
    ticked = [next((one["value"] for one in row.all("input") if one.has("checked")), "") for row in rows]
    return [
        (*(cell.text for cell in row.children if cell.tag in ("th", "td")), chosen)
        for row, chosen in zip(rows, ticked, strict=True)
    ]


def choose(client, order: Order, page: Node, **chosen: str):
    """The page of the conflict sent with these choices, all else as it stands there."""
    hidden = {one["name"]: one["value"] for one in page.one("main").all("input", type="hidden")}
    uses = {f"use_{name}": whose for name, whose in chosen.items()}
    return client.post(f"/orders/{order.pk}/status/", {**hidden, **uses})


def stored() -> tuple[str, Decimal, Decimal]:
    order = Order.objects.get()
    return order.status.name, order.paid, order.outstanding


def test_who_only_ships_an_order_keeps_the_payment_that_was_entered_meanwhile(client, order):
    """The field that nobody touched held 0.00, and saving again took the payment away."""
    meanwhile(order, "Payment accepted", "59.00")
    answer = post(client, order, "Shipped", reason="Parcel 7")
    assert answer.status_code == 409
    page = read(answer)
    assert offered(page) == [
        ("Status changed in both: choose", "Payment accepted", "Shipped", ""),
        ("Total paid saved meanwhile", "€59.00", "€0.00", "theirs"),
    ]
    assert stored() == ("Payment accepted", Decimal("59.00"), Decimal("0.00"))
    assert choose(client, order, page, status="yours", paid="theirs").status_code == 302
    assert stored() == ("Shipped", Decimal("59.00"), Decimal("0.00"))
    assert Order.objects.get().history.latest().history_change_reason == "Parcel 7"


def test_where_only_the_payment_was_entered_the_status_is_ones_own(client, order):
    """The sentence named the status that the order had all along."""
    meanwhile(order, "Awaiting cheque payment", "59.00")
    page = read(post(client, order, "Shipped"))
    assert offered(page) == [
        ("Status changed by you", "Awaiting cheque payment", "Shipped", "yours"),
        ("Total paid saved meanwhile", "€59.00", "€0.00", "theirs"),
    ]
    choose(client, order, page, status="theirs", paid="yours")
    assert stored() == ("Awaiting cheque payment", Decimal("0.00"), Decimal("59.00"))


def test_a_third_who_saves_is_not_overwritten_either(client, order):
    meanwhile(order, "Payment accepted", "59.00")
    page = read(post(client, order, "Shipped"))
    meanwhile(Order.objects.get(), "Refunded", "0.00")
    again = choose(client, order, page, status="yours", paid="theirs")
    assert again.status_code == 409
    assert [one[:3] for one in offered(read(again))] == [
        ("Status changed in both: choose", "Refunded", "Shipped")
    ]
    choose(client, order, read(again), status="yours")
    assert stored() == ("Shipped", Decimal("0.00"), Decimal("59.00"))


def test_a_choice_about_what_cannot_be_chosen_says_nothing(client, order):
    odd = {"use_reason": "theirs", "use_version": "theirs", "use_nothing": "theirs"}
    assert post(client, order, "Shipped", reason="Parcel 7", **odd).status_code == 302
    assert Order.objects.get().history.latest().history_change_reason == "Parcel 7"


def test_two_who_say_the_same_have_nothing_to_choose(client, order):
    meanwhile(order, "Payment accepted", "59.00")
    answer = post(client, order, "Payment accepted", paid="59.00")
    assert answer.status_code == 302
    assert stored() == ("Payment accepted", Decimal("59.00"), Decimal("0.00"))


def test_a_change_that_cannot_be_taken_back_any_more_asks_first(client, order):
    """Undo names the version it belongs to."""
    answer = client.post(
        f"/orders/{order.pk}/status/",
        {"status": named("Shipped").pk, "paid": "0.00", "version": order.version},
        follow=True,
    )
    undo = read(answer).one("div", "toast").one("form")["action"].replace("&amp;", "&")
    meanwhile(Order.objects.get(), "Shipped", "59.00")
    answer = client.post(undo)
    assert answer.status_code == 409
    assert [one[0] for one in offered(read(answer))] == [
        "Status changed by you",
        "Total paid saved meanwhile",
    ]
