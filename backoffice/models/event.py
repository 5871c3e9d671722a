"""What happened that is no change of a record: sign-ins, exports, imports, role changes (decision 28)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..personal import Marks


class EventQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("Events are only ever added")

    def delete(self):
        raise TypeError("Events are only ever added")


class Event(models.Model):
    """One line of the activity page. Only ever added; `backoffice.records.events.record` does it."""

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    staff_name = models.CharField(max_length=100, blank=True, default="")
    door = models.CharField(max_length=10, blank=True, default="")
    ip = models.GenericIPAddressField(null=True, blank=True)
    target = models.CharField(max_length=200, blank=True, default="")
    facts = models.JSONField(default=dict, blank=True)

    personal = Marks(
        identity="staff_name target",
        contact="ip",
        behaviour="at kind facts",
        technical="staff door",
    )

    objects = EventQuerySet.as_manager()
    only_added = True

    class Meta:
        default_permissions = ("view",)
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="event_latest"),
            models.Index(fields=["kind", "-at", "-id"], name="event_of_kind"),
            models.Index(fields=["staff", "-at", "-id"], name="event_of_person"),
            models.Index(fields=["staff", "kind", "-at", "-id"], name="event_of_person_and_kind"),
        ]

    def __str__(self):
        return f"{self.kind} {self.target}".strip()

    def save(self, *args, **kwargs):
        if self.pk is not None and not kwargs.get("force_insert"):
            raise TypeError("Events are only ever added")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Events are only ever added")
