"""No page is wider than its window, whatever people and products are called (U25)."""

import pytest

from carts.models import Cart, Order, Product

WORD = "W" * 120


@pytest.mark.parametrize("width", [375, 1280])
def test_names_without_a_blank_widen_no_page(opened, program, product, customer, transactional_db, width):
    """One long name made the home page 3,125 px wide."""
    product("R" * 64, "12.50", name=WORD)
    ada = customer(first_name=WORD, last_name=WORD)
    for key in ("c", "d"):
        program.fill(key, "R" * 64, customer_id=ada.pk, visitor="v")
    program.done("POST", "/carts/d/order", {"payment": WORD, "billing_address": WORD})
    seen = {"visitor": "v", "page": f"/{WORD}", "customer_id": ada.pk, "product": "R" * 64}
    program.done("POST", "/visits/pages", seen)
    pages = [
        *("/", "/carts/", "/orders/", "/products/", "/visits/", "/activity/"),
        f"/customers/{ada.pk}/",
        f"/carts/{Cart.objects.get(key='c').pk}/",
        f"/orders/{Order.objects.get().pk}/",
        f"/products/{Product.objects.get().pk}/",
    ]
    page = opened("/")
    page.set_viewport_size({"width": width, "height": 900})
    wide = {}
    for path in pages:
        page.goto(path)
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[path] = found
    assert wide == {}
