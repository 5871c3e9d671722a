"""John DOE stands in the demo shop exactly as the documents show him (interface.md, "Demo shop")."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

import dev
from addresses.models import Address
from carts.models import Cart, CartEvent, Order, Product, Voucher
from customers.models import Customer, Message, Note, Task, Visit
from groups.models import Group

DAY = "2011-08-09 10:50:53"


def in_the_shop(moment: dt.datetime) -> str:
    """A moment as the shop's clock showed it."""
    return timezone.localtime(moment, timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M:%S")


@pytest.fixture
def john(filled) -> Customer:
    filled(0)
    return Customer.objects.get()


def test_he_is_the_first_customer(john):
    """S1.10, S1.44–S1.51, S1.90; mission B1: born on 15 January 1970."""
    assert (john.pk, john.first_name, john.last_name) == (1, "John", "DOE")
    assert (john.email, john.title.kind, john.birthday) == (
        "pub@prestashop.com",
        "male",
        dt.date(1970, 1, 15),
    )
    assert (john.active, john.newsletter, john.partner_offers, john.guest) == (True, True, True, False)
    assert in_the_shop(john.registered_at) == in_the_shop(john.updated_at) == DAY
    assert john.note == ""


def test_he_is_in_the_group_default_alone(john):
    """S1.55, S1.79: the group has one member."""
    assert list(john.groups.values_list("pk", "name")) == [(1, "Default")]
    assert john.default_group_id == 1
    assert Group.objects.get(pk=1).members_count == 1


def test_he_was_here_once(john):
    """S1.65, S1.66: 0 pages, from prestashop.com, from 127.0.0.1; S1.47."""
    visit = Visit.objects.get(customer=john)
    assert (in_the_shop(visit.started_at), visit.pages_count) == (DAY, 0)
    assert (visit.origin, visit.ip, visit.duration) == ("prestashop.com", "127.0.0.1", dt.timedelta(0))
    assert in_the_shop(john.figures.last_visit_at) == DAY


def test_what_is_old_is_thrown_away_and_his_day_stays(john, settings):
    """S1.66, interface.md: the worker took his connection out of the demo within minutes."""
    for name, days in dev.KEPT.items():
        setattr(settings, name, int(days))
    call_command("delete_old_rows", stdout=io.StringIO())
    assert Visit.objects.filter(customer=john).count() == 1
    assert CartEvent.objects.filter(cart__customer=john).exists()


def test_he_has_no_message_no_voucher_no_note_and_no_task(john):
    """S1.53, S1.54, S1.62."""
    assert not Message.objects.filter(thread__customer=john).exists()
    assert not Voucher.objects.filter(customer=john).exists()
    assert not Note.objects.exists()
    assert not Task.objects.exists()


def test_he_lives_in_main_street(john):
    """S1.61: the leading zero of the telephone number is kept."""
    home = Address.objects.get(customer=john)
    assert (home.company, home.name) == ("My Company", "John DOE")
    assert (home.address1, home.address2, home.postcode, home.city) == (
        "14, Main street",
        "2nd floor",
        "75000",
        "Paris",
    )
    assert (home.country.name, home.phone) == ("France", "0102090405")
    assert john.country == "FR"


def test_his_cart_holds_an_ipod_and_earphones(john):
    """S1.63, S1.98–S1.103; mission B2: the total of the list is that of the page."""
    cart = Cart.objects.get(customer=john)
    lines = cart.lines.select_related("product").order_by("product")
    assert [
        (line.product.name[:11], line.unit_price, line.quantity, line.product.stock) for line in lines
    ] == [
        ("iPod touch", Decimal("469.00"), 1, 70),
        ("Shure SE210", Decimal("149.00"), 1, 1),
    ]
    assert (cart.pk, cart.carrier.name) == (1, "My carrier")
    assert (cart.products_total, cart.shipping, cart.total) == (
        Decimal("618.00"),
        Decimal("8.37"),
        Decimal("626.37"),
    )
    assert in_the_shop(cart.created_at) == DAY
    assert cart.ordered


def test_his_products_carry_the_numbers_of_the_documents(john):
    """S1.64: product 7 and product 8, the second one named in French."""
    assert Product.objects.get(pk=7).name == "iPod touch"
    assert Product.objects.get(pk=8).name_fr == "Écouteurs à isolation sonore Shure SE210"


def test_his_order_waits_for_a_cheque(john):
    """S1.56–S1.58: one order, not valid; 622.99 paid by cheque."""
    order = Order.objects.get()
    assert (order.pk, order.customer_id, order.cart_id) == (1, 1, 1)
    assert (order.payment, order.status.name, order.valid) == ("Cheque", "Awaiting cheque payment", False)
    assert (order.total, order.paid, order.items_count) == (Decimal("622.99"), Decimal("622.99"), 2)
    assert in_the_shop(order.placed_at) == DAY
    assert order.billing_address.splitlines() == [
        "My Company",
        "John DOE",
        "14, Main street",
        "2nd floor",
        "75000 Paris",
        "France",
    ]


def test_his_figures_count_the_order_and_no_sale(john):
    """S1.99: 0 validated orders, 0.00 paid since the account was made."""
    figures = john.figures
    assert (figures.orders_count, figures.valid_orders_count, figures.carts_count) == (1, 0, 1)
    assert (figures.total_spent, figures.outstanding) == (0, 0)
    assert in_the_shop(figures.first_order_at) == in_the_shop(figures.last_order_at) == DAY


def test_his_history_begins_on_that_day(john):
    """Decision 28: a bulk write adds its history rows itself."""
    (made,) = john.history.all()
    assert (made.history_type, in_the_shop(made.history_date), made.door) == ("+", DAY, "command")
