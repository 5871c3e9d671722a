"""What the shop sells, and who carries it."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.fields import FoldedField, SearchField
from backoffice.models import Kept
from backoffice.personal import Marks
from backoffice.records.history import History
from backoffice.screen import formats
from groups.models import Group

PERCENT = (MinValueValidator(0), MaxValueValidator(100))


class LocalName(models.Model):
    """A name and what it is in the other three languages; an empty one means: as first written."""

    name = models.CharField(_("Name"), max_length=255)
    name_fr = models.CharField(_("Name in French"), max_length=255, blank=True)
    name_pl = models.CharField(_("Name in Polish"), max_length=255, blank=True)
    name_ro = models.CharField(_("Name in Romanian"), max_length=255, blank=True)

    personal = Marks(none="name name_fr name_pl name_ro", why="a word of the shop, nobody's")

    class Meta:
        abstract = True

    def __str__(self):
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the reader's language, else as first written."""
        return self.name_in(get_language() or "")

    def name_in(self, language: str) -> str:
        """The name in that language, else as first written."""
        return getattr(self, f"name_{language[:2]}", "") or self.name


class Category(LocalName):
    """A department of the shop."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("Parent category"),
        related_name="children",
    )

    personal = Marks(none="parent")

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["name"], name="category_once"),
            models.CheckConstraint(condition=~Q(name=""), name="category_has_a_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="category_is_not_its_own_parent"
            ),
        ]


class CategoryDiscount(models.Model):
    """What a group gets in a category instead of its general discount; never on top of it (facts 7.4)."""

    group = models.ForeignKey(
        Group, models.CASCADE, db_index=False, verbose_name=_("Group"), related_name="category_discounts"
    )
    category = models.ForeignKey(
        Category, models.CASCADE, verbose_name=_("Category"), related_name="group_discounts"
    )
    discount = models.DecimalField(_("Discount"), max_digits=5, decimal_places=2, validators=PERCENT)

    personal = Marks(none="group category discount")

    history = History()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["group", "category"], name="category_discount_once"),
            models.CheckConstraint(
                condition=Q(discount__gte=0) & Q(discount__lte=100), name="category_discount_is_a_percentage"
            ),
        ]

    def __str__(self):
        return formats.percent(self.discount / 100, places=2)


class ProductQuerySet(models.QuerySet):
    """Products, spoken of as the trade does."""

    def to_be_sold(self):
        """Each with `only_for_some`: whether only members of some groups may buy it (S2.17)."""
        groups = self.model.exclusive_to.through.objects.filter(product=models.OuterRef("pk"))
        return self.annotate(only_for_some=models.Exists(groups))


def told_choices(choices: dict[str, str]) -> str:
    """What makes a variant, in words: "Size: M, Colour: Blue"; "" for none."""
    return ", ".join(formats.labelled(name, value) for name, value in choices.items())


def with_choices(name: str, choices: dict[str, str]) -> str:
    """A product's name, and what makes it the variant it is: "Cotton shirt (Size: M)"."""
    return f"{name} ({told_choices(choices)})" if choices else name


class Product(LocalName, Kept):
    """Something to buy. `price` includes `tax_rate` per cent of tax and is in the shop's currency.

    A product with `exclusive_to` groups is for their members only (S2.17). Stock may fall below zero: sold, not here.
    A variant is a product with a `parent`, and the `choices` that make it: {"Size": "M"}.
    """

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("Variant of"),
        related_name="variants",
    )
    choices = models.JSONField(
        _("Choices"), default=dict, db_default=models.Value({}, models.JSONField()), blank=True
    )
    picture = models.CharField(_("Picture"), max_length=1000, blank=True, default="", db_default="")
    reference = models.CharField(_("Reference"), max_length=64, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, verbose_name=_("Category"), related_name="products"
    )
    price = models.DecimalField(_("Price, tax included"), max_digits=12, decimal_places=2)
    tax_rate = models.DecimalField(
        _("Tax rate"), max_digits=5, decimal_places=2, default=Decimal("20.00"), validators=PERCENT
    )
    stock = models.IntegerField(_("Stock"), default=0)
    active = models.BooleanField(_("Enabled"), default=True)
    exclusive_to = models.ManyToManyField(
        Group, blank=True, verbose_name=_("Only for"), related_name="exclusive_products"
    )
    external_id = models.CharField(_("External reference"), max_length=64, blank=True)

    name_key = FoldedField(source="name")
    search_text = SearchField("name", "name_fr", "name_pl", "name_ro", "reference")

    personal = Marks(
        none="parent choices picture reference category price tax_rate stock active exclusive_to external_id",
        why="a thing the shop sells",
    )

    objects = ProductQuerySet.as_manager()
    history = History(excluded_fields=("stock",))

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="product_reference_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="product_is_not_its_own_variant"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="product_price_not_negative"),
            models.CheckConstraint(
                condition=Q(tax_rate__gte=0) & Q(tax_rate__lte=100), name="product_tax_is_a_percentage"
            ),
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="product_by_name"),
            models.Index(fields=["reference", "id"], name="product_by_reference"),
            models.Index(fields=["price", "id"], name="product_by_price"),
            models.Index(fields=["stock", "id"], name="product_by_stock"),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name in the reader's language, and which variant it is."""
        return with_choices(self.local_name, self.choices)


class Carrier(Kept):
    """Who brings the parcel, and for how much (tax included, shop's currency)."""

    name = models.CharField(_("Name"), max_length=64, unique=True)
    price = models.DecimalField(_("Price"), max_digits=12, decimal_places=2, default=Decimal("0.00"))
    active = models.BooleanField(_("Enabled"), default=True)

    personal = Marks(none="name price active", why="a company that brings parcels")

    history = History()

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="carrier_has_a_name"),
            models.CheckConstraint(condition=Q(price__gte=0), name="carrier_price_not_negative"),
        ]

    def __str__(self):
        return self.name
