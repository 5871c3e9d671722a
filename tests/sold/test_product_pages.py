"""The pages of products: variants, who has one, pictures and history (S2.17; issue 10, points 1, 4)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured

from backoffice import settings as own_settings
from backoffice.records.actors import Actor
from carts.models import Carrier, Product
from carts.sections.pictures import loadable, thumbnail
from carts.services.carts import Beginning, Wanted, add_line, begin_cart
from carts.services.products import put_carrier, put_product
from tests.reading import List, Node, read
from tests.shop_api import reasons

BY = Actor.command()
SHIRT = {"name": "Shirt", "price": Decimal("19.90")}


@pytest.fixture
def shirt(shop) -> Product:
    """A shirt, and the same in M and L."""
    made = put_product("SHIRT", dict(SHIRT), by=BY)
    for size, stock in (("M", 4), ("L", 0)):
        values = {**SHIRT, "choices": {"Size": size}, "stock": stock}
        put_product(f"SHIRT-{size}", values, parent="SHIRT", by=BY)
    return made


def panel(client, product: Product, name: str) -> Node:
    return read(client.get(f"/products/{product.pk}/")).one("section", "panel", id=name)


def cells(block: Node) -> list[list[str]]:
    return [[cell.text for cell in row.children] for row in block.one("tbody").all("tr")]


def test_a_product_shows_its_variants_with_choices_price_and_stock(client, shirt):
    assert cells(panel(client, shirt, "variants")) == [
        ["Size: L", "SHIRT-L", "€19.90", "0"],
        ["Size: M", "SHIRT-M", "€19.90", "4"],
    ]
    variant = Product.objects.get(reference="SHIRT-M")
    listed = List(client.get("/products/", {"sort": "-id"}))
    assert [listed.cells(place)[1] for place in range(3)] == ["Shirt (Size: L)", "Shirt (Size: M)", "Shirt"]
    facts = panel(client, variant, "product").text
    assert "Variant of Shirt" in facts
    assert "Choices Size: M" in facts
    # The shirt itself lies nowhere, its variants are what is sold.
    page = read(client.get(f"/products/{shirt.pk}/")).one("main").text
    assert "Out of stock" not in page
    assert "Stock 4" in page
    Product.objects.filter(parent=shirt).update(stock=0)
    assert "Out of stock" in read(client.get(f"/products/{shirt.pk}/")).one("main").text


def test_what_became_of_its_variants_is_told_on_its_own_page(client, shirt, customer):
    cart = begin_cart(Beginning(customer=customer(first_name="Ada", last_name="Byron")), by=BY)
    medium = Product.objects.to_be_sold().get(reference="SHIRT-M")
    add_line(cart.key, Wanted(medium, 2), by=BY)
    assert [row[-1] for row in cells(panel(client, shirt, "in_carts"))] == ["2"]


def test_who_has_it_in_a_cart_and_who_bought_it(client, shirt, customer, bought):
    """Each leads there; an ordered cart is told by its order."""
    ada = customer(first_name="Ada", last_name="Byron")
    cart = begin_cart(Beginning(customer=ada), by=BY)
    add_line(cart.key, Wanted(Product.objects.to_be_sold().get(pk=shirt.pk), 3), by=BY)
    order = bought(ada, product=shirt)
    earlier = bought(ada, product=shirt, placed_at=order.placed_at - dt.timedelta(days=1))
    in_carts, sold = panel(client, shirt, "in_carts"), panel(client, shirt, "bought")
    assert [row[:1] + row[2:] for row in cells(in_carts)] == [[f"{cart.pk:06d}", "Ada Byron", "3"]]
    assert [row[:1] + row[2:] for row in cells(sold)] == [
        [one.reference, "Ada Byron", "2", "Payment accepted"] for one in (order, earlier)
    ]
    assert f"/orders/{order.pk}/" in [one["href"] for one in sold.all("a")]
    other = put_product("CUP", {"name": "Cup", "price": Decimal(5)}, by=BY)
    assert "It is in no cart at the moment." in panel(client, other, "in_carts").text
    assert "Nobody has bought it yet." in panel(client, other, "bought").text


def test_for_whom_alone_it_is_sold_is_in_its_history(client, shirt, group):
    """Decision 28: in the transaction of the change, once, and by the names of the day."""
    trade, rows = group("Trade"), shirt.history.count()
    for _again in range(2):
        put_product("SHIRT", {}, exclusive_to=[trade], by=BY)
    put_product("SHIRT", {"price": Decimal(21)}, exclusive_to=[], by=BY)
    told = list(shirt.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert told[rows:] == ["Trade", "Everybody"]


def test_its_history_tells_for_whom_it_was_sold(client, shirt, group):
    """It said that something was changed, and kept to itself what."""
    put_product("SHIRT", {}, exclusive_to=[group("Trade")], by=BY)
    put_product("SHIRT", {"price": Decimal(21)}, exclusive_to=[], by=BY)
    lines = [one.text for one in panel(client, shirt, "history").all("span", "change")]
    assert lines[:3] == [
        "Price, tax included: 19.90 → 21.00",
        "For whom: Everybody",
        "For whom: Trade",
    ]


def test_a_carrier_gets_another_name_and_its_history_keeps_the_old_one(client, program, cart_by_post):
    program.done("PUT", "/carriers/Post", {"price": "5.50", "currency": "EUR", "name": "Royal post"})
    carrier = Carrier.objects.get()
    assert (carrier.name, carrier.price) == ("Royal post", Decimal("5.50"))
    assert [row.name for row in carrier.history.order_by("history_id")] == ["Post", "Royal post"]
    assert List(client.get("/carts/")).cells(0)[4] == "Royal post"
    put_carrier("Stork", {"price": Decimal(9), "active": True}, by=BY)
    answer = program.put("/carriers/Stork", {"price": "9", "currency": "EUR", "name": "Royal post"})
    assert reasons(answer) == {"name": "carrier_taken"}


@pytest.fixture
def cart_by_post(client, one_of):
    """A cart brought by the carrier “Post”, and a list that has been read with that name."""
    one_of("carts")
    assert List(client.get("/carts/")).cells(0)[4] == "Post"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://cdn.example.com/cup.jpg", "https://cdn.example.com/cup.jpg"),
        ("https://CDN.example.com/cup.jpg", "https://CDN.example.com/cup.jpg"),
        ("/img/cup.jpg", "https://shop.example/img/cup.jpg"),
        ("http://cdn.example.com/cup.jpg", ""),
        ("https://cdn.example.com.evil.example/cup.jpg", ""),
        ("https://cdn.example.com@evil.example/cup.jpg", ""),
        ("//evil.example/cup.jpg", ""),
        ("https://[cdn/cup.jpg", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_pictures_come_from_the_shop_and_the_origins_of_the_settings_alone(settings, address, shown):
    """The policy of pages names each origin; elsewhere a sign stands in the place of the picture."""
    settings.SHOP_ORIGIN = "https://shop.example"
    settings.PICTURE_ORIGINS = ["https://shop.example", "https://cdn.example.com"]
    assert loadable(address) == shown
    assert ("<img" in thumbnail(Product(name="Cup", picture=address))) == bool(shown)


def test_one_sign_stands_where_a_picture_is_missing_in_carts_orders_and_pages(client, one_of):
    """Orders had a letter there, carts a box."""
    cart, order, cup = one_of("carts"), one_of("orders"), Product.objects.get(reference="CUP")
    for place in (f"/carts/{cart.pk}/", f"/orders/{order.pk}/", f"/products/{cup.pk}/"):
        (sign,) = read(client.get(place)).one("main").all("svg", "thumb")
        assert sign.one("use")["href"].endswith("#products"), place


@pytest.mark.parametrize(
    "wrong", ["*", "https://*.example.com", "http://cdn.example.com", "https://a.b/c", "x;y"]
)
def test_what_is_no_whole_origin_is_refused_at_the_start(monkeypatch, wrong):
    """A star, a path or a second directive would open the policy."""
    monkeypatch.setenv("PICTURE_ORIGINS", wrong)
    with pytest.raises(ImproperlyConfigured, match="PICTURE_ORIGINS"):
        own_settings._picture_origins()


def test_origins_are_read_by_comma(monkeypatch):
    monkeypatch.setenv("PICTURE_ORIGINS", "https://cdn.example.com/, https://img.example.net:8443")
    assert own_settings._picture_origins() == ["https://cdn.example.com", "https://img.example.net:8443"]


def test_the_history_tells_which_choices_a_variant_had(client, shirt):
    """The page of a variant that became another one answered 500 for ever."""
    put_product("SHIRT-M", {**SHIRT, "choices": {"Size": "M", "Colour": "Blue"}}, parent="SHIRT", by=BY)
    variant = Product.objects.get(reference="SHIRT-M")
    assert "Size: M → Size: M, Colour: Blue" in panel(client, variant, "history").text
    assert client.get(f"/products/{variant.pk}/history/").status_code == 200
