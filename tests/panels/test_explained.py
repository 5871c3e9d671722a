"""All figures of a customer's file explain themselves on click: what is added up, and the rows behind it (point 4)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from carts.models import OrderLine
from customers.models import Customer, CustomerFigures
from customers.services.figures import open_figures
from tests.reading import read

DAY = dt.datetime(2030, 3, 11, 8, 5, 7, tzinfo=dt.UTC)
# Whose sign-in, session and rights are read with every page.
MOST = 14


@pytest.fixture
def explained(client_of, owner):
    """`explained(ada, "spent")` is the page of that figure: its reckoning, a sentence and the rows behind it."""

    def explained(customer, name: str, *, staff=owner, part=False):
        more = {"HTTP_HX_REQUEST": "true"} if part else {}
        answer = client_of(staff).get(f"/customers/{customer.pk}/explained/{name}/", **more)
        assert answer.status_code == 200
        return Explained(read(answer))

    return explained


class Explained:
    def __init__(self, page):
        self.page = page
        self.sums = [
            (line.one("th").text, line.one("td").text)
            for table in page.all("table", "reckoning")
            for line in table.all("tr")
        ]
        tables = page.all("table", "table")
        self.rows = (
            [
                [cell.text for cell in line.children if cell.tag in ("th", "td")]
                for line in tables[0].one("tbody").all("tr")
            ]
            if tables
            else []
        )
        self.warning = " ".join(one.text for one in page.all("div", "notice"))


@pytest.fixture
def ada(seeded, customer):
    return customer(first_name="Ada", last_name="Byron", birthday=dt.date(1990, 5, 9))


def test_sales_are_the_imported_ones_and_the_valid_orders_by_currency_and_rate(
    explained, ada, order, product
):
    """Decision 17: stored = opening + sum, each order by the rate that it keeps."""
    open_figures(ada.pk, orders=40, spent=Decimal("900.00"))
    cable = product("Cable")
    order(ada, DAY, cable, total="10.00")
    order(ada, DAY, cable, total="20.00")
    order(ada, DAY, cable, total="99.00", valid=False)
    foreign = {"currency": "PLN", "total": "42.80"}
    made = order(ada, DAY + dt.timedelta(days=1), cable, **foreign, rate=Decimal("4.28"))
    type(made).objects.filter(pk=made.pk).update(value=Decimal("10.00"))
    CustomerFigures.objects.filter(pk=ada.pk).update(total_spent=Decimal("940.00"))
    told = explained(ada, "spent")
    assert told.sums == [
        ("Imported 40 orders", "€900.00"),
        ("EUR 2 orders", "€30.00"),
        ("PLN 1 order · PLN42.80 · rate 4.2800", "€10.00"),
        ("Sales", "€940.00"),
    ]
    assert told.rows[0][1:] == ["12 Mar 2030 09:05", "PLN42.80", "€10.00", "Payment accepted"]
    assert (len(told.rows), told.warning) == (3, "")


def test_a_stored_figure_that_adding_up_does_not_give_says_so(explained, ada, order, product):
    order(ada, DAY, product("Cable"), total="10.00")
    CustomerFigures.objects.filter(pk=ada.pk).update(total_spent=Decimal("12.00"))
    told = explained(ada, "spent")
    assert told.sums[-1] == ("Sales", "€12.00")
    assert told.warning == "Adding up gives €10.00: the stored figures have to be counted again."


def test_orders_are_valid_and_invalid_ones_and_the_imported(explained, ada, order, product):
    open_figures(ada.pk, orders=3)
    for place, valid in enumerate((True, True, False)):
        order(ada, DAY + dt.timedelta(days=place), product("Cable"), valid=valid, total="10.00")
    told = explained(ada, "orders")
    assert told.sums == [("Imported", "3"), ("Valid orders", "2"), ("Invalid orders", "1"), ("Orders", "6")]
    assert [row[3:] for row in told.rows] == [
        ["–", "Awaiting cheque payment"],
        ["€10.00", "Payment accepted"],
        ["€10.00", "Payment accepted"],
    ]
    assert len(explained(ada, "invalid").rows) == 1


@pytest.mark.parametrize(
    ("owed", "allowed", "beside"),
    [("80.00", "100.00", ("Left", "€20.00")), ("80.00", "50.00", ("Over it by", "€30.00"))],
)
def test_what_is_outstanding_is_what_is_not_paid_of_open_orders(
    explained, ada, order, product, owed, allowed, beside
):
    """S4.58, decision 17: the sum of (total − paid)."""
    Customer.objects.filter(pk=ada.pk).update(outstanding_allowance=Decimal(allowed))
    order(ada, DAY, product("Lamp"), total="200.00", owed=owed)
    order(ada, DAY, product("Lamp"), total="30.00")
    told = explained(ada, "outstanding")
    assert told.sums == [
        ("Not paid of open orders 1 order", f"€{owed}"),
        ("Outstanding", f"€{owed}"),
        ("Allowed outstanding amount", f"€{allowed}"),
        beside,
    ]
    assert [row[2:] for row in told.rows] == [["€200.00", "€120.00", "€80.00"]]


def test_the_first_and_the_last_order_are_told_by_their_products(explained, ada, order, product):
    order(ada, DAY, product("Lamp"), total="7.00")
    last = order(ada, DAY + dt.timedelta(days=1), product("Cable"), total="12.50", owed="2.50")
    OrderLine.objects.filter(order=last).update(unit_price=Decimal("6.25"), quantity=2)
    told = explained(ada, "last_order")
    assert told.rows == [["Cable", "2", "€6.25", "€12.50"]]
    assert told.sums == [("Total products", "€12.50"), ("Total", "€12.50"), ("Total paid", "€10.00")]
    assert f"ID: {last.pk} · 12 Mar 2030 09:05:07 · Payment accepted" in told.page.text
    assert explained(ada, "first_order").rows[0][0] == "Lamp"


def test_carts_are_counted_by_what_became_of_them(explained, ada, cart, product):
    """Decision 16."""
    now, old = timezone.now(), timezone.now() - dt.timedelta(days=3)
    for at, ordered in ((now, False), (old, False), (old, True), (old, True)):
        cart(ada, at, product("Cable"), ordered=ordered)
    told = explained(ada, "carts")
    assert told.sums == [("Ordered", "2"), ("Not ordered", "1"), ("Abandoned", "1"), ("Carts", "4")]
    assert len(told.rows) == 4
    assert told.page.one("caption").text == "The latest carts"


def test_an_age_runs_from_the_birthday_to_today(explained, ada, time_at):
    time_at(dt.datetime(2030, 5, 8, 12, tzinfo=dt.UTC))
    assert explained(ada, "age").sums == [
        ("Birthday", "9 May 1990"),
        ("Today", "8 May 2030"),
        ("Age", "39"),
    ]


def test_the_last_visit_is_the_later_of_the_imported_one_and_the_latest_here(explained, ada, visit):
    open_figures(ada.pk, last_visit_at=DAY - dt.timedelta(days=9))
    visit(ada, DAY, pages_count=7)
    CustomerFigures.objects.filter(pk=ada.pk).update(last_visit_at=DAY)
    told = explained(ada, "last_visit")
    assert told.sums == [
        ("Imported", "2 Mar 2030 09:05:07"),
        ("Latest visit here", "11 Mar 2030 09:05:07"),
        ("Last visit", "11 Mar 2030 09:05:07"),
    ]
    assert told.rows[0][:2] == ["11 Mar 2030 09:05", "7"]


def test_what_is_not_known_has_nothing_to_explain(client_of, owner, customer, seeded):
    page = read(client_of(owner).get(f"/customers/{customer().pk}/"))
    facts = {title.text: value for title, value in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert (facts["Age"].all("details"), facts["Last visit"].all("details")) == ([], [])


def test_opened_on_the_file_it_is_a_part_and_without_scripts_a_page(explained, ada):
    """Point 4: it works without scripts."""
    part, page = explained(ada, "orders", part=True), explained(ada, "orders")
    assert (part.sums, part.page.all("h1")) == (page.sums, [])
    assert page.page.one("h1").text == "Orders"
    assert page.page.one("nav", "crumbs").all("a")[-1]["href"] == f"/customers/{ada.pk}/"


def test_who_may_not_see_the_rows_gets_no_explanation_of_them(client_of, hire, ada, order, product):
    """G20: neither the way there nor the page."""
    order(ada, DAY, product("Cable"))
    viewers = Group.objects.get(name="viewer")
    viewers.permissions.set(viewers.permissions.filter(codename="view_customer"))
    client = client_of(hire("viewer"))
    page = read(client.get(f"/customers/{ada.pk}/"))
    assert [one["href"].split("/")[-2] for one in page.all("a") if "/explained/" in one["href"]] == [
        *("age", "timeline", "age"),
    ]
    for name in ("spent", "orders", "outstanding", "carts", "last_visit"):
        assert client.get(f"/customers/{ada.pk}/explained/{name}/").status_code == 403
    assert client.get(f"/customers/{ada.pk}/explained/nothing/").status_code == 404


FIGURES = ("orders", "spent", "outstanding", "carts", "last_order", "last_visit", "timeline")


def test_each_asks_as_often_for_much_as_for_little_and_shows_ten(
    client_of, owner, customer, seeded, order, cart, visit, product
):
    """Speed: a fixed number of queries, whoever it is."""
    client, cable, counts = client_of(owner), product("Cable"), []
    for number in (1, 12):
        made = customer()
        for place in range(number):
            at = timezone.now() - dt.timedelta(days=place, minutes=1)
            order(made, at, cable, owed="1.00")
            cart(made, at, cable)
            visit(made, at)
        asked_for = {}
        for name in FIGURES:
            address = f"/customers/{made.pk}/explained/{name}/"
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                page = Explained(read(client.get(address, HTTP_HX_REQUEST="true")))
            asked_for[name] = len(asked)
            assert name == "timeline" or len(page.rows) <= 10
        counts.append(asked_for)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= MOST
