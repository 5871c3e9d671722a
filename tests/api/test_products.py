"""Products and carriers over the API (issue 10, point 1)."""

from decimal import Decimal

from carts.models import Carrier, Product
from tests.shop_api import reasons

CUP = {"name": "Coffee cup", "price": "12.50", "currency": "EUR"}


def test_a_product_is_found_again_by_its_reference(program):
    first = program.done(
        "PUT", "/products/CUP-1", {**CUP, "name_pl": "Filiżanka", "stock": 5, "category": "Home"}
    )
    assert program.done("PUT", "/products/CUP-1", {"price": "13.00", "currency": "EUR"})["id"] == first["id"]
    cup = Product.objects.get()
    assert (cup.name, cup.name_pl, cup.price, cup.stock, cup.category.name) == (
        "Coffee cup",
        "Filiżanka",
        Decimal("13.00"),
        5,
        "Home",
    )


def test_a_reference_may_have_strokes_and_blanks(program):
    program.done("PUT", "/products/AB%2F12%20X", CUP)
    assert Product.objects.get().reference == "AB/12 X"


def test_stated_again_as_it_is_nothing_happens_and_stock_alone_is_no_history(program):
    program.done("PUT", "/products/CUP", CUP)
    program.done("PUT", "/products/CUP", CUP)
    assert program.done("PUT", "/products/CUP", {"stock": 9})["version"] == 1
    assert (Product.objects.get().stock, Product.history.count()) == (9, 1)


def test_a_variant_has_a_parent_and_its_choices(program):
    """A variant of a variant is refused."""
    program.done("PUT", "/products/SHIRT", CUP)
    program.done("PUT", "/products/SHIRT-M", {**CUP, "parent": "SHIRT", "choices": {"Size": "M"}})
    shirt = Product.objects.get(reference="SHIRT-M")
    assert (shirt.parent.reference, shirt.choices) == ("SHIRT", {"Size": "M"})
    answer = program.put("/products/SHIRT-M-RED", {**CUP, "parent": "SHIRT-M"})
    assert reasons(answer) == {"parent": "variant_of_variant"}
    assert reasons(program.put("/products/X", {**CUP, "parent": "NONE"})) == {"parent": "no_such_product"}


def test_a_price_says_its_currency(program):
    """Money says its currency; products have that of the shop."""
    assert reasons(program.put("/products/CUP", {"name": "Cup", "price": "1.00"})) == {"currency": "missing"}
    assert reasons(program.put("/products/CUP", {**CUP, "currency": "PLN"})) == {
        "currency": "currency_of_shop"
    }
    assert reasons(program.put("/products/CUP", {**CUP, "price": "1.005"})) == {"price": "decimal_max_places"}
    assert not Product.objects.exists()


def test_a_new_product_needs_a_name_and_a_price(program):
    assert reasons(program.put("/products/CUP", {"stock": 1})) == {"name": "missing"}


def test_a_product_may_be_for_some_groups_only(program, group):
    """S2.17."""
    trade = group("Trade")
    program.done("PUT", "/products/CUP", {**CUP, "exclusive_to": [trade.pk]})
    assert list(Product.objects.get().exclusive_to.all()) == [trade]
    assert reasons(program.put("/products/CUP", {"exclusive_to": [999]})) == {
        "exclusive_to": "no_such_choice"
    }


def test_a_carrier_is_found_again_by_its_name(program):
    program.done("PUT", "/carriers/My%20carrier", {"price": "8.37", "currency": "EUR"})
    program.done("PUT", "/carriers/My%20carrier", {"price": "9.00", "currency": "EUR", "active": False})
    carrier = Carrier.objects.get()
    assert (carrier.price, carrier.active) == (Decimal("9.00"), False)


def test_what_applies_to_a_customer_and_what_a_product_costs_them(program, product, customer, group):
    """Issue 10, point 2: group privileges and price quote; by the rules of pages and carts."""
    product("CUP", "12.50")
    trade = group("Trade", discount="15.00", free_shipping=True, price_display="tax_excluded")
    jane = customer(default_group=trade)
    said = program.done("GET", f"/privileges?customer_id={jane.pk}")
    assert (Decimal(said["discount"]), said["free_shipping"], said["prices"]) == (15, True, "tax_excluded")
    assert program.done("GET", "/privileges")["discount"] in ("0", "0.00")
    quote = program.done("GET", f"/prices?product=CUP&customer_id={jane.pk}")
    assert (quote["price"], quote["usual_price"], quote["currency"], quote["may_buy"]) == (
        "10.63",
        "12.50",
        "EUR",
        True,
    )


def test_a_choice_has_a_name_and_a_value(program):
    """“: x” stood behind the product everywhere."""
    for choices in ({"": "x"}, {"Size": " "}):
        said = {"name": "Shirt", "price": "19.90", "choices": choices}
        assert program.ask("PUT", "/products/SHIRT", said).status_code == 422
