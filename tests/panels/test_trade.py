"""Orders, carts, products and vouchers on the page of a customer (issue 8, points 4 and 11)."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from backoffice.records.actors import Actor
from backoffice.records.options import store
from carts.models import Carrier, CartLine, OrderLine, Voucher
from customers.models import Customer, CustomerFigures
from customers.options import SECTION, CustomerOptions
from customers.services.figures import open_figures
from tests.reading import explained, figures

PARIS = ZoneInfo("Europe/Paris")
DAY = dt.datetime(2030, 3, 11, 9, 5, 7, tzinfo=PARIS)


def days_later(days: float) -> dt.datetime:
    return DAY + dt.timedelta(days=days)


@pytest.fixture
def john(seeded, customer):
    return customer(first_name="John", last_name="DOE")


def test_orders_are_listed_latest_first_with_what_the_documents_print(block, john, order, product):
    """S0.48, S1.53, S1.57, S1.58, S4.67: number, date, products, total paid, payment, status."""
    first = order(john, DAY, product("iPod touch"), product("Shure SE210"), valid=False)
    second = order(john, days_later(1), product("Cable"), total="9.90")
    told = block(john, "orders")
    assert told.heading == "Orders (2)"
    assert told.titles == ["ID", "Date", "Products", "Total paid", "Payment", "Status"]
    assert told.rows == [
        [str(second.pk), "12 Mar 2030 09:05", "1", "€9.90", "Cheque", "Payment accepted"],
        [str(first.pk), "11 Mar 2030 09:05", "2", "€622.99", "Cheque", "Awaiting cheque payment"],
    ]


def test_what_an_order_comes_to_is_told_where_it_is_not_paid_in_full(block, john, order, product):
    """S4.67: "Total paid €0.00" said nothing of the amount; in the currency of the order."""
    order(john, DAY, product("Lamp"), total="59.00", owed="59.00", currency="PLN")
    assert block(john, "orders").rows[0][3] == "PLN0.00 of PLN59.00"


def test_products_on_the_file_lead_to_their_pages(block, john, order, cart, visit, product):
    """Facts 4.5."""
    bought, wanted = product("Cable"), product("Lamp")
    order(john, DAY, bought)
    cart(john, DAY, wanted)
    visit(john, DAY, wanted)
    for name, ware in (("purchases", bought), ("interests", wanted), ("views", wanted)):
        link = block(john, name).node.one("tbody").one("a")
        assert (link["href"], link.text) == (f"/products/{ware.pk}/", ware.name)


def test_valid_and_invalid_orders_are_counted_apart_with_the_amount(block, john, order, product):
    """S1.56 ("Commandes valides : n pour <amount>"), S4.66, S3.18, S3.19: and since when somebody has been buying."""
    order(john, DAY, product("iPod touch"), valid=False)
    order(john, days_later(1), product("Cable"), total="9.90")
    order(john, days_later(2), product("Lamp"), total="20.10")
    assert block(john, "orders").glance == {
        "Valid orders": "2 for €30.00",
        "Invalid orders": "1",
        "First order": "11 Mar 2030 09:05",
    }


def test_what_an_import_stated_is_told_apart_from_the_orders_that_are_here(block, john, order, product):
    """Decisions 17, 23: the heading counts the rows below it."""
    order(john, DAY, product("Cable"), total="10.00")
    open_figures(john.pk, orders=40, spent=Decimal("900.00"))
    told = block(john, "orders")
    assert told.heading == "Orders (1)"
    assert (told.glance["Valid orders"], told.glance["Imported figures"]) == (
        "1 for €10.00",
        "40 for €900.00",
    )


def test_dates_are_told_to_the_minute_and_the_tip_has_the_seconds(block, john, order, product):
    """Point 11."""
    order(john, DAY, product("Cable"))
    moment = block(john, "orders").node.one("tbody").one("time")
    assert (moment.text, moment["title"]) == ("11 Mar 2030 09:05", "11 Mar 2030 09:05:07")


@pytest.mark.parametrize(("language", "words"), [("fr", "622,99 €"), ("pl", "622,99 zł")])
def test_amounts_are_written_as_the_reader_writes_them_in_the_currency_of_the_order(
    block, john, order, product, owner, language, words
):
    """S1.59; an order keeps its currency."""
    owner.language = language
    owner.save()
    order(john, DAY, product("Cable"), currency="PLN" if language == "pl" else "EUR")
    assert block(john, "orders").rows[0][3] == words.replace(" ", " ")


def test_what_was_bought_last_stands_in_the_head(file, john, order, product):
    """Point 11: the first question is answered before one scrolls."""
    order(john, DAY, product("Lamp"))
    last = order(john, days_later(1), *map(product, ("Cable", "Bag", "Case", "Cup")), valid=False)
    OrderLine.objects.filter(order=last, product_name="Bag").update(quantity=3)
    glance = file(john).one("div", "file-head").all("dl", "glance")[-1]
    assert figures(glance) == {
        "Last order": "12 Mar 2030 09:05 · €622.99 · Awaiting cheque payment"
        " · 1 × Cable, 3 × Bag, 1 × Case, …"
    }


def test_figures_of_the_head_lead_to_the_rows_that_make_them(file, john, order, product):
    """Point 4: all figures explain themselves on click."""
    order(john, DAY, product("Lamp"))
    page = file(john)
    links = explained(page.one("div", "file-head").one("dl", "glance"))
    here = f"/customers/{john.pk}/explained"
    assert (links["Orders"], links["Sales"]) == (f"{here}/orders/", f"{here}/spent/")
    assert page.one("section", id="orders").one("h2").text == "Orders (1)"


@pytest.mark.parametrize(
    ("b2b", "owed", "allowed", "said", "badges"),
    [
        (
            True,
            "1200.00",
            "1000.00",
            "€1,200.00 of €1,000.00 allowed",
            ["Over the allowed outstanding amount"],
        ),
        (True, "1000.00", "1000.00", "€1,000.00 of €1,000.00 allowed", []),
        (True, "0.00", "0.00", "€0.00 of €0.00 allowed", []),
        (False, "1200.00", "1000.00", None, []),
    ],
)
def test_what_a_company_owes_is_told_against_what_it_may(
    file, block, john, order, product, b2b, owed, allowed, said, badges
):
    """S4.58 (exceeded → shown), S4.59, decision 17; all of B2B is hidden when that is off (S4.53)."""
    store(CustomerOptions(b2b=b2b), SECTION, by=Actor.command())
    Customer.objects.filter(pk=john.pk).update(outstanding_allowance=Decimal(allowed), max_payment_days=30)
    order(john, DAY, product("Lamp"), total="2000.00", owed=owed)
    assert block(john, "orders").glance.get("Outstanding") == said
    assert [one.text for one in file(john).one("div", "title-line").all("span", "badge")] == badges


def test_carts_are_listed_with_their_status(block, john, cart, product, row, time_at):
    """S1.63 (the number padded, the carrier), decisions 15 and 16: exactly 24 hours is not abandoned yet."""
    time_at(days_later(3))
    cable = product("Cable")
    ordered = cart(john, DAY, cable, ordered=True, carrier=row(Carrier, name="My carrier"))
    cart(john, days_later(1), cable, changed_at=days_later(2) - dt.timedelta(seconds=1))
    cart(john, days_later(1.5), cable, changed_at=days_later(2))
    cart(john, days_later(2))  # Empty: no cart to anybody (S0.85).
    told = block(john, "carts")
    assert told.heading == "Carts (3)"
    assert told.titles == ["ID", "Date", "Total", "Carrier", "Status"]
    assert told.rows[2] == [f"{ordered.pk:06d}", "11 Mar 2030 09:05", "€469.00", "My carrier", "Ordered"]
    assert [cells[4] for cells in told.rows] == ["Not ordered", "Abandoned", "Ordered"]


def test_the_shop_chooses_after_how_many_hours_a_cart_is_abandoned(block, john, cart, product, time_at):
    """Decision 16: the clock is an option of the shop."""
    time_at(days_later(3))
    cart(john, DAY, product("Cable"), changed_at=days_later(1))
    for hours, said in ((24, "Abandoned"), (48, "Not ordered"), (47, "Abandoned")):
        store(CustomerOptions(cart_abandoned_hours=hours), SECTION, by=Actor.command())
        assert block(john, "carts").rows[0][4] == said


def test_a_switch_shows_the_unfinished_carts_only(block, john, cart, product):
    """S4.68, B16, decision 15; without scripts, and the way back to the list is kept."""
    cable = product("Cable")
    cart(john, DAY, cable, ordered=True)
    left = cart(john, days_later(1), cable)
    told = block(john, "carts", "?back=%2Fcustomers%2F%3Fsort%3Dage")
    chosen = [
        (one.text, one.has("aria-current"), one["href"])
        for one in told.node.one("p", "panel-choices").all("a")
    ]
    assert chosen == [
        ("All", True, "?back=%2Fcustomers%2F%3Fsort%3Dage&carts=all#carts"),
        ("Unfinished only", False, "?back=%2Fcustomers%2F%3Fsort%3Dage&carts=unfinished#carts"),
    ]
    told = block(john, "carts", "?carts=unfinished")
    assert ([cells[0] for cells in told.rows], told.heading) == ([f"{left.pk:06d}"], "Carts (2)")
    assert len(block(john, "carts", "?carts=nonsense").rows) == 2


def test_who_finished_all_carts_is_said_to_have_no_unfinished_ones(block, john, cart, product):
    cart(john, DAY, product("Cable"), ordered=True)
    assert block(john, "carts", "?carts=unfinished").empty == "John DOE has no unfinished carts."


def test_purchased_products_are_those_of_valid_orders(block, john, order, product):
    """S4.69: date of purchase, quantity, name – as it was called then."""
    cable, lamp = product("Cable"), product("Lamp")
    order(john, DAY, cable, lamp)
    order(john, days_later(1), product("Bag"), valid=False)
    cable.name = "Wire"
    cable.save()
    told = block(john, "purchases")
    assert (told.heading, told.titles) == ("Purchased products (2)", ["Date", "Quantity", "Name"])
    assert told.rows == [["11 Mar 2030 09:05", "1", "Cable"], ["11 Mar 2030 09:05", "1", "Lamp"]]


def test_products_of_interest_lay_in_carts_and_were_never_bought(block, john, order, cart, product, owner):
    """S1.64, decision 18: an order that is not valid is no purchase; named in the reader's language."""
    owner.language = "fr"
    owner.save()
    ipod = product("iPod touch")
    shure = product("Shure SE210", name_fr="Écouteurs à isolation sonore Shure SE210")
    cable = product("Cable")
    cart(john, DAY, ipod, ordered=True)
    order(john, DAY, ipod, valid=False)
    cart(john, days_later(1), shure, cable)
    order(john, days_later(2), cable)
    told = block(john, "interests")
    assert told.rows == [
        [str(shure.pk), "Écouteurs à isolation sonore Shure SE210"],
        [str(ipod.pk), "iPod touch"],
    ]
    assert told.heading.endswith("(2)")


