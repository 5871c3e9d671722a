"""Carts: what people put together, whether or not it became an order (S0.82–S0.90, S1.95–S1.105; facts 8)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Round, Upper
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from addresses.models import Address
from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.personal import Marks
from customers.models import Customer

from .catalogue import PERCENT, Carrier, Product
from .voucher import Voucher

FILLED = Q(items_count__gt=0)
NOT_PLACED = Q(ordered=False, order__isnull=True)
# Three capitals, such as "EUR".
CURRENCY_CODE = Q(Exact(Length("currency"), 3), currency=Upper("currency"))
ZERO = Decimal("0.00")


class CartQuerySet(models.QuerySet):
    """Carts, spoken of as the trade does."""

    def filled(self):
        """Those with something in them (S0.85)."""
        return self.filter(FILLED)

    def placed(self):
        """Those that became an order, by what they say or by an order that names them: they are kept for good."""
        return self.filter(~NOT_PLACED)

    def not_placed(self):
        """Those that no order stands behind."""
        return self.filter(NOT_PLACED)


class Cart(models.Model):
    """A cart of a customer or of a visitor nobody knows yet.

    `key` is what the shop's pages call it by: of their own choice or made at random, never its number (G17).
    Money is in the cart's currency, tax included; `tax` is the part of `total` that is tax, so that a group that
    sees prices without tax reads the same cart; `rate` is how many units of that currency one unit of the shop's
    is worth. Totals are kept true by the services that change its lines. `stated_at` is the sender's own time of
    the last whole cart: an older one does not count.
    """

    key = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    customer = models.ForeignKey(
        Customer,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Customer"),
        related_name="carts",
    )
    visitor = models.CharField(_("Visitor"), max_length=32, blank=True)
    carrier = models.ForeignKey(
        Carrier,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Carrier"),
        related_name="carts",
    )
    shipping_address = models.ForeignKey(
        Address, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+"
    )
    billing_address = models.ForeignKey(
        Address, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+"
    )
    vouchers = models.ManyToManyField(Voucher, blank=True, verbose_name=_("Vouchers"), related_name="carts")
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    rate = models.DecimalField(
        _("Rate"),
        max_digits=13,
        decimal_places=6,
        default=Decimal("1.000000"),
        db_default=Decimal("1.000000"),
    )
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES, default="en")
    items_count = models.PositiveIntegerField(_("Products"), default=0)
    products_total = models.DecimalField(_("Total products"), max_digits=14, decimal_places=2, default=ZERO)
    discount = models.DecimalField(_("Total vouchers"), max_digits=14, decimal_places=2, default=ZERO)
    shipping = models.DecimalField(_("Total shipping"), max_digits=14, decimal_places=2, default=ZERO)
    wrapping = models.DecimalField(
        _("Total gift wrapping"), max_digits=14, decimal_places=2, default=ZERO, db_default=ZERO
    )
    total = models.DecimalField(_("Total"), max_digits=14, decimal_places=2, default=ZERO)
    tax = models.DecimalField(_("Tax"), max_digits=14, decimal_places=2, default=ZERO)
    ordered = models.BooleanField(_("Ordered"), default=False)
    created_at = models.DateTimeField(_("Date"), default=timezone.now)
    changed_at = models.DateTimeField(_("Last change"), default=timezone.now)
    stated_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    personal = Marks(
        identity="visitor",
        contact="shipping_address billing_address language",
        behaviour="carrier vouchers items_count ordered created_at changed_at stated_at",
        money="currency rate products_total discount shipping wrapping total tax",
        technical="key customer version",
    )

    objects = CartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(
                condition=Q(products_total__gte=0, discount__gte=0, shipping__gte=0, tax__gte=0)
                & Q(wrapping__gte=0),
                name="cart_money_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    total=Round(F("products_total") - F("discount") + F("shipping") + F("wrapping"), 2)
                ),
                name="cart_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(changed_at__gte=F("created_at")), name="cart_changed_after_it_was_made"
            ),
            models.CheckConstraint(condition=CURRENCY_CODE, name="cart_currency_is_a_code"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="cart_rate_positive"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="cart_key_once"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=FILLED, name="cart_filled"),
            models.Index(fields=["customer", "created_at"], name="cart_of_customer"),
            models.Index(
                fields=["customer", "created_at"],
                condition=FILLED & Q(ordered=False),
                name="cart_unfinished_of_customer",
            ),
            models.Index(fields=["created_at", "id"], condition=FILLED, name="cart_by_date"),
            models.Index(fields=["ordered", "changed_at", "id"], condition=FILLED, name="cart_by_state"),
            models.Index(fields=["total", "id"], condition=FILLED, name="cart_by_total"),
            models.Index(fields=["carrier", "id"], name="cart_by_carrier"),
            models.Index(fields=["visitor"], condition=~Q(visitor=""), name="cart_of_visitor"),
            models.Index(fields=["changed_at"], name="cart_latest_change"),
            models.Index(
                fields=["shipping_address"],
                condition=Q(shipping_address__isnull=False),
                name="cart_by_shipping_address",
            ),
            models.Index(
                fields=["billing_address"],
                condition=Q(billing_address__isnull=False),
                name="cart_by_billing_address",
            ),
        ]

    def __str__(self):
        return gettext("Cart #%(number)s") % {"number": f"{self.pk or 0:06d}"}


class CartLine(models.Model):
    """A product in a cart, at the price it had when it was put there (cart's currency, tax included).

    `customisation` is what was asked for it, such as words to engrave: another one is another line.
    """

    cart = models.ForeignKey(Cart, models.CASCADE, db_index=False, related_name="lines")
    product = models.ForeignKey(
        Product, models.PROTECT, db_index=False, verbose_name=_("Product"), related_name="cart_lines"
    )
    customisation = models.CharField(
        _("Customisation"), max_length=255, blank=True, default="", db_default=""
    )
    quantity = models.PositiveIntegerField(_("Quantity"), default=1)
    unit_price = models.DecimalField(_("Unit price"), max_digits=12, decimal_places=2)
    tax_rate = models.DecimalField(
        _("Tax rate"), max_digits=5, decimal_places=2, default=Decimal("20.00"), validators=PERCENT
    )
    added_at = models.DateTimeField(_("Added"), default=timezone.now)

    personal = Marks(
        behaviour="product quantity added_at",
        money="unit_price tax_rate",
        words="customisation",
        technical="cart",
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["cart", "product", "customisation"], name="cart_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="cart_line_quantity_positive"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="cart_line_price_not_negative"),
            models.CheckConstraint(
                condition=Q(tax_rate__gte=0) & Q(tax_rate__lte=100), name="cart_line_tax_is_a_percentage"
            ),
        ]
        indexes = [models.Index(fields=["product", "added_at"], name="cart_line_of_product")]

    def __str__(self):
        return f"{self.quantity} × {self.product_id}"


class CartEventKind(models.TextChoices):
    """What can happen to a cart."""

    CREATED = "created", _("Cart started")
    ADDED = "added", _("Product added")
    CHANGED = "changed", _("Quantity changed")
    REMOVED = "removed", _("Product removed")
    VOUCHER = "voucher", _("Voucher used")
    WITHDRAWN = "withdrawn", _("Voucher taken out")
    CARRIER = "carrier", _("Carrier chosen")
    ADDRESS = "address", _("Addresses chosen")
    WRAPPED = "wrapped", _("Gift wrapping chosen")
    SIGNED_IN = "signed_in", _("Customer identified")
    ORDERED = "ordered", _("Order placed")


class CartEvent(models.Model):
    """Something that happened to a cart; staff watch it while the customer is on the site (S0.52, S0.82).

    `quantity` is how many of the product, with that customisation, are in the cart afterwards, and `unit_price` what
    one costs then; `name` is the code of a voucher, or the name of a carrier. One after the other, by their numbers,
    they make the cart again at any moment of its life.
    """

    cart = models.ForeignKey(Cart, models.CASCADE, db_index=False, related_name="events")
    kind = models.CharField(_("Event"), max_length=9, choices=CartEventKind.choices)
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, blank=True, verbose_name=_("Product"), related_name="+"
    )
    customisation = models.CharField(
        _("Customisation"), max_length=255, blank=True, default="", db_default=""
    )
    quantity = models.PositiveIntegerField(_("Quantity"), default=0)
    unit_price = models.DecimalField(_("Unit price"), max_digits=12, decimal_places=2, null=True, blank=True)
    name = models.CharField(max_length=255, blank=True, default="", db_default="")
    at = models.DateTimeField(_("Date"), default=timezone.now)

    personal = Marks(
        behaviour="kind product quantity name at",
        money="unit_price",
        words="customisation",
        technical="cart",
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CartEventKind.values), name="cart_event_kind_known")
        ]
        indexes = [
            models.Index(fields=["cart", "at", "id"], name="cart_event_of_cart"),
            models.Index(fields=["at"], name="cart_event_by_date"),
        ]

    def __str__(self):
        return self.kind
