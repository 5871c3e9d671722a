"""The one way a cart changes: locked, its lines in hand; then totals, events, counts and figures, in one transaction.

Two tabs that change one cart at once wait for each other here, and lose nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cached_property

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from addresses.models import Address
from backoffice.database import bulk_sql
from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records.errors import NotAllowed, NotThere
from backoffice.screen.formats import smallest_coin
from customers.models import Customer
from customers.services.figures import record_cart

from ..models import Carrier, Cart, CartEvent, CartEventKind, CartLine, Product, Voucher
from ..rules import cents_of, in_other_currency, money, refuse_too_large
from ..rules.sums import Item, Offer, Sums, add_up
from .prices import PriceList

Kind = CartEventKind
_HIDDEN = gettext_noop("This customer is deleted: bring them back before changing anything.")
# What a change may move.
STORED = tuple(
    "customer carrier shipping_address billing_address items_count products_total discount shipping wrapping total tax"
    " ordered changed_at version".split()
)


class Change:
    """A cart in hand, locked, while it changes.

    What happens now is never told of a time before what happened last, whatever clock says so.
    """

    def __init__(self, cart: Cart, now: dt.datetime, lines: list[CartLine]):
        self.cart = cart
        self.now = max(now, cart.changed_at)
        self.lines = {(line.product_id, line.customisation): line for line in lines}
        self.was_filled = cart.items_count > 0
        self.was_whose = cart.customer_id
        self._events: list[CartEvent] = []
        self._changed: list[CartLine] = []
        self._gone: list[CartLine] = []

    @cached_property
    def prices(self) -> PriceList:
        """What the cart's customer pays, in its currency."""
        return PriceList(self.cart.customer_id, self.cart.rate, self.cart.currency)

    @cached_property
    def vouchers(self) -> list[Voucher]:
        """Those in use, in the order in which they were taken."""
        if not self.cart.has_vouchers:
            return []
        taken = self.cart.vouchers.through.objects.filter(cart=self.cart.pk).order_by("pk")
        return [one.voucher for one in taken.select_related("voucher")]

    @property
    def has_changed(self) -> bool:
        """Whether anything happened."""
        return bool(self._events)

    def note(self, kind: Kind, **facts) -> None:
        """Something happened."""
        self._events.append(CartEvent(cart=self.cart, kind=kind, at=self.now, **facts))

    def put(
        self, product: Product, quantity: int, customisation: str = "", *, unit_price: Decimal | None = None
    ) -> None:
        """Have so many of the product in the cart, none for 0; a price that is not stated is that of the list.

        Broken where it is new in the cart and may not be bought.
        """
        line = self.lines.get((product.pk, customisation))
        if quantity == 0:
            self.take_out(line)
            return
        if line is None:
            self.prices.refuse_unsold(product)
            line = CartLine(
                cart=self.cart,
                product=product,
                customisation=customisation,
                quantity=quantity,
                unit_price=self.prices.price_of(product) if unit_price is None else unit_price,
                tax_rate=product.tax_rate,
                added_at=self.now,
            )
            self.lines[product.pk, customisation] = line
            self._tell(Kind.ADDED, line)
        else:
            self.change(line, quantity, line.unit_price if unit_price is None else unit_price)

    def change(self, line: CartLine, quantity: int, unit_price: Decimal) -> None:
        """Have so many of what is in the cart, at that price; nothing where it is so already."""
        if (line.quantity, line.unit_price) != (quantity, unit_price):
            line.quantity, line.unit_price = quantity, unit_price
            self._changed.append(line)
            self._tell(Kind.CHANGED, line)

    def take_out(self, line: CartLine | None) -> None:
        """Have none of it."""
        if line is None:
            return
        self._gone.append(self.lines.pop((line.product_id, line.customisation)))
        self.note(Kind.REMOVED, product_id=line.product_id, customisation=line.customisation)

    def _tell(self, kind: Kind, line: CartLine) -> None:
        self.note(
            kind,
            product_id=line.product_id,
            customisation=line.customisation,
            quantity=line.quantity,
            unit_price=line.unit_price,
        )

    def wrap(self, wrapping: Decimal) -> None:
        """Have it wrapped as a gift for so much."""
        if wrapping != self.cart.wrapping:
            self.cart.wrapping = wrapping
            self.note(Kind.WRAPPED, unit_price=wrapping)

    def carry(self, carrier: Carrier | None, *, shipping: Decimal | None = None) -> None:
        """Have this carrier bring it; what that costs is stated, or the carrier's price where it is not free."""
        if shipping is None:
            shipping = self.usual_shipping(carrier)
        if carrier != self.cart.carrier or shipping != self.cart.shipping:
            self.cart.carrier, self.cart.shipping = carrier, shipping
            self.note(Kind.CARRIER, name=carrier.name if carrier else "")

    def belong_to(self, customer: Customer) -> None:
        """Have it be this customer's, at their prices from now on."""
        self.cart.customer = customer
        self.prices = PriceList(customer.pk, self.cart.rate, self.cart.currency)
        self.note(Kind.SIGNED_IN)

    def become_order(self) -> None:
        """Have it ordered: nothing changes in it any more."""
        self.cart.ordered = True
        self.note(Kind.ORDERED)

    def send_to(self, *, billing: Address | None, shipping: Address | None) -> None:
        """Have it billed and shipped to these addresses."""
        before = self.cart.billing_address_id, self.cart.shipping_address_id
        self.cart.billing_address, self.cart.shipping_address = billing, shipping
        if before != (self.cart.billing_address_id, self.cart.shipping_address_id):
            self.note(Kind.ADDRESS)

    def take(self, voucher: Voucher) -> None:
        """Have this voucher take something off."""
        self.cart.vouchers.add(voucher)
        self.vouchers.append(voucher)
        self.note(Kind.VOUCHER, name=voucher.code)

    def withdraw(self, voucher: Voucher) -> None:
        """Have this voucher take nothing off any more."""
        self.cart.vouchers.remove(voucher)
        self.vouchers.remove(voucher)
        self.note(Kind.WITHDRAWN, name=voucher.code)

    def usual_shipping(self, carrier: Carrier | None) -> Decimal:
        """What the carrier asks of the cart's customer."""
        if carrier is None or self.prices.ships_free:
            return money(0)
        cart = self.cart
        return money(in_other_currency(cents_of(carrier.price), cart.rate, smallest_coin(cart.currency)))

    def sums(self) -> Sums:
        """What the cart comes to as it is in hand."""
        items = (
            Item(line.quantity, cents_of(line.unit_price), line.tax_rate) for line in self.lines.values()
        )
        return sums_of(self.cart, items, self.vouchers)

    def store(self) -> None:
        """Write what happened: totals, version and clock, events, the length of the list, the customer's figures."""
        if not self._events:
            return
        cart, sums = self.cart, self.sums()
        refuse_too_large(money(sums.products), cart.shipping, cart.wrapping, items=sums.items)
        cart.items_count, cart.products_total = sums.items, money(sums.products)
        cart.discount, cart.total, cart.tax = money(sums.discount), money(sums.total), money(sums.tax)
        cart.changed_at = self.now
        cart.version += 1
        cart.save(update_fields=STORED)
        self._store_lines()
        if len(self._events) == 1:
            self._events[0].save(force_insert=True)
        else:
            CartEvent.objects.bulk_create(self._events)
        self._count(is_filled=sums.items > 0)

    def _store_lines(self) -> None:
        if gone := [line.pk for line in self._gone if line.pk]:
            CartLine.objects.filter(pk__in=gone).delete()
        changed = {line.pk: line for line in self._changed if line.pk and line not in self._gone}
        rows = [(key, line.quantity, line.unit_price) for key, line in changed.items()]
        if rows:
            bulk_sql.update(CartLine, ("quantity", "unit_price"), rows)
        CartLine.objects.bulk_create([line for line in self.lines.values() if line.pk is None])

    def _count(self, *, is_filled: bool) -> None:
        if is_filled != self.was_filled:
            Counter.move(Cart._meta.label_lower, 1 if is_filled else -1)
        if (is_filled, self.cart.customer_id) != (self.was_filled, self.was_whose):
            if self.was_filled and self.was_whose:
                record_cart(self.was_whose, carts=-1)
            if is_filled and self.cart.customer_id:
                record_cart(self.cart.customer_id)


