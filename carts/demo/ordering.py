"""The orders that generated carts became."""

import datetime as dt
import random

from backoffice.database.folding import plain
from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch
from customers.demo.correspondence import MAILS_SENT
from customers.demo.phrases import MAILS

from ..models import Order, OrderLine, OrderVoucher
from ..rules import in_shop_currency, money
from ..seeding import STATUSES
from .filled import Filled

ORDERS = Table(
    Order,
    "id reference customer_id customer_name customer_email cart_id status_id valid payment carrier_name currency rate"
    " language items_count products_total discount shipping total tax tax_included paid value outstanding"
    " billing_address shipping_address external_id due_on placed_at updated_at version payment_key search_text",
)
ORDER_LINES = Table(
    OrderLine, "order_id product_id product_name product_reference quantity unit_price tax_rate"
)
ORDER_VOUCHERS = Table(OrderVoucher, "order_id voucher_id code amount")

AWAITING, ACCEPTED, SHIPPED, DELIVERED, CANCELED, REFUNDED, FAILED = (row[0] for row in STATUSES)
_VALID = {row[0]: row[5] for row in STATUSES}
_OWED = {row[0]: row[6] for row in STATUSES}
# Statuses, and their weights added up.
_LATELY = ((AWAITING, ACCEPTED, SHIPPED, CANCELED, FAILED), (25, 65, 90, 95, 100))
_LONG_AGO = ((AWAITING, DELIVERED, SHIPPED, CANCELED, REFUNDED, FAILED), (2, 84, 87, 94, 98, 100))
_PAYMENTS = ("Credit card", "PayPal", "Bank wire", "Cheque", "Cash on delivery")
# Those that a status is about.
_PAYMENTS_OF = {AWAITING: ("Cheque",), FAILED: ("Credit card", "PayPal")}
INVOICE_DAYS = dt.timedelta(days=30)
_LETTERS = 26**9
_SPREAD = 3_141_592_653_589  # without a factor in common with 26, so that every id has another reference


def reference_of(number: int) -> str:
    """Nine letters for an order's number, each number's its own (facts 1.11)."""
    left = number * _SPREAD % _LETTERS
    letters = []
    for _ in range(9):
        left, letter = divmod(left, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)


def put_order(batch: Batch, dice: random.Random, cart: Filled) -> None:
    """The order of an ordered cart, its lines, its voucher, its mail, and what it adds to the person's figures."""
    shop, person, sums = batch.shop, cart.person, cart.sums
    key = shop.take_id(Order)
    choice, weights = _LATELY if cart.changed_at > shop.now - dt.timedelta(days=10) else _LONG_AGO
    status = dice.choices(choice, cum_weights=weights)[0]
    valid = _VALID[status]
    on_account = bool(person.company) and dice.random() < 0.4
    settled = valid and not (on_account and dice.random() < 0.3)
    paid = sums.total if settled else 0
    value = in_shop_currency(sums.total, cart.rate)
    outstanding = in_shop_currency(sums.total - paid, cart.rate) if _OWED[status] else 0
    billing, shipping = batch.facts["homes"].get(person.id, (None, None))
    payment = "Invoice" if on_account else dice.choice(_PAYMENTS_OF.get(status, _PAYMENTS))
    batch.rows[ORDERS].append(
        (
            key,
            reference_of(key),
            person.id,
            person.name,
            person.email,
            cart.id,
            status,
            valid,
            payment,
            cart.carrier[1] if cart.carrier else "",
            cart.currency,
            cart.rate,
            person.land.language,
            sums.items,
            money(sums.products),
            money(sums.discount),
            money(sums.shipping),
            money(sums.total),
            money(sums.tax),
            person.default_group_id not in shop.facts["without tax"],
            money(paid),
            money(value),
            money(outstanding),
            billing.text if billing else "",
            shipping.text if shipping else "",
            "",
            (cart.changed_at + INVOICE_DAYS).date() if on_account else None,
            cart.changed_at,
            cart.changed_at,
            1,
            plain(payment),
            " " + plain(f"{person.name} {person.email}") + person.search_text,
        )
    )
    batch.rows[ORDER_LINES].extend(
        (key, ware.id, ware.name, ware.reference, quantity, money(price), ware.tax_rate)
        for ware, quantity, price in cart.lines
    )
    if cart.offer:
        batch.rows[ORDER_VOUCHERS].append((key, cart.offer.id, cart.offer.code, money(sums.discount)))
    language = person.land.language
    batch.rows[MAILS_SENT].append(
        (person.id, person.email, "order_conf", MAILS["order_conf"][language], language, cart.changed_at)
    )
    own = person.figures
    own.orders += 1
    own.valid_orders += valid
    own.spent += money(value) if valid else 0
    own.outstanding += money(outstanding)
    own.first_order_at = min(own.first_order_at or cart.changed_at, cart.changed_at)
    own.last_order_at = max(own.last_order_at or cart.changed_at, cart.changed_at)
