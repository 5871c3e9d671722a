"""The page of a cart: what is in it, what it comes to, whose it is (S0.89, S1.98–S1.105, facts 8.3)."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.records.recounting import recount_all
from carts.models import Carrier, Cart, Product, Voucher
from carts.sections.cart_summary import summary
from carts.services.carts import Wanted, choose_carrier, set_line
from groups.models import Group
from tests.reading import List, read
from tests.shop_api import PROGRAM


def sums(answer) -> dict[str, str]:
    """The rows under the lines of the summary."""
    foot = read(answer).one("table", "cart-lines").one("tfoot")
    return {row.one("th").text: row.one("td").text for row in foot.all("tr")}


def lines(answer) -> list[list[str]]:
    """The cells of its lines, without the picture."""
    body = read(answer).one("table", "cart-lines").one("tbody")
    return [[cell.text for cell in row.children[1:]] for row in body.all("tr")]


def test_the_cart_of_the_document_comes_to_626_37(client, cart, product, carrier):
    """S1.98–S1.104: 618.00 of products and 8.37 of shipping."""
    product("TOUCH", "469.00", name="iPod touch", stock=70)
    product("SE210", "149.00", name="Shure SE210", stock=1)
    carrier("My carrier", "8.37")
    made = cart({"TOUCH": 1, "SE210": 1})
    choose_carrier(made.key, Carrier.objects.get(), by=PROGRAM)
    answer = client.get(f"/carts/{made.pk}/")
    page = read(answer)
    assert page.one("h1").text.startswith(f"Cart #{made.pk:06d}")
    assert "Cart Summary" in [one.text for one in page.all("h2")]
    assert lines(answer) == [
        ["iPod touch TOUCH", "€469.00", "1", "70", "€469.00"],
        ["Shure SE210 SE210", "€149.00", "1", "1", "€149.00"],
    ]
    assert sums(answer) == {
        "Total products": "€618.00",
        "Total shipping": "€8.37",
        "Total": "€626.37",
    }
    assert List(client.get("/carts/")).cells(0)[3] == "€626.37"


def test_an_emptied_cart_has_its_page_and_its_replay_while_the_list_leaves_it_out(client, cart, product):
    """S0.85; what was taken out last is the moment one wants to look at."""
    product("CUP", "12.50")
    made = cart({"CUP": 2})
    set_line(made.key, Wanted(Product.objects.get(), 0), by=PROGRAM)
    page = read(client.get(f"/carts/{made.pk}/"))
    assert "Empty" in page.one("div", "title-line").text
    assert "There is nothing in this cart at the moment." in page.one("div", id="cart-summary").text
    assert client.get(f"/carts/{made.pk}/replay/").status_code == 200
    assert client.get(f"/carts/{made.pk}/live/").status_code == 200
    assert List(client.get("/carts/")).ids == []


def test_an_emptied_cart_is_deleted_from_its_page_and_no_count_moves(client, cart, product, customer):
    product("CUP", "12.50")
    jane = customer()
    cart({"CUP": 1}, customer=jane)
    made = cart({"CUP": 2}, customer=jane)
    set_line(made.key, Wanted(Product.objects.get(), 0), by=PROGRAM)
    assert client.post(f"/carts/{made.pk}/delete/", {"way": "delete", "sure": "1"}).status_code == 302
    assert not Cart.objects.filter(pk=made.pk).exists()
    assert list(recount_all(mend=False)) == []


def test_whose_group_sees_prices_without_tax_has_every_figure_so_and_the_total_of_the_list_beside(
    client, cart, product, customer, group
):
    """Facts 8.3 and B2: the parts add up without tax, and the list's total stands on the page."""
    product("CUP", "12.50")
    Voucher.objects.create(code="TEN", name="Ten", percent=Decimal(10), per_customer=None)
    trade = group("Trade", discount="10.00", price_display="tax_excluded")
    made = cart({"CUP": 3}, customer=customer(default_group=trade), shipping="Post", vouchers=["TEN"])
    answer = client.get(f"/carts/{made.pk}/")
    assert lines(answer)[0][1:] == ["€9.37", "3", "70", "€28.12"]
    assert sums(answer) == {
        "Total products": "€28.12",
        "Total vouchers": "−€2.81",
        "Total shipping": "€6.97",
        "Total, tax excluded": "€32.28",
        "Tax": "€6.47",
        "Total, tax included": "€38.75",
    }
    assert List(client.get("/carts/")).cells(0)[3] == "€38.75"
    said = read(answer).one("p", "cart-notes").text
    assert said == (
        "Prices are tax excluded, as the group “Trade” sees them. The group has a discount of 10%."
    )
    assert "TEN Ten 10% −€3.37" in read(answer).one("ul", "cart-vouchers").text