def sums_of(cart: Cart, items: Iterable[Item], vouchers: Iterable[Voucher]) -> Sums:
    """What a cart comes to with these lines and vouchers, in its currency."""
    coin = smallest_coin(cart.currency)
    return add_up(
        items,
        shipping=cents_of(cart.shipping),
        wrapping=cents_of(cart.wrapping),
        offers=[_offer_of(voucher, cart.rate, coin) for voucher in vouchers],
        coin=coin,
    )


def _offer_of(voucher: Voucher, rate: Decimal, coin: int) -> Offer:
    return Offer(
        percent=voucher.percent,
        amount=in_other_currency(cents_of(voucher.amount), rate, coin) if voucher.amount else 0,
        free_shipping=voucher.free_shipping,
        minimum=in_other_currency(cents_of(voucher.minimum_amount), rate, coin),
    )


@contextmanager
def changing(key: str, *, now: dt.datetime | None = None, hidden_too: bool = False) -> Iterator[Change]:
    """The cart of this key in hand, written when the block ends well; Broken where it comes to more than can be sold.

    NotThere where there is no such cart, NotAllowed where it became an order: that is not changed any more; nor is,
    unless `hidden_too`, that of somebody hidden (decision 43).
    """
    with one_change():
        cart = locked(key)
        refuse_ordered(cart)
        if cart.of_hidden and not hidden_too:
            raise NotAllowed(_(_HIDDEN))
        change = Change(cart, now or timezone.now(), lines_of(cart))
        yield change
        change.store()


