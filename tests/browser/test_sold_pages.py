"""The pages of orders, vouchers and products in a real browser: what a phone shows of them (issue 10, point 13)."""

from decimal import Decimal

import pytest

from carts.models import Order, OrderVoucher, Product
from carts.services.ordering import Line

LONG = "Wolfeschlegelsteinhausenbergerdorff " * 3
LONG_STATUS = "Awaiting cheque payment"
CUT = "boxes => boxes.map(box => box.scrollWidth - box.clientWidth).filter(over => over > 0)"


@pytest.fixture
def sold(small_shop, bought, voucher) -> Order:
    """An order of two things, one with a very long name, in another currency, less a voucher."""
    cup = Product.objects.create(name="Cup", reference="REFERENCES-" * 2 + "R" * 42, price=12)
    price, rate = Decimal("1299.00"), Decimal(20)
    lines = [
        Line(name=name, reference=cup.reference, product=cup, quantity=1000, unit_price=price, tax_rate=rate)
        for name in ("Cup", LONG)
    ]
    order = bought(
        small_shop.ada, lines=lines, currency="PLN", carrier_name=LONG[:60], paid="10.00", status=LONG_STATUS
    )
    OrderVoucher.objects.create(order=order, voucher=voucher(), code="TEN", amount=5)
    return order


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
def test_on_a_phone_nothing_of_an_order_a_voucher_or_a_product_scrolls_sideways(
    opened, sold, owner, language
):
    """The lines were cut at their price, and the uses of a voucher at their amount."""
    owner.language = language
    owner.save()
    page = opened("/", width=375)
    cup, ten = Product.objects.get().pk, sold.vouchers.get().voucher_id
    for address in (f"/orders/{sold.pk}/", f"/vouchers/{ten}/", f"/products/{cup}/"):
        page.goto(address)
        assert page.locator(".panel-body, .table-scroll").evaluate_all(CUT) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_on_a_phone_a_line_is_a_card_that_names_its_figures(opened, sold):
    page = opened(f"/orders/{sold.pk}/", width=375)
    card = page.locator("#lines tbody tr").first
    assert card.locator("th").inner_text().endswith("Cup")
    assert card.locator("td").last.get_attribute("data-title") == "Total"
    assert page.locator("#lines thead").bounding_box()["width"] <= 1
