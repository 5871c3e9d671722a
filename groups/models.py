"""Groups: who gets which prices and privileges (S0.60–S0.69, facts 1.3 and 7)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.fields import PercentField
from backoffice.models import Kept
from backoffice.records.history import History

from .rules.words import RuleField


class PriceDisplay(models.TextChoices):
    """Which prices members see (S0.67, S1.83): a display rule, taxes are due all the same."""

    TAX_INCLUDED = "tax_included", _("tax included")
    TAX_EXCLUDED = "tax_excluded", _("tax excluded")


class Group(Kept):
    """A group of customers. Only a customer's default group gives discount and price display (facts 7.6)."""

    name = models.CharField(_("Name"), max_length=32, unique=True)
    name_fr = models.CharField(_("Name in French"), max_length=32, blank=True)
    name_pl = models.CharField(_("Name in Polish"), max_length=32, blank=True)
    name_ro = models.CharField(_("Name in Romanian"), max_length=32, blank=True)
    discount = PercentField(
        _("Discount"), default=0, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    price_display = models.CharField(
        _("Price Display Method"),
        max_length=12,
        choices=PriceDisplay.choices,
        default=PriceDisplay.TAX_INCLUDED,
    )
    show_prices = models.BooleanField(_("Show prices"), default=True)
    free_shipping = models.BooleanField(_("Free shipping"), default=False)
    rule = RuleField(_("Automatic rule"), null=True, blank=True)
    members_count = models.PositiveIntegerField(_("Members"), default=0, editable=False)

    history = History(excluded_fields=("members_count",))

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(
                condition=Q(discount__gte=0) & Q(discount__lte=100), name="group_discount_is_a_percentage"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
            models.CheckConstraint(
                condition=Q(price_display__in=PriceDisplay.values), name="group_price_display_known"
            ),
        ]

    def __str__(self):
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the reader's language, else the plain one: "Default" is "Défaut" in French (S1.40)."""
        return getattr(self, f"name_{(get_language() or '')[:2]}", "") or self.name
