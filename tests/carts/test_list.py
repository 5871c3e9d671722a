"""The carts list: what stands in it, by what it is found, and what it comes to (S0.85, S0.86, facts 8.1, 8.5)."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.records.actors import Actor
from backoffice.staff.models import StaffMember
from carts.services.cart_figures import refresh_cart_figures
from carts.services.order_figures import refresh_order_figures
from customers import services
from customers.models import Visit
from tests.reading import List, read
from tests.shop_api import GUEST, ORDERED


@pytest.fixture
def ids(client):
    """`ids("status=abandoned")` gives the numbers of the carts that the list then shows, in its order."""
    return lambda query="": List(client.get(f"/carts/?{query}")).ids


def test_only_carts_with_something_in_them_are_listed_the_newest_first(ids, cart, product):
    """S0.85."""
    product("CUP", "12.50")
    first, _empty, last = cart({"CUP": 1}), cart({}), cart({"CUP": 2})
    assert ids() == [last.pk, first.pk]


def test_exactly_a_day_is_not_abandoned_and_each_state_excludes_the_others(
    clock, ids, cart, ordered, product, customer
):
    """Decision 16: left alone for more than 24 hours; exactly 24 hours is not."""
    product("CUP", "12.50")
    day = dt.timedelta(hours=24)
    left = cart({"CUP": 1}, at=timezone.now() - day - dt.timedelta(seconds=1))
    exactly = cart({"CUP": 1}, at=timezone.now() - day)
    sold = ordered(cart({"CUP": 1}, customer=customer()))
    assert ids("status=abandoned") == [left.pk]
    assert ids("status=not_ordered") == [exactly.pk]
    assert ids("status=ordered") == [sold.pk]


def test_the_page_states_the_clock_of_abandoned_carts(client):
    """Issue 10, point 3."""
    said = read(client.get("/carts/")).one("p", "list-note").text
    assert said == "Abandoned: no order, and no change for more than 24 hours."


def test_a_row_shows_order_or_state_customer_total_carrier_and_who_is_online(
    client, cart, ordered, product, customer
):
    """Facts 8.1: the order's number where it became one, else what became of it; totals in the cart's currency."""
    product("CUP", "12.50")
    jane = customer(first_name="Jane", last_name="ROE")
    sold = ordered(cart({"CUP": 2}, customer=jane, shipping="Post"))
    cart({"CUP": 1}, visitor="browser-1")
    Visit.objects.create(visitor="browser-1")
    shown = List(client.get("/carts/"))
    assert shown.titles == ["ID", "Order", "Customer", "Total", "Carrier", "Date", "Online"]
    of_visitor, of_jane = shown.cells(0), shown.cells(1)
    assert of_visitor[1:4] == ["Not ordered", "Visitor", "€12.50"]
    assert of_visitor[-1] == "✓"
    assert of_jane[1:5] == [f"#{sold.order.pk:06d}", "Jane ROE", "€33.37", "Post"]
    assert of_jane[-1] == "✕"


def test_carts_are_found_by_number_order_customer_carrier_day_and_presence(
    ids, cart, ordered, product, customer, carrier
):
    """Interface.md: the filters of carts."""
    product("CUP", "12.50")
    jane = customer(first_name="Jane", last_name="ROE", email="jane@roe.example")
    sold = ordered(cart({"CUP": 1}, customer=jane, shipping="Post"))
    old = cart({"CUP": 1}, at=dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC))
    here = cart({"CUP": 1}, visitor="browser-1")
    Visit.objects.create(visitor="browser-1")
    gone = cart({"CUP": 1}, visitor="browser-2")
    seen = timezone.now() - dt.timedelta(minutes=31)
    Visit.objects.create(visitor="browser-2", started_at=seen, last_seen_at=seen)
    assert ids(f"id={old.pk}") == [old.pk]
    for order in (
        sold.order.pk,
        f"%23{sold.order.pk:06d}",
        f"{sold.order.pk:06d}",
        sold.order.reference.lower(),
    ):
        assert ids(f"order={order}") == [sold.pk], order
    assert ids(f"id=%23{old.pk:06d}") == [old.pk]
    assert ids("order=%23") == ids("order=NONESUCH") == []
    assert ids("customer=jane") == ids(f"customer={jane.pk}") == ids("customer_is=known") == [sold.pk]
    assert ids(f"carrier={sold.carrier_id}") == [sold.pk]
    assert ids("created_after=2026-03-10&created_before=2026-03-10") == [old.pk]
    assert ids("created_before=2026-03-09") == []
    assert ids("online=true") == [here.pk]
    assert gone.pk in ids("online=false")
    assert here.pk not in ids("online=false")


@pytest.mark.parametrize("is_known", [False, True])
def test_who_is_online_is_here_for_carts_as_for_connections(client, ids, cart, product, customer, is_known):
    """One rule (facts 1.12): whoever left, or whose browser has come again since, is on no visit that goes on."""
    product("CUP", "12.50")
    jane = customer(first_name="Jane", last_name="ROE") if is_known else None
    made = cart({"CUP": 1}, customer=jane, visitor="" if is_known else "browser-1")
    arrival = services.Arrival(visitor="browser-1", customer=jane)

    def told() -> tuple:
        shown = List(client.get("/carts/")).cells(0)[-1]
        here, away = ids("online=true"), ids("online=false")
        return shown, here == [made.pk], away == [made.pk], Visit.objects.online().count()

    services.begin_visit(arrival, by=Actor.command())
    assert told() == ("✓", True, False, 1)
    services.end_visit("browser-1", by=Actor.command())
    assert told() == ("✕", False, True, 0)
    services.begin_visit(arrival, by=Actor.command())
    assert told() == ("✓", True, False, 1)


def test_the_file_has_the_columns_of_the_list_and_keeps_its_filters(client, cart, product, customer):
    """Facts 8.5."""
    product("CUP", "12.50")
    jane = customer(first_name="Jane", last_name="ROE")
    mine = cart({"CUP": 2}, customer=jane, shipping="Post")
    cart({"CUP": 1})
    answer = client.get("/carts/export/?customer=jane")
    header, row, *rest = b"".join(answer.streaming_content).decode().splitlines()
    assert header.split(";")[:8] == [
        *("ID", "Order", "Customer", "Total", "Currency", "Carrier", "Date", "Online"),
    ]
    cells = [cell.strip('"') for cell in row.split(";")]
    assert cells[:6] == [str(mine.pk), "Not ordered", "Jane ROE", "33.37", "EUR", "Post"]
    assert cells[7] == "0"
    assert rest == []


def test_the_search_box_opens_a_cart_by_its_number(client, cart, product):
    """Facts 9.1."""
    product("CUP", "12.50")
    made = cart({"CUP": 1})
    answer = client.get(f"/search/?in=carts&q={made.pk}")
    assert (answer.status_code, answer.url) == (302, f"/carts/{made.pk}/")


def test_key_figures_are_of_the_last_thirty_days_and_lead_to_their_rows(
    client, cart, ordered, product, customer
):
    """Facts 8.1: conversion, abandoned carts, average order value without tax, and how the weeks went."""
    product("CUP", "12.00")
    yesterday = timezone.now() - dt.timedelta(days=2)
    sold = ordered(cart({"CUP": 1}, customer=customer()))
    type(sold).objects.filter(pk=sold.pk).update(created_at=yesterday)
    type(sold.order).objects.update(placed_at=yesterday)
    for _number in range(3):
        cart({"CUP": 1}, at=yesterday)
    cart({"CUP": 1}, at=timezone.now() - dt.timedelta(days=40))
    Visit.objects.bulk_create(
        Visit(visitor=f"b{n}", started_at=yesterday, last_seen_at=yesterday) for n in range(8)
    )
    refresh_cart_figures()
    page = read(client.get("/carts/"))
    told = {
        one.one("span", "figure-title").text: one.one("span", "figure-value").text
        for one in page.all("a", "figure")
    }
    assert told == {
        "Conversion rate": "12.5%",
        "Abandoned carts": "3",
        "Average order value": "€10.00",
        "Carts, 12 weeks": "5",
    }
    rows = {
        one.one("span", "figure-title").text: List(client.get(one["href"])).ids
        for one in page.all("a", "figure")
    }
    assert {title: len(ids) for title, ids in rows.items()} == {
        "Conversion rate": 1,
        "Abandoned carts": 3,
        "Average order value": 1,
        "Carts, 12 weeks": 5,
    }
    assert rows["Conversion rate"] == [sold.order.pk]
    assert page.one("section", "figures").one("summary").text == "The 30 days until yesterday"


@pytest.mark.parametrize("typed", ["#{id}", "{id}", "k-{id}", "byron", "Ada Byron", "ada@shop.example"])
def test_one_box_finds_a_cart_by_number_key_or_customer(client, program, product, customer, typed):
    """interface.md: `q` was read over, and every cart was listed."""
    product("CUP", "12.50")
    ada = customer(first_name="Ada", last_name="Byron", email="ada@shop.example")
    program.fill("other", "CUP", customer_id=customer(first_name="Bob").pk)
    program.fill("c", "CUP", customer_id=ada.pk)
    mine = ada.carts.get()
    type(mine).objects.filter(pk=mine.pk).update(key=f"k-{mine.pk}")
    assert List(client.get("/carts/", {"q": typed.format(id=mine.pk)})).ids == [mine.pk]
    assert List(client.get("/carts/", {"q": "nobody at all"})).ids == []


def test_a_total_is_asked_for_in_the_currency_of_each_cart(client, program, product):
    """“Total from €20,000.00” found a cart of ¥22,245."""
    product("CUP", "137.00")
    program.done("POST", "/carts", {"key": "j", "currency": "JPY", "rate": "162.37"})
    program.done("POST", "/carts/j/lines", {"product": "CUP"})
    page = List(client.get("/carts/", {"total_min": "20000"}))
    assert (page.cells(0)[3], page.chips) == ("¥22,245", {"Total from 20,000.00": "/carts/"})


def test_averages_are_rounded_half_up_like_all_money(client, program):
    """Orders of 0.01 and 0.04 came to 0.02 each: halves went to the even cent."""
    placed_at = (timezone.now() - dt.timedelta(days=2)).isoformat()
    for number, price in enumerate(("0.01", "0.04")):
        line = {"name": "Bead", "quantity": 1, "unit_price": price, "tax_rate": "0"}
        said = {
            **ORDERED,
            "placed_at": placed_at,
            "lines": [line],
            "guest": {**GUEST, "email": f"g{number}@a.example"},
        }
        program.done("PUT", f"/external-orders/{number}", said)
    refresh_cart_figures()
    refresh_order_figures()
    figures = {
        one.one("span", "figure-title").text: one.one("span", "figure-value").text
        for path in ("/carts/", "/orders/")
        for one in read(client.get(path)).all("a", "figure")
    }
    assert (figures["Average order value"], figures["Average"]) == ("€0.03", "€0.03")


def test_the_figures_of_weeks_lead_to_the_carts_of_those_weeks_alone(client, cart, product):
    """“Carts, 12 weeks” led to all carts."""
    product("CUP", "12.00")
    new = cart({"CUP": 1})
    cart({"CUP": 1}, at=timezone.now() - dt.timedelta(weeks=13))
    refresh_cart_figures()
    weeks = read(client.get("/carts/")).all("a", "figure")[-1]
    assert weeks.one("span", "figure-value").text == "1"
    assert List(client.get(weeks["href"])).ids == [new.pk]


def test_figures_of_orders_lead_there_only_who_may_see_orders(client, shop, monkeypatch):
    refresh_cart_figures()
    may = StaffMember.has_perm
    monkeypatch.setattr(
        StaffMember, "has_perm", lambda self, right: right != "carts.view_order" and may(self, right)
    )
    shown = [one.one("span", "figure-title").text for one in read(client.get("/carts/")).all("a", "figure")]
    assert shown == ["Abandoned carts", "Carts, 12 weeks"]


@pytest.mark.parametrize(
    ("role", "selects", "exports"),
    [
        ("owner", True, True),
        ("manager", True, True),
        ("support", False, False),
        ("marketing", False, True),
        ("viewer", False, False),
    ],
)
def test_each_role_has_the_list_of_carts_with_what_it_may_do(
    client_of, hire, cart, product, role, selects, exports
):
    """The table of rights: all see carts, owner and manager delete them, who exports is told there."""
    product("CUP", "12.50")
    made = cart({"CUP": 1})
    client = client_of(hire(role, email=f"{role}@carts.example"))
    answer = client.get("/carts/")
    assert List(answer).ids == [made.pk]
    assert (f'value="{made.pk}"' in answer.content.decode()) is selects
    assert client.get("/carts/export/").status_code == (200 if exports else 403)
    refused = client.post("/carts/actions/delete/", {"selected": [made.pk], "way": "delete", "sure": "1"})
    assert refused.status_code == (302 if selects else 403)