def test_recently_viewed_are_the_products_whose_pages_were_seen_each_once(block, john, visit, product):
    """S4.70, decision 18: real page views, the latest first."""
    cable, lamp = product("Cable"), product("Lamp")
    visit(john, DAY, cable, lamp)
    visit(john, days_later(1), cable)
    told = block(john, "views")
    assert (told.heading, told.titles) == ("Recently viewed products (2)", ["Date", "ID", "Name"])
    assert told.rows == [
        ["12 Mar 2030 09:05", str(cable.pk), "Cable"],
        ["11 Mar 2030 09:05", str(lamp.pk), "Lamp"],
    ]


def test_views_count_when_signed_in_or_from_the_same_ip_address(block, john, customer, visit, product):
    """S4.71: the address of their latest visit, as long as nobody was signed in there; and no other address."""
    seen = [
        product(name) for name in ("Own", "Same address", "Other address", "Somebody else's", "Old address")
    ]
    visit(john, DAY, ip="10.0.0.9")
    visit(john, days_later(1), seen[0], ip="10.0.0.1")
    visit(None, days_later(2), seen[1], ip="10.0.0.1", visitor="a" * 32)
    visit(None, days_later(2), seen[2], ip="10.0.0.2", visitor="b" * 32)
    visit(customer(), days_later(2), seen[3], ip="10.0.0.1")
    visit(None, days_later(2), seen[4], ip="10.0.0.9", visitor="c" * 32)
    assert [cells[2] for cells in block(john, "views").rows] == ["Same address Same IP address", "Own"]


