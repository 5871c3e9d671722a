"""An address of a customer (S1.60, S1.70, S3.32–S3.34, S4.78–S4.81; facts 1.4 and 6)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.fields import Digits, FoldedField, SearchField
from backoffice.models import Kept
from backoffice.personal import Marks
from backoffice.records.history import History
from customers.models import Customer

from .country import Country, State

HERE = Q(deleted=False)


class AddressKind(models.TextChoices):
    """What an address serves for."""

    BILLING = "billing", _("Billing")
    SHIPPING = "shipping", _("Shipping")
    BOTH = "both", _("Billing and shipping")


class AddressQuerySet(models.QuerySet):
    """Addresses, spoken of as the trade does."""

    def here(self):
        """Those that are not deleted."""
        return self.filter(HERE)

    def of_people_here(self):
        """Those of customers who are not hidden: the others wait with them (decision 43)."""
        return self.filter(customer__deleted=False)


class Address(Kept):
    """Where a customer is billed or shipped to. An order keeps its own copy, so an address may change freely.

    Phones are kept as typed, and beside that as they are dialled from anywhere ("+33102090405"), empty where they are
    no number. A customer has at most one default address of each kind.
    """

    customer = models.ForeignKey(
        Customer, models.CASCADE, db_index=False, verbose_name=_("Customer"), related_name="addresses"
    )
    alias = models.CharField(_("Alias"), max_length=32)
    kind = models.CharField(_("Kind"), max_length=8, choices=AddressKind.choices, default=AddressKind.BOTH)
    company = models.CharField(_("Company"), max_length=255, blank=True)
    first_name = models.CharField(_("First name"), max_length=255)
    last_name = models.CharField(_("Last name"), max_length=255)
    address1 = models.CharField(_("Address"), max_length=128)
    address2 = models.CharField(_("Address (2)"), max_length=128, blank=True)
    postcode = models.CharField(_("Postcode"), max_length=12, blank=True)
    city = models.CharField(_("City"), max_length=64)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_index=False,
        verbose_name=_("Country"),
        related_name="addresses",
    )
    state = models.ForeignKey(
        State,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("State"),
        related_name="addresses",
    )
    phone = models.CharField(_("Phone"), max_length=32, blank=True)
    phone_mobile = models.CharField(_("Mobile phone"), max_length=32, blank=True)
    phone_e164 = models.CharField(max_length=16, blank=True, default="", db_default="", editable=False)
    phone_mobile_e164 = models.CharField(max_length=16, blank=True, default="", db_default="", editable=False)
    vat_number = models.CharField(_("VAT number"), max_length=32, blank=True)
    dni = models.CharField(_("Identification number"), max_length=32, blank=True)
    other = models.TextField(_("Other"), blank=True, max_length=300)
    default_billing = models.BooleanField(_("Default billing address"), default=False)
    default_shipping = models.BooleanField(_("Default shipping address"), default=False)
    external_id = models.CharField(_("External reference"), max_length=64, blank=True)
    deleted = models.BooleanField(pgettext_lazy("address", "Retired"), default=False, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    first_name_key = FoldedField(source="first_name")
    last_name_key = FoldedField(source="last_name")
    address_key = FoldedField(source="street", max_length=260)
    postcode_key = FoldedField(source="postcode", max_length=12)
    city_key = FoldedField(source="city", max_length=64)
    search_text = SearchField(
        *("last_name", "first_name", "company", "street", "postcode", "city"),
        *(Digits("phone"), Digits("phone_mobile"), "vat_number", "external_id"),
    )

    personal = Marks(technical="deleted deleted_at")

    objects = AddressQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AddressKind.values), name="address_kind_known"),
            models.CheckConstraint(
                condition=Q(default_billing=False) | Q(kind__in=("billing", "both")),
                name="address_default_billing_bills",
            ),
            models.CheckConstraint(
                condition=Q(default_shipping=False) | Q(kind__in=("shipping", "both")),
                name="address_default_shipping_ships",
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(default_billing=True, deleted=False),
                name="one_default_billing",
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(default_shipping=True, deleted=False),
                name="one_default_shipping",
            ),
            models.CheckConstraint(
                condition=Q(state__isnull=True) | Q(country=Left(F("state"), 2)),
                name="address_state_lies_in_country",
            ),
            models.CheckConstraint(
                condition=Q(deleted=False) | Q(deleted_at__isnull=False), name="address_deleted_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "id"], name="address_of_customer"),
            models.Index(fields=["id"], condition=HERE, name="address_here"),
            models.Index(fields=["first_name_key", "id"], condition=HERE, name="address_by_first_name"),
            models.Index(fields=["last_name_key", "id"], condition=HERE, name="address_by_last_name"),
            models.Index(fields=["address_key", "id"], condition=HERE, name="address_by_street"),
            models.Index(fields=["postcode_key", "id"], condition=HERE, name="address_by_postcode"),
            models.Index(fields=["city_key", "id"], condition=HERE, name="address_by_city"),
            models.Index(fields=["country", "id"], name="address_by_country"),
            models.Index(fields=["state"], condition=Q(state__isnull=False), name="address_by_state"),
            models.Index(fields=["external_id"], condition=~Q(external_id=""), name="address_by_external_id"),
        ]

    def __str__(self):
        return f"{self.alias}: {self.street}, {self.postcode} {self.city}"

    @property
    def is_hidden(self) -> bool:
        """Whether it is out of sight, and so read-only until somebody brings it back (decision 43)."""
        return self.deleted

    @property
    def name(self) -> str:
        """Who lives there: first name, then last name, as stored."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def street(self) -> str:
        """Both address lines as one."""
        return f"{self.address1} {self.address2}".strip()