# The statements of every shopper's write are written out: putting them together anew costs more than they do.


def locked(key: str) -> Cart:
    """The cart of this key, locked, with `has_vouchers` and `of_hidden`; NotThere where there is none."""
    if connection.features.has_select_for_update:
        rows = Cart.objects.raw(
            "SELECT c.*, EXISTS (SELECT 1 FROM carts_cart_vouchers v WHERE v.cart_id = c.id) AS has_vouchers,"
            " (SELECT u.deleted FROM customers_customer u WHERE u.id = c.customer_id) AS of_hidden"
            " FROM carts_cart c WHERE c.key = %s FOR UPDATE OF c",
            [key],
        )
    else:  # SQLite lets one change in at a time
        rows = Cart.objects.raw(
            "SELECT c.*, EXISTS (SELECT 1 FROM carts_cart_vouchers v WHERE v.cart_id = c.id) AS has_vouchers,"
            " (SELECT u.deleted FROM customers_customer u WHERE u.id = c.customer_id) AS of_hidden"
            " FROM carts_cart c WHERE c.key = %s",
            [key],
        )
    cart = next(iter(rows), None) if key else None
    if cart is None:
        raise NotThere(key)
    return cart


def lines_of(cart: Cart) -> list[CartLine]:
    """What is in the cart, in the order in which it came."""
    return list(
        CartLine.objects.raw("SELECT * FROM carts_cartline WHERE cart_id = %s ORDER BY id", [cart.pk])
    )


def refuse_hidden(customer: Customer) -> None:
    """NotAllowed where the customer is hidden, and so read-only (decision 43)."""
    if customer.is_hidden:
        raise NotAllowed(_(_HIDDEN))


def refuse_ordered(cart: Cart) -> None:
    """NotAllowed where the cart became an order."""
    if cart.ordered:
        raise NotAllowed(_("This cart has been ordered and cannot be changed any more."))
