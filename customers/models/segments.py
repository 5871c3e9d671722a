"""Titles and tags: small lists that staff keep, by which customers are told apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.models import Kept
from backoffice.records.history import History


class Title(Kept):
    """A courtesy title (S4.4–S4.6, facts 1.7); deleting one leaves its customers without a title."""

    class Kind(models.TextChoices):
        """What the title says about gender."""

        MALE = "male", _("Male")
        FEMALE = "female", _("Female")
        NEUTRAL = "neutral", _("Neutral")

    name = models.CharField(_("Name"), max_length=20, unique=True)
    name_fr = models.CharField(_("Name in French"), max_length=20, blank=True)
    name_pl = models.CharField(_("Name in Polish"), max_length=20, blank=True)
    name_ro = models.CharField(_("Name in Romanian"), max_length=20, blank=True)
    kind = models.CharField(
        pgettext_lazy("of a title", "Gender"), max_length=7, choices=Kind.choices, default=Kind.MALE
    )

    history = History()

    class Meta:
        verbose_name = _("title")
        verbose_name_plural = _("titles")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="title_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=("male", "female", "neutral")), name="title_kind_known"
            ),
        ]

    def __str__(self):
        return self.local_name

    @property
    def local_name(self) -> str:
        """The title in the reader's language, else as first written."""
        return getattr(self, f"name_{(get_language() or '')[:2]}", "") or self.name


class TagColour(models.TextChoices):
    """What a tag may be painted in: `.tag-<colour>` in base.css, readable in both themes. The word is always there."""

    GREY = "grey", _("Grey")
    RED = "red", _("Red")
    ORANGE = "orange", _("Orange")
    GREEN = "green", _("Green")
    TEAL = "teal", _("Teal")
    BLUE = "blue", _("Blue")
    PURPLE = "purple", _("Purple")
    PINK = "pink", _("Pink")


class Tag(Kept):
    """A word staff put on customers, e.g. RECURRENT or PROBLEM (S3.23–S3.28)."""

    name = models.CharField(_("Name"), max_length=40, unique=True)
    colour = models.CharField(
        _("Colour"), max_length=6, choices=TagColour, default=TagColour.GREY, db_default=TagColour.GREY
    )
    customers_count = models.PositiveIntegerField(_("Customers"), default=0, editable=False)

    history = History(excluded_fields=("customers_count",))

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_a_name"),
            models.CheckConstraint(condition=Q(colour__in=TagColour.values), name="tag_colour_known"),
        ]

    def __str__(self):
        return self.name
