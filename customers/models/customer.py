"""The customer: one person who has an account, bought as a guest, or began to buy (S2.2, S3.2, S4.1)."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.custom import custom_name
from backoffice.database.constraints import PairExists
from backoffice.database.fields import Digits, FoldedField, LoweredField, SearchField
from backoffice.database.indexes import NothingFirst
from backoffice.personal import Marks
from backoffice.records.history import History
from groups.models import Group

from ..rights import OF_CUSTOMERS
from .memberships import MembershipOrigin
from .segments import Tag, Title

HERE = Q(deleted=False)


class Risk(models.TextChoices):
    """How safe it is to let a company pay later; staff only (S4.60, S4.61)."""

    NONE = "none", pgettext_lazy("risk", "None")
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class CustomerQuerySet(models.QuerySet):
    """Customers, spoken of as the trade does."""

    def here(self):
        """Those that are not deleted."""
        return self.filter(HERE)

    def registered(self):
        """Those with an account."""
        return self.filter(guest=False)

    def active(self):
        """Those that may log in."""
        return self.filter(HERE, active=True)


class Customer(models.Model):
    """A customer, with every field of the seeds (S0.21, S1.30, S3.5–S3.13, S4.37–S4.60; facts 1.1).

    Figures about orders and visits lie in `CustomerFigures`; change a customer through `customers.services` only.
    """

    title = models.ForeignKey(
        Title,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Gender"),
        related_name="+",
    )
    last_name = models.CharField(_("Last name"), max_length=255)
    first_name = models.CharField(_("First name"), max_length=255)
    email = models.EmailField(pgettext_lazy("of a customer", "E-mail address"), max_length=255)
    created_email = models.EmailField(_("E-mail at creation"), max_length=255, blank=True, editable=False)
    password = models.CharField(_("Password"), max_length=255, blank=True, editable=False)
    password_changed_at = models.DateTimeField(_("Password changed"), null=True, editable=False)
    password_link_at = models.DateTimeField(_("Password link sent"), null=True, editable=False)
    session_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    birthday = models.DateField(_("Birthday"), null=True, blank=True)
    active = models.BooleanField(pgettext_lazy("customer", "Status"), default=True)
    newsletter = models.BooleanField(_("Newsletter"), default=False)
    newsletter_at = models.DateTimeField(_("Newsletter since"), null=True, editable=False)
    newsletter_ip = models.GenericIPAddressField(null=True, editable=False)
    partner_offers = models.BooleanField(_("Opt-in"), default=False)
    default_group = models.ForeignKey(
        Group, models.PROTECT, verbose_name=_("Default group"), related_name="customers_by_default"
    )
    groups = models.ManyToManyField(
        Group,
        through="Membership",
        verbose_name=pgettext_lazy("membership", "Groups"),
        related_name="customers",
    )
    note = models.TextField(_("Note"), blank=True, max_length=65_000)
    sales_agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Sales agent"),
        related_name="customers",
    )
    phone = models.CharField(_("Phone"), max_length=32, blank=True)
    company = models.CharField(_("Company"), max_length=255, blank=True)
    tags = models.ManyToManyField(
        Tag, through="Tagging", verbose_name=_("Tags"), related_name="customers", blank=True
    )
    siret = models.CharField(_("Company number"), max_length=32, blank=True)
    ape = models.CharField(_("Activity code"), max_length=32, blank=True)
    website = models.CharField(_("Website"), max_length=255, blank=True)
    outstanding_allowance = models.DecimalField(
        _("Allowed outstanding amount"),
        max_digits=14,
        decimal_places=2,
        default=0,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    max_payment_days = models.PositiveIntegerField(
        _("Maximum number of payment days"),
        default=0,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(2_147_483_647)],
    )
    risk = models.CharField(
        _("Risk rating"), max_length=6, choices=Risk.choices, default=Risk.NONE, blank=True
    )
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES, default="en")
    guest = models.BooleanField(_("Guest"), default=False)
    external_id = models.CharField(_("External reference"), max_length=64, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True, editable=False)
    registered_at = models.DateTimeField(_("Registration"), default=timezone.now)
    updated_at = models.DateTimeField(_("Last update"), default=timezone.now, editable=False)
    deleted = models.BooleanField(_("Deleted"), default=False, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    last_name_key = FoldedField(source="last_name")
    first_name_key = FoldedField(source="first_name")
    company_key = FoldedField(source="company")
    email_key = LoweredField(source="email")
    search_text = SearchField(
        "last_name",
        "first_name",
        "email",
        "company",
        Digits("phone"),
        "external_id",
    )

    personal = Marks(technical="deleted deleted_at version password_link_at session_round")

    objects = CustomerQuerySet.as_manager()
    history = History(excluded_fields=("password", "session_round"))

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        default_permissions = SECTION_RIGHTS
        permissions = OF_CUSTOMERS
        constraints = [
            models.UniqueConstraint(
                fields=["email_key"], condition=Q(guest=False), name="one_account_per_email"
            ),
            models.CheckConstraint(condition=~Q(email=""), name="customer_has_an_email"),
            models.CheckConstraint(
                condition=Q(outstanding_allowance__gte=0), name="customer_allowance_not_negative"
            ),
            models.CheckConstraint(condition=Q(risk__in=Risk.values), name="customer_risk_known"),
            models.CheckConstraint(
                condition=Q(deleted=False) | Q(deleted_at__isnull=False), name="customer_deleted_has_a_time"
            ),
            # The default group is one of the memberships (facts 1.2), true whenever a transaction ends.
            PairExists(
                fields=("id", "default_group"),
                to_table="customers_membership",
                to_columns=("customer_id", "group_id"),
                name="default_group_is_a_membership",
            ),
        ]
        indexes = [
            models.Index(fields=["registered_at", "id"], condition=HERE, name="customer_by_registration"),
            models.Index(fields=["country", "id"], condition=HERE, name="customer_by_country"),
            models.Index(fields=["updated_at", "id"], condition=HERE, name="customer_by_update"),
            models.Index(
                fields=["last_name_key", "first_name_key", "id"], condition=HERE, name="customer_by_name"
            ),
            models.Index(fields=["first_name_key", "id"], condition=HERE, name="customer_by_first_name"),
            models.Index(fields=["email_key", "id"], condition=HERE, name="customer_by_email"),
            models.Index(fields=["company_key", "id"], condition=HERE, name="customer_by_company"),
            models.Index(fields=["active", "id"], condition=HERE, name="customer_by_active"),
            models.Index(fields=["newsletter", "id"], condition=HERE, name="customer_by_newsletter"),
            models.Index(fields=["partner_offers", "id"], condition=HERE, name="customer_by_offers"),
            NothingFirst(fields=["title", "id"], condition=HERE, name="customer_by_title"),
            # Both, since nobody's age is last whichever way ages run.
            NothingFirst(fields=["birthday", "id"], condition=HERE, name="customer_by_birthday"),
            models.Index(fields=["birthday", "id"], condition=HERE, name="customer_by_age"),
            # Few have one, few are deleted; to find them all would be passed otherwise.
            models.Index(fields=["id"], condition=HERE & Q(note__gt=""), name="customer_with_note"),
            models.Index(fields=["id"], condition=Q(deleted=True), name="customer_deleted"),
            models.Index(
                fields=["external_id"], condition=~Q(external_id=""), name="customer_by_external_id"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_hidden(self) -> bool:
        """Whether they are out of sight, and so read-only until somebody brings them back (decision 43)."""
        return self.deleted

    @property
    def may_log_in(self) -> bool:
        """Whether the shop lets them in, with the right password."""
        return self.active and not self.deleted and not self.guest

    def keeps_signed_in(self, session_round: int) -> bool:
        """Whether what was handed out at that count of `session_round`, a sign-in or a link, is good still (G34).

        Being disabled or hidden and a new password move the count: enabling again brings no session back.
        """
        return self.may_log_in and session_round == self.session_round

    @property
    def name(self) -> str:
        """First name, then last name, as stored (S1.44)."""
        return f"{self.first_name} {self.last_name}".strip()

    @cached_property
    def custom(self) -> dict[str, Any]:
        """The values in the fields that staff declared, by the name of the field, read once; none is not in it."""
        return {custom_name(row.field_id): row.value for row in self.custom_values.all()} if self.pk else {}


class CustomerFigures(models.Model):
    """What a customer bought and when they came, kept true by services (decisions 17 and 39).

    Money is in the shop's currency, tax included. Stored = opening figure from an import + sum of our own; the
    last visit is the later one of both. `carts_count` leaves empty carts out (S0.85).
    """

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="figures")
    orders_count = models.PositiveIntegerField(_("Orders"), default=0)
    valid_orders_count = models.PositiveIntegerField(_("Valid orders"), default=0)
    total_spent = models.DecimalField(_("Sales"), max_digits=16, decimal_places=2, default=Decimal("0.00"))
    opening_orders = models.PositiveIntegerField(default=0)
    opening_spent = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal("0.00"))
    opening_visit_at = models.DateTimeField(null=True)
    outstanding = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal("0.00"))
    carts_count = models.PositiveIntegerField(_("Carts"), default=0)
    first_order_at = models.DateTimeField(_("First order"), null=True)
    last_order_at = models.DateTimeField(_("Last order"), null=True)
    last_visit_at = models.DateTimeField(_("Last visit"), null=True)

    personal = Marks(
        behaviour="valid_orders_count opening_orders opening_visit_at carts_count first_order_at",
        money="opening_spent outstanding",
        technical="customer",
    )

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["total_spent", "customer"], name="figures_by_spent"),
            models.Index(fields=["orders_count", "customer"], name="figures_by_orders"),
            NothingFirst(fields=["last_visit_at", "customer"], name="figures_by_last_visit"),
            NothingFirst(fields=["last_order_at", "customer"], name="figures_by_last_order"),
        ]

    def __str__(self):
        return str(self.customer_id)


class Membership(models.Model):
    """A customer belongs to a group (S0.35–S0.41): what put them there, who, when, and until when by hand.

    `added_at` is unknown of those who were there before it was written down.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="memberships", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships", db_index=False)
    origin = models.CharField(
        _("Origin"),
        max_length=6,
        choices=MembershipOrigin,
        default=MembershipOrigin.HAND,
        db_default=MembershipOrigin.HAND,
    )
    until = models.DateField(_("Until"), null=True, blank=True)
    added_at = models.DateTimeField(_("Since"), null=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    personal = Marks(behaviour="group origin until added_at", technical="customer added_by")

    history = History(excluded_fields=("added_at", "added_by"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["customer", "group"], name="member_once"),
            models.CheckConstraint(
                condition=Q(origin__in=MembershipOrigin.values), name="membership_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | ~Q(origin=MembershipOrigin.RULE),
                name="membership_of_a_rule_has_no_end",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "customer"], name="membership_by_group"),
            models.Index(
                fields=["group", "customer"],
                condition=Q(origin=MembershipOrigin.RULE),
                name="membership_by_rule",
            ),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="membership_by_end"),
        ]

    def __str__(self):
        return f"{self.customer_id} in {self.group_id}"


class Tagging(models.Model):
    """A customer carries a tag."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="taggings", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)

    personal = Marks(words="tag", technical="customer")

    history = History()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["customer", "tag"], name="tagged_once")]
        indexes = [models.Index(fields=["tag", "customer"], name="tagging_by_tag")]

    def __str__(self):
        return f"{self.tag_id} on {self.customer_id}"