def test_vouchers_that_are_theirs_alone_are_told_with_what_they_take_off(block, john, customer, row):
    """S0.51, S4.74: each code assigned to the customer."""
    row(
        Voucher,
        customer=john,
        code="FIVE",
        name="A present",
        amount=Decimal(5),
        free_shipping=True,
        starts_at=DAY,
    )
    row(
        Voucher,
        customer=john,
        code="TEN",
        name="Spring",
        percent=Decimal(10),
        starts_at=days_later(1),
        ends_at=days_later(9),
        active=False,
    )
    row(Voucher, code="ALL")
    row(Voucher, customer=customer(), code="HERS")
    told = block(john, "vouchers")
    assert (told.heading, told.titles) == (
        "Vouchers (2)",
        ["Code", "Discount", "Uses left", "Status"],
    )
    assert told.rows == [
        ["TEN Personal Spring", "10%", "1", "Disabled until 20 Mar 2030"],
        ["FIVE Personal A present", "€5.00, Free shipping", "1", "Not valid yet"],
    ]


def test_a_cart_without_a_known_product_is_no_interest(block, john, cart, product):
    """A line outlives nothing here, but a page must."""
    cart(john, DAY, product("Cable"))
    CartLine.objects.all().delete()
    assert block(john, "interests").rows == []


