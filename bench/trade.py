"""What generated customers did in the shop: visits, carts and orders, as rows and as the figures of their sums."""

from dataclasses import dataclass
from random import Random

from carts.models import Cart, CartEvent, CartLine, Order, OrderLine, OrderStatus
from customers.models import PageView, Visit

from .loading import Loader

DAY = 86_400
CENTURY = [f"{n:02d}" for n in range(100)]
ORDERS = ((0, 1, 2, 3, 5, 9), (56, 22, 11, 6, 4, 1))
UNORDERED = ((0, 1, 2, 4), (40, 32, 20, 8))
OTHER_VISITS = ((0, 1, 2, 4, 9), (20, 35, 25, 15, 5))
STATUSES = ((1, 2, 3, 4, 5, 6, 7), (4, 6, 5, 75, 5, 3, 2))
DEVICES = ("computer", "phone", "tablet")
ORIGINS = ("", "", "google.com", "facebook.com", "example.com")


def euros(cents: int) -> str:
    """Cents as the database reads an amount."""
    return f"{cents // 100}.{CENTURY[cents % 100]}"


@dataclass(slots=True)
class Life:
    """One customer's figures; moments in seconds since 1970, money in cents of the shop's currency."""

    orders: int = 0
    valid_orders: int = 0
    spent: int = 0
    outstanding: int = 0
    carts: int = 0
    first_order: int | None = None
    last_order: int | None = None
    last_visit: int | None = None


class Trade:
    """Makes what happened in the shop. `lean` makes orders only, without their lines: enough for lists of customers."""

    def __init__(self, random: Random, products: list[tuple[int, str, int]], *, now: int, lean: bool, moment):
        self.random = random
        self.products = products
        self.now = now
        self.lean = lean
        self.moment = moment
        self.statuses = {one.pk: one for one in OrderStatus.objects.all()}
        seen = ("started_at", "last_seen_at", "pages_count", "device", "ip", "origin")
        self.visits = Loader(Visit, "id", "customer", *seen)
        self.views = Loader(PageView, "visit", "url", "product_id", "viewed_at", "seconds")
        money = ("currency", "items_count", "products_total", "shipping", "total", "tax")
        self.carts = Loader(Cart, "id", "customer", "carrier", "ordered", "created_at", "changed_at", *money)
        self.cart_lines = Loader(CartLine, "cart", "product", "quantity", "unit_price", "added_at")
        self.events = Loader(CartEvent, "cart", "kind", "product", "quantity", "at")
        people = ("customer", "customer_name", "customer_email")
        paid = (
            "rate",
            "status",
            "valid",
            "payment",
            "carrier_name",
            "paid",
            "value",
            "outstanding",
            "placed_at",
        )
        self.orders = Loader(Order, "id", "reference", "cart", *people, *money, *paid, "search_text")
        self.order_lines = Loader(
            OrderLine, "order", "product", "product_name", "product_reference", "quantity", "unit_price"
        )
        self.visit_id = self.cart_id = self.order_id = 0

    @property
    def loaders(self) -> list[Loader]:
        """In the order in which their rows are written."""
        return [
            self.visits,
            self.views,
            self.carts,
            self.cart_lines,
            self.events,
            self.orders,
            self.order_lines,
        ]

    def live(
        self,
        customer: int,
        name: str,
        email: str,
        words: str,
        since: int,
        orders: int,
        others: int,
        visits: int,
    ) -> Life:
        """The life of one customer since they registered: that many orders, other carts and other visits.

        `words` are what their orders are found by.
        """
        life = Life()
        random, moment = self.random.random, self.moment
        span = self.now - since
        if visits or orders:
            life.last_visit = since + int(random() * span)
        for _n in range(orders):
            placed = since + int(random() * (life.last_visit - since))
            self._order(life, customer, name, email, words, placed)
        if self.lean:
            return life
        for _n in range(others):
            self._cart(life, customer, since + int(random() * span * 0.99), ordered=False)
        for n in range(visits + orders):
            started = life.last_visit if not n else since + int(random() * (life.last_visit - since))
            self.visit_id += 1
            pages = 1 + int(random() * 3)
            self.visits.add(
                self.visit_id,
                customer,
                moment(started),
                moment(started + pages * 40),
                pages,
                DEVICES[int(random() * 3)],
                f"192.0.2.{int(random() * 256)}",
                ORIGINS[int(random() * 5)],
            )
            product = self.products[int(random() * len(self.products))][0]
            self.views.add(self.visit_id, f"/products/{product}", product, moment(started), 40)
        return life

    def _basket(self) -> list[tuple[int, str, int, int]]:
        random, products = self.random.random, self.products
        start = int(random() * len(products))
        return [
            (*products[(start + n * 37) % len(products)], 1 + int(random() * 1.4))
            for n in range(1 + int(random() * 4))
        ]

    def _cart(self, life: Life, customer: int, at: int, *, ordered: bool, basket=None) -> int:
        basket = basket or (self._basket() if self.random.random() > 0.1 else [])
        self.cart_id += 1
        total = sum(cents * quantity for _key, _name, cents, quantity in basket)
        items = sum(quantity for *_product, quantity in basket)
        moment = self.moment(at)
        carrier = 1 + self.cart_id % 3 if ordered else None
        shipping = 490 if ordered else 0
        self.carts.add(
            *(self.cart_id, customer, carrier, int(ordered), moment, moment, "EUR", items),
            *(euros(total), euros(shipping), euros(total + shipping), euros((total + shipping) // 6)),
        )
        for key, _name, cents, quantity in basket:
            self.cart_lines.add(self.cart_id, key, quantity, euros(cents), moment)
            if at > self.now - 30 * DAY:
                self.events.add(self.cart_id, "added", key, quantity, moment)
        life.carts += bool(basket)
        return self.cart_id

    def _order(self, life: Life, customer: int, name: str, email: str, words: str, at: int) -> None:
        self.order_id += 1
        basket = self._basket()
        cart = None if self.lean else self._cart(life, customer, at, ordered=True, basket=basket)
        status = self.statuses[self.random.choices(*STATUSES)[0]]
        products = sum(cents * quantity for _key, _name, cents, quantity in basket)
        total = products + 490
        zloty = self.order_id % 20 == 0
        paid = total if status.valid and self.order_id % 50 else 0
        value = (2 * total * 100 + 425) // 850 if zloty else total
        due = total - paid if status.owed else 0
        due = (2 * due * 100 + 425) // 850 if zloty else due
        self.orders.add(
            *(self.order_id, f"R{self.order_id:09d}", cart, customer, name, email, "PLN" if zloty else "EUR"),
            *(sum(quantity for *_product, quantity in basket), euros(products), "4.90", euros(total)),
            *(euros(total // 6), "4.250000" if zloty else "1.000000", status.pk, int(status.valid), "Cheque"),
            *("Post", euros(paid), euros(value), euros(due), self.moment(at), words),
        )
        if not self.lean:
            for key, product, cents, quantity in basket:
                self.order_lines.add(self.order_id, key, product, f"P{key:04d}", quantity, euros(cents))
        life.orders += 1
        life.outstanding += due
        if status.valid:
            life.valid_orders += 1
            life.spent += value
        life.first_order = min(at, life.first_order or at)
        life.last_order = max(at, life.last_order or at)