def test_a_cart_in_whole_coins_has_them_without_tax_too(client, program, product, customer, group):
    """A cart of ¥1,000 without a voucher told of one of −¥0.33 off ¥833.33."""
    product("CUP", "10.00")
    ada = customer(default_group=group("Trade", price_display="tax_excluded"))
    program.done("POST", "/carts", {"key": "j", "currency": "JPY", "rate": "100", "customer_id": ada.pk})
    program.done("POST", "/carts/j/lines", {"product": "CUP"})
    assert sums(client.get(f"/carts/{ada.carts.get().pk}/")) == {
        "Total products": "¥833",
        "Total, tax excluded": "¥833",
        "Tax": "¥167",
        "Total, tax included": "¥1,000",
    }


def test_a_group_with_free_shipping_ships_for_nothing_and_the_page_says_so(
    client, cart, product, customer, group
):
    """S2.15."""
    product("CUP", "12.50")
    made = cart(
        {"CUP": 1}, customer=customer(default_group=group("VIP", free_shipping=True)), shipping="Post"
    )
    answer = client.get(f"/carts/{made.pk}/")
    assert sums(answer) == {"Total products": "€12.50", "Total": "€12.50"}
    assert "The group has free shipping." in read(answer).one("p", "cart-notes").text


@pytest.mark.parametrize(
    ("display", "afterwards", "sums_of_cart", "said"),
    [
        (
            "tax_excluded",
            "tax_included",
            {
                "Total products": "€20.83",
                "Total, tax excluded": "€20.83",
                "Tax": "€4.17",
                "Total, tax included": "€25.00",
            },
            "Prices are tax excluded, as in the order.",
        ),
        (
            "tax_included",
            "tax_excluded",
            {"Total products": "€25.00", "Total": "€25.00"},
            "Prices are tax included, as in the order.",
        ),
    ],
)
def test_a_cart_that_became_an_order_shows_its_money_as_its_buyer_saw_it(
    client, cart, ordered, product, customer, group, display, afterwards, sums_of_cart, said
):
    """Facts 8.3: an order's own way of stating money comes before the group's of today."""
    product("CUP", "12.50")
    trade = group("Trade", price_display=display)
    sold = ordered(cart({"CUP": 2}, customer=customer(default_group=trade)))
    Group.objects.filter(pk=trade.pk).update(price_display=afterwards)
    answer = client.get(f"/carts/{sold.pk}/")
    assert sums(answer) == sums_of_cart
    assert said in read(answer).one("p", "cart-notes").text
    assert f"Order #{sold.order.pk:06d}" in read(answer).one("section", id="order").text
    assert List(client.get("/carts/")).cells(0)[3] == "€25.00"


def test_whose_cart_it_is_leads_to_their_file(client, cart, product, customer):
    """S0.87, S1.99."""
    product("CUP", "12.50")
    jane = customer(first_name="Jane", last_name="ROE", email="jane@roe.example")
    made = cart({"CUP": 1}, customer=jane)
    block = read(client.get(f"/carts/{made.pk}/")).one("section", id="customer")
    assert block.one("a", "strong")["href"] == f"/customers/{jane.pk}/"
    assert f"Jane ROE (#{jane.pk:06d})" in block.text
    assert "jane@roe.example" in block.text


def test_the_cart_of_a_visitor_says_so(client, cart, product):
    product("CUP", "12.50")
    block = read(client.get(f"/carts/{cart({'CUP': 1}).pk}/")).one("section", id="customer")
    assert "a visitor who has not signed in" in block.text


def test_the_carts_on_a_customers_file_lead_to_their_pages(client, cart, product, customer):
    """S0.83, S0.88."""
    product("CUP", "12.50")
    jane = customer()
    made = cart({"CUP": 1}, customer=jane)
    block = read(client.get(f"/customers/{jane.pk}/")).one("section", id="carts")
    assert [one["href"] for one in block.all("a") if one.text == f"{made.pk:06d}"] == [f"/carts/{made.pk}/"]


def test_a_thousand_lines_cost_as_many_queries_as_one(owner, cart, product, customer):
    """Issue 10, speed: nothing is asked a line."""
    jane, costs = customer(), []
    assert owner.has_perm("carts.view_product")  # remembered from here on
    for number in (1, 30):
        for place in range(number):
            product(f"W{number}-{place}", "1.00")
        made = cart({f"W{number}-{place}": 1 for place in range(number)}, customer=jane)
        with CaptureQueriesContext(connection) as queries:
            summary(Cart.objects.get(pk=made.pk), owner)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_cart_is_found_by_the_key_that_the_shops_pages_call_it_by(client, program, product):
    """Who writes a module knows no other name of it: the page says it, the list is filtered by it, to the letter."""
    product("CUP", "12.50")
    for key in ("basket-1", "basket-12"):
        program.fill(key, "CUP")
    made = Cart.objects.get(key="basket-1")
    assert List(client.get("/carts/", {"key": " basket-1 "})).ids == [made.pk]
    assert List(client.get("/carts/", {"key": "Basket-1"})).ids == []
    assert "Key: basket-1" in read(client.get(f"/carts/{made.pk}/")).one("p", "cart-changed").text
