"""The consent ledger: a line each time a consent was given or taken back, and on what ground (D-50, D-105)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.database.constraints import OnlyAdded
from backoffice.personal import Marks
from backoffice.records.actors import Door

from .customer import Customer


class ConsentKind(models.TextChoices):
    """The two things a customer can agree to."""

    NEWSLETTER = "newsletter", _("Newsletter")
    PARTNER_OFFERS = "partner_offers", _("Partner offers")


class Ground(models.TextChoices):
    """What a consent usually rests on, stored so and read in any language; staff may say it in words of their own."""

    WRITTEN = "in writing", pgettext_lazy("consent", "In writing")
    PHONE = "by phone", pgettext_lazy("consent", "By phone")
    SHOP = "in the shop", pgettext_lazy("consent", "In the shop")
    WEBSITE = "on the website", pgettext_lazy("consent", "On the website")
    MAIL = "by e-mail", pgettext_lazy("consent", "By e-mail")
    NOT_STATED = "not stated", _("not stated")
    PUT_BACK = "put back", pgettext_lazy("consent", "Put back")


NOT_STATED = Ground.NOT_STATED.value


class ConsentQuerySet(models.QuerySet):
    """Lines of the ledger: read, and added to."""

    def update(self, **kwargs):
        raise TypeError("Lines of the consent ledger are never changed.")

    def delete(self):
        raise TypeError("Lines of the consent ledger go with their customer only.")


class Consent(models.Model):
    """One line of the ledger: what a consent was, and became; when, on what ground, by whom and which way.

    Only ever added: neither the model nor the database changes a line, and it goes with its customer only. The last
    line of a kind, by number, says what the customer's flag is; a line that leaves it as it was states a ground.
    `ground` is one of `Ground`, the file of an import, or what staff said in their words (decision 9).
    """

    customer = models.ForeignKey(Customer, models.CASCADE, db_index=False, related_name="consents")
    kind = models.CharField(_("Consent"), max_length=14, choices=ConsentKind.choices)
    was = models.BooleanField(_("Given before"), default=False, db_default=False)
    given = models.BooleanField(_("Given"))
    at = models.DateTimeField(_("Date"), default=timezone.now)
    ground = models.CharField(_("Source of consent"), max_length=255, default=NOT_STATED)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Author"),
        related_name="+",
    )
    door = models.CharField(_("from"), max_length=10, choices=Door.choices, default=Door.COMMAND)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True)

    personal = Marks(
        contact="ip", behaviour="kind was given at", words="ground", technical="customer staff door"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="consent_kind_known"),
            models.CheckConstraint(condition=~Q(ground=""), name="consent_has_a_ground"),
            OnlyAdded(
                fields=("kind", "was", "given", "at", "ground", "staff", "door", "ip"),
                name="consent_is_never_changed",
            ),
        ]
        indexes = [models.Index(fields=["customer", "kind", "at"], name="consent_of_customer")]

    def __str__(self):
        return f"{self.kind}: {self.given}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A line of the consent ledger is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A line of the consent ledger goes with its customer only.")
