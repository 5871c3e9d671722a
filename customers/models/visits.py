"""When people came to the shop, from where, and what they looked at (S1.65, S1.66, S4.70, S4.76; facts 1.12)."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.personal import Marks
from backoffice.screen import formats

from ..rules.visits import SILENCE
from .customer import Customer


class Device(models.TextChoices):
    """What they came with."""

    COMPUTER = "computer", _("Computer")
    PHONE = "phone", _("Phone")
    TABLET = "tablet", _("Tablet")
    UNKNOWN = "unknown", pgettext_lazy("device", "Unknown")


class VisitQuerySet(models.QuerySet):
    """Visits, spoken of as the trade does."""

    def online(self):
        """Those that go on: their browser was seen within half an hour, has not left, and has not come again since
        (facts 1.12)."""
        elsewhere = Visitor.objects.filter(pk=OuterRef("visitor")).exclude(visit_id=OuterRef("pk"))
        return self.filter(~Exists(elsewhere), last_seen_at__gte=timezone.now() - SILENCE)


class Visit(models.Model):
    """One connection to the shop: it goes on until the browser is silent for half an hour.

    `visitor` is the token of a browser; it ties visits and carts together before anybody signs in.
    `origin` is the host of the referring page without "www."; empty for a direct link.
    """

    customer = models.ForeignKey(
        Customer,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Customer"),
        related_name="visits",
    )
    visitor = models.CharField(_("Visitor"), max_length=32, blank=True)
    started_at = models.DateTimeField(_("Date"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("Last seen"), default=timezone.now)
    pages_count = models.PositiveIntegerField(_("Pages viewed"), default=0)
    device = models.CharField(_("Device"), max_length=8, choices=Device.choices, default=Device.UNKNOWN)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True)
    origin = models.CharField(_("Origin"), max_length=255, blank=True)
    referrer = models.CharField(_("Referring page"), max_length=1000, blank=True)
    landing_url = models.CharField(_("First page"), max_length=1000, blank=True)
    user_agent = models.CharField(_("Browser"), max_length=500, blank=True)

    personal = Marks(
        identity="visitor",
        contact="ip",
        behaviour="started_at last_seen_at pages_count device origin referrer landing_url user_agent",
        technical="customer",
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(
                condition=Q(last_seen_at__gte=F("started_at")), name="visit_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(device__in=Device.values), name="visit_device_known"),
        ]
        indexes = [
            models.Index(fields=["started_at", "id"], name="visit_by_date"),
            models.Index(fields=["customer", "started_at"], name="visit_of_customer"),
            models.Index(
                fields=["visitor", "last_seen_at"], condition=~Q(visitor=""), name="visit_of_visitor"
            ),
            models.Index(fields=["last_seen_at", "id"], name="visit_by_last_seen"),
            models.Index(fields=["origin", "started_at", "id"], name="visit_by_origin"),
            models.Index(fields=["pages_count", "id"], name="visit_by_pages"),
            models.Index(fields=["ip", "customer"], name="visit_by_ip"),
            models.Index(
                fields=["ip", "started_at"], condition=Q(customer__isnull=True), name="visit_of_nobody_by_ip"
            ),
        ]

    def __str__(self):
        return formats.moment(self.started_at)

    @property
    def is_online(self) -> bool:
        """Whether somebody is on the shop's pages with it now."""
        return type(self).objects.online().filter(pk=self.pk).exists()

    @property
    def duration(self):
        """From the first page to the last sign of life, a timedelta."""
        return self.last_seen_at - self.started_at


class PageView(models.Model):
    """A page seen during a visit: its path, without what was asked there (decision 55).

    Products live further up, so the page keeps the bare id of the one it showed. No constraint of the database binds it
    to its visit, so that both can be cut into months.
    """

    visit = models.ForeignKey(
        Visit, models.CASCADE, db_index=False, db_constraint=False, related_name="page_views"
    )
    url = models.CharField(_("Page"), max_length=1000)
    product_id = models.PositiveBigIntegerField(_("Product"), null=True, blank=True)
    viewed_at = models.DateTimeField(_("Date"), default=timezone.now)
    seconds = models.PositiveIntegerField(_("Seconds"), default=0)

    personal = Marks(behaviour="url product_id viewed_at seconds", technical="visit")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["visit", "viewed_at"], name="page_view_of_visit"),
            models.Index(fields=["viewed_at"], name="page_view_by_date"),
            models.Index(
                fields=["product_id", "viewed_at"],
                condition=Q(product_id__isnull=False),
                name="page_view_of_product",
            ),
        ]

    def __str__(self):
        return self.url


class Visitor(models.Model):
    """A browser that came to the shop, and the visit it is on: a small table, so that visits need nothing unique."""

    token = models.CharField(max_length=32, primary_key=True)
    visit_id = models.PositiveBigIntegerField(null=True)
    seen_at = models.DateTimeField(db_index=True)

    personal = Marks(identity="token", behaviour="seen_at", technical="visit_id")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.token
