"""Vouchers: a code that takes something off (S0.51, S3.25, S4.74; facts 1.10 and 4.8)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.fields import LoweredField, SearchField
from backoffice.models import Kept
from backoffice.personal import Marks
from backoffice.records.history import History
from customers.models import Customer, Tag
from groups.models import Group

from .catalogue import PERCENT


class VoucherQuerySet(models.QuerySet):
    """Vouchers, spoken of as the trade does."""

    def valid_at(self, moment):
        """Those within their dates then, switched on or not (facts 4.8)."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment), starts_at__lte=moment)


class Voucher(Kept):
    """A discount for whoever knows the code, or only for one customer, one group or the carriers of one tag.

    It takes off `percent` of the products, or `amount` (shop's currency, tax included), or the shipping.
    `quantity` is how many uses are left in all, `per_customer` how many one person has; empty means any number.
    """

    code = models.CharField(_("Code"), max_length=64)
    name = models.CharField(_("Name"), max_length=255)
    customer = models.ForeignKey(
        Customer,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Customer"),
        related_name="vouchers",
    )
    group = models.ForeignKey(
        Group,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Group"),
        related_name="vouchers",
    )
    tag = models.ForeignKey(
        Tag,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Tag"),
        related_name="vouchers",
    )
    percent = models.DecimalField(
        _("Discount"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    free_shipping = models.BooleanField(_("Free shipping"), default=False)
    minimum_amount = models.DecimalField(
        _("Minimum amount"), max_digits=12, decimal_places=2, default=Decimal("0.00")
    )
    starts_at = models.DateTimeField(_("Valid from"), default=timezone.now)
    ends_at = models.DateTimeField(_("Valid until"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("Quantity available"), null=True, blank=True)
    per_customer = models.PositiveIntegerField(
        _("Quantity for each customer"), null=True, blank=True, default=1
    )
    active = models.BooleanField(_("Enabled"), default=True)

    code_key = LoweredField(source="code", max_length=64)
    search_text = SearchField("code", "name")

    personal = Marks(
        behaviour="group tag",
        money="percent amount free_shipping minimum_amount starts_at ends_at quantity per_customer",
        words="code name",
        technical="customer active",
    )

    objects = VoucherQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.UniqueConstraint(fields=["code_key"], name="voucher_code_once"),
            models.CheckConstraint(condition=~Q(code=""), name="voucher_has_a_code"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gt=0, percent__lte=100),
                name="voucher_percent_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="voucher_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(amount__isnull=True), name="voucher_percent_or_amount"
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=False) | Q(amount__isnull=False) | Q(free_shipping=True),
                name="voucher_takes_something_off",
            ),
            models.CheckConstraint(condition=Q(minimum_amount__gte=0), name="voucher_minimum_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="voucher_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer"], condition=Q(customer__isnull=False), name="voucher_of_customer"
            ),
            models.Index(fields=["group"], condition=Q(group__isnull=False), name="voucher_of_group"),
            models.Index(fields=["tag"], condition=Q(tag__isnull=False), name="voucher_of_tag"),
            models.Index(fields=["code_key", "id"], name="voucher_by_code"),
            models.Index(fields=["starts_at", "id"], name="voucher_by_start"),
            models.Index(fields=["ends_at", "id"], name="voucher_by_end"),
        ]

    def __str__(self):
        return self.code
