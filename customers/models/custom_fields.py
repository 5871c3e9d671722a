"""Fields of customers that staff declare themselves, and their values (S4.23, decision 52).

A value is one row, stored in the column of its kind, so that one narrow index for each kind answers filter and order of
every such field. No row: no value.
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.fields import FoldedField, SearchField
from backoffice.models import Kept
from backoffice.personal import Marks, Personal
from backoffice.records.history import History

from .customer import Customer


class CustomKind(models.TextChoices):
    """What a custom field holds."""

    TEXT = "text", pgettext_lazy("kind of field", "Text")
    LONG_TEXT = "long_text", _("Long text")
    NUMBER = "number", pgettext_lazy("kind of field", "Whole number")
    AMOUNT = "amount", pgettext_lazy("kind of field", "Amount")
    DAY = "day", pgettext_lazy("kind of field", "Date")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of a list")


class CustomField(Kept):
    """A field of customers that staff declared; one that is not `active` is retired: its values stay, unseen."""

    class About(models.TextChoices):
        """What its values say about a person (decision 53)."""

        IDENTITY = Personal.IDENTITY.value, _("Who somebody is")
        CONTACT = Personal.CONTACT.value, _("How to reach them")
        BEHAVIOUR = Personal.BEHAVIOUR.value, _("What they like or do")
        MONEY = Personal.MONEY.value, _("Their money")
        WORDS = Personal.WORDS.value, _("What we wrote about them")
        NONE = Personal.NONE.value, _("Nothing about a person")

    name = models.CharField(_("Name"), max_length=60, unique=True)
    name_fr = models.CharField(_("Name in French"), max_length=60, blank=True)
    name_pl = models.CharField(_("Name in Polish"), max_length=60, blank=True)
    name_ro = models.CharField(_("Name in Romanian"), max_length=60, blank=True)
    kind = models.CharField(
        pgettext_lazy("of a field", "Type"),
        max_length=9,
        choices=CustomKind.choices,
        default=CustomKind.TEXT,
    )
    choices = models.TextField(_("Choices"), blank=True, max_length=5_000)
    about = models.CharField(_("Personal data"), max_length=9, choices=About.choices, default=About.WORDS)
    in_list = models.BooleanField(_("In the list"), default=True)
    in_search = models.BooleanField(_("In the search"), default=False)
    position = models.PositiveIntegerField(
        _("Position"), default=10, validators=[MinValueValidator(0), MaxValueValidator(1_000_000)]
    )
    active = models.BooleanField(_("In use"), default=True)

    history = History()

    class Meta:
        verbose_name = _("custom field")
        verbose_name_plural = _("custom fields")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="custom_field_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=CustomKind.values), name="custom_field_kind_known"),
        ]

    def __str__(self):
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the reader's language, else as first written."""
        return getattr(self, f"name_{(get_language() or '')[:2]}", "") or self.name


# The column that holds the values of a kind.
COLUMN_OF = {
    CustomKind.TEXT: "text",
    CustomKind.LONG_TEXT: "text",
    CustomKind.CHOICE: "text",
    CustomKind.NUMBER: "number",
    CustomKind.AMOUNT: "amount",
    CustomKind.DAY: "day",
    CustomKind.YES_NO: "flag",
}


def value_of(row: Any) -> Any:
    """The value of a row, of today or of history: that of the one column which has any."""
    return row.text or next(
        (one for one in (row.number, row.amount, row.day, row.flag) if one is not None), None
    )


class CustomValue(models.Model):
    """The value that a customer has in a custom field; a yes alone has a row, "no" has none."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="custom_values", db_index=False)
    field = models.ForeignKey(CustomField, models.PROTECT, related_name="values", db_index=False)
    text = models.TextField(default="", blank=True)
    number = models.BigIntegerField(null=True)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    day = models.DateField(null=True)
    flag = models.BooleanField(null=True)
    key = FoldedField(source="text")
    search_text = SearchField("written")

    personal = Marks(words="text number amount day flag", technical="customer field")

    history = History()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["customer", "field"], name="custom_value_once")]
        indexes = [
            models.Index(fields=["field", "key", "customer"], condition=Q(key__gt=""), name="custom_by_text"),
            *(
                models.Index(
                    fields=["field", column, "customer"],
                    condition=Q(**{f"{column}__isnull": False}),
                    name=f"custom_by_{column}",
                )
                for column in ("number", "amount", "day", "flag")
            ),
        ]

    def __str__(self):
        return f"{self.field_id} of {self.customer_id}"

    @property
    def value(self) -> Any:
        """What it holds."""
        return value_of(self)

    @property
    def written(self) -> str:
        """What the search finds it by: texts and whole numbers."""
        return self.text or ("" if self.number is None else str(self.number))
