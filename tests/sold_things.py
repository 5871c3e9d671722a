"""What is sold, as tests make it: orders and vouchers as fixtures, and one of each section of the trade."""

import datetime as dt
import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.apps import apps

from backoffice.records.actors import Actor
from backoffice.registries import seeds
from carts.models import Carrier, Cart, Order, OrderStatus, Product, Voucher
from carts.services.carts import Beginning, Wanted, add_line, begin_cart, choose_carrier
from carts.services.foreign_orders import Foreign, put_foreign_order
from carts.services.ordering import Line, status_named
from carts.services.products import put_carrier, put_product
from carts.services.vouchers import save_voucher
from customers.models import Customer


@pytest.fixture
def statuses(db) -> None:
    """The order statuses of a fresh shop, also after a test that emptied the database behind it."""
    if not OrderStatus.objects.exists():
        seeds["order statuses"].function(apps)


@pytest.fixture
def bought(customer, statuses) -> Callable[..., Order]:
    """`bought(ada, total="25.00", paid="10.00")`: what she ordered elsewhere, told by a program; paid if unsaid."""
    numbers = itertools.count(1)

    def bought(
        who: Customer | None = None,
        *,
        total: str = "25.00",
        paid: str | None = None,
        status: str = "Payment accepted",
        product: Product | None = None,
        **said,
    ) -> Order:
        line = Line(
            name=product.name if product else "Cup",
            reference=product.reference if product else "CUP",
            product=product,
            quantity=2,
            unit_price=Decimal(total) / 2,
            tax_rate=Decimal("20.00"),
        )
        usual = {
            "placed_at": dt.datetime(2026, 3, 10, 11, tzinfo=dt.UTC),
            "currency": "EUR",
            "rate": Decimal(1),
            **dict.fromkeys(("shipping", "wrapping"), Decimal(0)),
            **dict.fromkeys(("total", "tax", "due_on")),
            "payment": "Cheque",
            "carrier_name": "Post",
            "language": "en",
            **dict.fromkeys(
                ("billing_address", "shipping_address"), "Ada Byron\n14, Main street\n75000 Paris"
            ),
        }
        foreign = Foreign(
            **{
                **usual,
                "status": status_named(status),
                "lines": [line],
                "paid": Decimal(total if paid is None else paid),
                **said,
            }
        )
        return put_foreign_order(
            f"P-{next(numbers)}", foreign, order=None, customer=who or customer(), by=Actor.command()
        )

    return bought


@pytest.fixture
def voucher(shop) -> Callable[..., Voucher]:
    """`voucher("TEN", percent="10.00")` gives a voucher for everybody; ten per cent where nothing is said."""

    def voucher(code: str = "TEN", **values) -> Voucher:
        for name in ("percent", "amount", "minimum_amount"):
            if values.get(name) is not None:
                values[name] = Decimal(values[name])
        if not {"percent", "amount", "free_shipping"} & values.keys():
            values["percent"] = Decimal(10)
        return save_voucher(None, {"code": code, "name": "A present", **values}, by=Actor.command())

    return voucher


def two_cups(fixture) -> Cart:
    """A cart of somebody with two cups in it, each of its columns with a value."""
    Product.objects.create(name="Cup", reference="CUP", price=Decimal("12.50"), stock=3)
    put_carrier("Post", {"price": Decimal("4.99"), "active": True}, by=Actor.command())
    cart = begin_cart(Beginning(customer=fixture("customer")(), visitor="browser-1"), by=Actor.command())
    add_line(cart.key, Wanted(Product.objects.to_be_sold().get(), 2), by=Actor.command())
    return choose_carrier(cart.key, Carrier.objects.get(), by=Actor.command())


def half_paid(fixture) -> Order:
    """An order of which everything is known that a list can show."""
    olga = fixture("customer")(first_name="Olga", last_name="Lund", email="olga@shop.example")
    return fixture("bought")(olga, paid="10.00", due_on=dt.date(2026, 4, 9))


def for_vera(fixture) -> Voucher:
    """A voucher of which everything is known that a list can show."""
    return fixture("voucher")(
        "VERA-5",
        amount="5.00",
        free_shipping=True,
        minimum_amount="20.00",
        customer=fixture("customer")(first_name="Vera", last_name="Lund", email="vera@shop.example"),
        starts_at=dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC),
        ends_at=dt.datetime(2030, 3, 1, 8, tzinfo=dt.UTC),
        quantity=3,
        per_customer=2,
    )


def a_lamp(fixture) -> Product:
    values = {"name": "Lamp", "price": Decimal("59.00"), "tax_rate": Decimal("20.00"), "stock": 7}
    return put_product("LAMP", values, category="Home", by=Actor.command())
