"""John DOE's cart and order, exactly as the documents show them (interface.md; S1.58, S1.63, S1.98–S1.103)."""

from decimal import Decimal

from django.db.models import F

from backoffice.demo.shop import Shop
from customers.demo.john import JOHN_ID, johns_day
from customers.models import CustomerFigures

from ..models import Cart, CartEvent, CartLine, Order, OrderLine
from ..rules import money
from .ordering import AWAITING, reference_of
from .sums import ONE, add_up

IPOD_TOUCH, SHURE = 6, 7
# The documents' own figure: what he paid differs from what his cart came to (mission B2).
SHIPPING_PAID = 499


def make_johns_cart(shop: Shop) -> None:
    """Cart 1 (626.37) and order 1 (622.99, not valid), with an iPod touch and a pair of earphones."""
    day, home = johns_day(shop), shop.facts["johns home"]
    wares = [shop.facts["all wares"][place] for place in (IPOD_TOUCH, SHURE)]
    lines = [(ware, 1, ware.price) for ware in wares]
    carrier_id, carrier, freight = shop.facts["carriers"][0]
    in_cart = add_up(lines, shipping=freight, rate=ONE)
    paid = add_up(lines, shipping=SHIPPING_PAID, rate=ONE)
    cart = Cart.objects.create(
        id=1,
        customer_id=JOHN_ID,
        carrier_id=carrier_id,
        billing_address_id=home.id,
        shipping_address_id=home.id,
        currency=shop.currency,
        items_count=in_cart.items,
        products_total=money(in_cart.products),
        shipping=money(in_cart.shipping),
        total=money(in_cart.total),
        tax=money(in_cart.tax),
        ordered=True,
        created_at=day,
        changed_at=day,
        version=1,
    )
    CartLine.objects.bulk_create(
        CartLine(
            cart=cart,
            product_id=ware.id,
            quantity=1,
            unit_price=money(price),
            tax_rate=ware.tax_rate,
            added_at=day,
        )
        for ware, _quantity, price in lines
    )
    CartEvent.objects.bulk_create(
        [
            CartEvent(cart=cart, kind="created", at=day),
            *(
                CartEvent(
                    cart=cart, kind="added", product_id=ware.id, quantity=1, unit_price=money(price), at=day
                )
                for ware, _quantity, price in lines
            ),
            CartEvent(cart=cart, kind="carrier", name=carrier, at=day),
            CartEvent(cart=cart, kind="ordered", at=day),
        ]
    )
    order = Order(
        id=1,
        reference=reference_of(1),
        customer_id=JOHN_ID,
        customer_name="John DOE",
        customer_email="pub@prestashop.com",
        cart=cart,
        status_id=AWAITING,
        valid=False,
        payment="Cheque",
        carrier_name=carrier,
        currency=shop.currency,
        items_count=paid.items,
        products_total=money(paid.products),
        shipping=money(paid.shipping),
        total=money(paid.total),
        tax=money(paid.tax),
        paid=money(paid.total),
        value=money(paid.total),
        outstanding=Decimal(0),
        billing_address=home.text,
        shipping_address=home.text,
        placed_at=day,
        version=1,
    )
    Order.objects.bulk_create([order])
    Order.objects.update(updated_at=day)
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            product_id=ware.id,
            product_name=ware.name,
            product_reference=ware.reference,
            quantity=1,
            unit_price=money(price),
            tax_rate=ware.tax_rate,
        )
        for ware, _quantity, price in lines
    )
    CustomerFigures.objects.filter(pk=JOHN_ID).update(
        orders_count=F("orders_count") + 1,
        carts_count=F("carts_count") + 1,
        first_order_at=day,
        last_order_at=day,
    )