@pytest.mark.parametrize(
    ("name", "heading", "sentence"),
    [
        ("orders", "Orders (0)", "John DOE has not ordered anything yet."),
        ("carts", "Carts (0)", "John DOE has no carts."),
        ("purchases", "Purchased products (0)", "John DOE has not bought anything yet."),
        ("interests", "Products of interest (0)", "No products were left in carts."),
        ("views", "Recently viewed products (0)", "John DOE has not viewed any products lately."),
        ("vouchers", "Vouchers (0)", "John DOE has no discount vouchers."),
        ("visits", "Last connections (0)", "John DOE has not visited the shop yet."),
        ("addresses", "Addresses (0)", "John DOE has no addresses."),
    ],
)
def test_an_empty_block_has_its_count_and_its_sentence(block, john, name, heading, sentence):
    """S1.53, S1.54, S1.62, facts 4.2."""
    told = block(john, name)
    assert (told.heading, told.empty, told.rows) == (heading, sentence, [])


def test_who_came_so_long_ago_that_nothing_is_kept_of_it_came_all_the_same(block, john):
    """“Has not visited the shop yet” stood beside the day of the last visit."""
    CustomerFigures.objects.filter(pk=john.pk).update(
        last_visit_at=dt.datetime(2011, 8, 9, 10, tzinfo=dt.UTC)
    )
    said = "The last visit of John DOE was on 9 Aug 2011; connections of that time are not kept."
    assert block(john, "visits").empty == said


def test_at_most_ten_rows_stand_in_a_block(block, john, order, cart, visit, product):
    """Point 4; the heading counts them all."""
    cable = product("Cable")
    for day in range(12):
        order(john, days_later(day), cable)
        cart(john, days_later(day), product(f"Lamp {day}"))
        visit(john, days_later(day), product(f"Bag {day}"))
    for name in ("orders", "carts", "purchases", "interests", "views", "visits"):
        told = block(john, name)
        assert (len(told.rows), told.heading.rpartition(" ")[2]) == (10, "(12)"), name


def test_what_somebody_may_not_see_has_no_block(file, john, order, product, hire):
    """Point 11: a panel that nobody may see is not there – nor the line of the head."""
    order(john, DAY, product("Cable"))
    viewers = Group.objects.get(name="viewer")
    viewers.permissions.set(viewers.permissions.filter(codename="view_customer"))
    nobody = hire("viewer")
    page = file(john, staff=nobody)
    shown = [one["id"] for one in page.all("section", "panel")]
    assert shown == ["identity", "history", "note", "consents", "groups"]
    assert "Last order" not in page.one("div", "file-head").text


def test_somebody_elses_are_never_among_them(block, john, customer, order, cart, visit, product):
    other, cable = customer(), product("Cable")
    order(other, DAY, cable)
    cart(other, DAY, cable)
    visit(other, timezone.now(), cable)
    for name in ("orders", "carts", "purchases", "interests", "views", "visits"):
        assert block(john, name).rows == [], name
