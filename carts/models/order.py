"""Orders, as far as the pages about customers need them (S0.48, S1.56–S1.58, S4.66–S4.69; facts 1.11, 4.3)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.fields import FoldedField, SearchField
from backoffice.personal import Marks
from backoffice.records.history import History
from customers.models import Customer

from .cart import CURRENCY_CODE, ZERO, Cart
from .catalogue import PERCENT, LocalName, Product, with_choices
from .voucher import Voucher


class OrderStatus(LocalName):
    """How far an order is. `valid`: it counts as a purchase; `owed`: what is not paid of it is still to be paid."""

    valid = models.BooleanField(_("Valid"), default=False)
    owed = models.BooleanField(_("To be paid"), default=True)
    colour = models.PositiveSmallIntegerField(_("Colour"), default=0)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)

    personal = Marks(none="valid owed colour position")

    class Meta:
        verbose_name = _("order status")
        verbose_name_plural = _("order statuses")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["name"], name="order_status_once"),
            models.CheckConstraint(condition=~Q(name=""), name="order_status_has_a_name"),
        ]

    @property
    def stands(self) -> bool:
        """Whether an order of this status holds what it took: one that was cancelled gives its vouchers back."""
        return self.valid or self.owed


class OrderQuerySet(models.QuerySet):
    """Orders, spoken of as the trade does."""

    def valid(self):
        """Those that count as a purchase."""
        return self.filter(valid=True)


class Order(models.Model):
    """What somebody bought. It outlives customer, cart and addresses: it keeps their names and texts.

    Money is in the order's currency, tax included. `rate` is how many units of that currency one unit of the
    shop's currency was worth; `value` is the total and `outstanding` what is still to be paid of it, both in the
    shop's currency by that rate, rounded half up to cents (decision 17). `rounding` is what a foreign order's total
    differs from the sum of its parts. `tax_included` is how its buyer saw prices, and how pages show them (facts 8.3).
    """

    reference = models.CharField(_("Reference"), max_length=32, unique=True)
    customer = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Customer"),
        related_name="orders",
    )
    customer_name = models.CharField(_("Customer"), max_length=511)
    customer_email = models.EmailField(_("E-mail address"), max_length=255, blank=True)
    cart = models.OneToOneField(
        Cart, models.SET_NULL, null=True, blank=True, verbose_name=_("Cart"), related_name="order"
    )
    status = models.ForeignKey(
        OrderStatus, models.PROTECT, db_index=False, verbose_name=_("Status"), related_name="orders"
    )
    valid = models.BooleanField(_("Valid"), default=False)
    payment = models.CharField(_("Payment"), max_length=255, blank=True)
    carrier_name = models.CharField(_("Carrier"), max_length=64, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    rate = models.DecimalField(_("Rate"), max_digits=13, decimal_places=6, default=Decimal("1.000000"))
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES, default="en")
    items_count = models.PositiveIntegerField(_("Products"), default=0)
    products_total = models.DecimalField(_("Total products"), max_digits=14, decimal_places=2, default=ZERO)
    discount = models.DecimalField(_("Total vouchers"), max_digits=14, decimal_places=2, default=ZERO)
    shipping = models.DecimalField(_("Total shipping"), max_digits=14, decimal_places=2, default=ZERO)
    wrapping = models.DecimalField(
        _("Total gift wrapping"), max_digits=14, decimal_places=2, default=ZERO, db_default=ZERO
    )
    rounding = models.DecimalField(
        _("Rounding"), max_digits=14, decimal_places=2, default=ZERO, db_default=ZERO
    )
    total = models.DecimalField(_("Total"), max_digits=14, decimal_places=2, default=ZERO)
    tax = models.DecimalField(_("Tax"), max_digits=14, decimal_places=2, default=ZERO)
    tax_included = models.BooleanField(_("Prices tax included"), default=True, db_default=True)
    paid = models.DecimalField(_("Total paid"), max_digits=14, decimal_places=2, default=ZERO)
    value = models.DecimalField(_("Sales"), max_digits=14, decimal_places=2, default=ZERO, editable=False)
    outstanding = models.DecimalField(
        _("Outstanding"), max_digits=14, decimal_places=2, default=ZERO, editable=False
    )
    billing_address = models.TextField(_("Billing address"), blank=True)
    shipping_address = models.TextField(_("Shipping address"), blank=True)
    external_id = models.CharField(_("External reference"), max_length=64, blank=True)
    due_on = models.DateField(_("Due date"), null=True, blank=True)
    placed_at = models.DateTimeField(_("Date"), default=timezone.now)
    updated_at = models.DateTimeField(_("Last update"), auto_now=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    payment_key = FoldedField(source="payment")
    search_text = SearchField("customer_name", "customer_email", of="customer")

    personal = Marks(
        identity="customer_name",
        contact="customer_email language billing_address shipping_address",
        behaviour="carrier_name items_count due_on placed_at",
        money="payment currency rate products_total discount shipping wrapping rounding total tax tax_included paid"
        " value outstanding",
        technical="reference customer cart status valid external_id updated_at version",
    )

    objects = OrderQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="order_has_a_reference"),
            models.CheckConstraint(condition=~Q(customer_name=""), name="order_names_its_customer"),
            models.CheckConstraint(
                condition=Q(products_total__gte=0, discount__gte=0, shipping__gte=0, tax__gte=0, paid__gte=0)
                & Q(wrapping__gte=0),
                name="order_money_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    total=Round(
                        F("products_total") - F("discount") + F("shipping") + F("wrapping") + F("rounding"), 2
                    )
                ),
                name="order_total_adds_up",
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="order_rate_positive"),
            models.CheckConstraint(condition=CURRENCY_CODE, name="order_currency_is_a_code"),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="order_external_id_once"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "placed_at"], name="order_of_customer"),
            models.Index(
                fields=["customer", "placed_at"], condition=Q(valid=True), name="order_valid_of_customer"
            ),
            models.Index(fields=["placed_at", "id"], name="order_by_date"),
            models.Index(fields=["status", "id"], name="order_by_status"),
            models.Index(fields=["total", "id"], name="order_by_total"),
            models.Index(fields=["payment_key", "id"], name="order_by_payment"),
            models.Index(fields=["placed_at", "id"], condition=~Q(outstanding=0), name="order_owed_by_date"),
        ]

    def __str__(self):
        return self.reference


class OrderLine(models.Model):
    """A product bought, named and priced as it was then (order's currency, tax included)."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        Product,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Product"),
        related_name="order_lines",
    )
    product_name = models.CharField(_("Name"), max_length=255)
    product_reference = models.CharField(_("Reference"), max_length=64, blank=True)
    customisation = models.CharField(
        _("Customisation"), max_length=255, blank=True, default="", db_default=""
    )
    quantity = models.PositiveIntegerField(_("Quantity"), default=1)
    unit_price = models.DecimalField(_("Unit price"), max_digits=12, decimal_places=2)
    tax_rate = models.DecimalField(
        _("Tax rate"), max_digits=5, decimal_places=2, default=Decimal("20.00"), validators=PERCENT
    )

    personal = Marks(
        behaviour="product product_name product_reference quantity",
        money="unit_price tax_rate",
        words="customisation",
        technical="order",
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_quantity_positive"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="order_line_price_not_negative"),
            models.CheckConstraint(
                condition=Q(tax_rate__gte=0) & Q(tax_rate__lte=100), name="order_line_tax_is_a_percentage"
            ),
        ]
        indexes = [models.Index(fields=["product", "id"], name="order_line_of_product")]

    def __str__(self):
        return f"{self.quantity} × {self.product_name}"

    @property
    def full_name(self) -> str:
        """What it was called, and which variant it is."""
        return with_choices(self.product_name, self.product.choices if self.product else {})


class OrderVoucher(models.Model):
    """A voucher used in an order and what it took off (order's currency); the code outlives the voucher.

    `given_back`: the order was cancelled, and the voucher has that use again.
    """

    order = models.ForeignKey(Order, models.CASCADE, db_index=False, related_name="vouchers")
    voucher = models.ForeignKey(
        Voucher, models.SET_NULL, null=True, blank=True, db_index=False, related_name="uses"
    )
    code = models.CharField(_("Code"), max_length=64)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    given_back = models.BooleanField(default=False, db_default=False, editable=False)

    personal = Marks(behaviour="voucher code given_back", money="amount", technical="order")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["order", "code"], name="order_voucher_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="order_voucher_amount_not_negative"),
        ]
        indexes = [models.Index(fields=["voucher", "id"], name="order_voucher_of_voucher")]

    def __str__(self):
        return self.code
