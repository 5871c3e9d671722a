"""What the worker writes down about itself and its schedule (decision 30)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..personal import Marks


class WorkerHeartbeat(models.Model):
    """A running worker: one row each, renewed every few seconds, removed at a clean end.

    A row that is no longer renewed means a killed worker: its unfinished jobs go back into the queue.
    """

    worker = models.CharField(_("worker"), max_length=64, primary_key=True)
    started_at = models.DateTimeField(_("started"))
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    personal = Marks(technical="worker started_at seen_at")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.worker


class ScheduledRun(models.Model):
    """The last run of one entry of the schedule; claiming a run is one UPDATE of `last_started_at`."""

    name = models.CharField(_("name"), max_length=100, primary_key=True)
    last_started_at = models.DateTimeField(_("last started"), null=True)
    last_finished_at = models.DateTimeField(_("last finished"), null=True)
    last_result = models.TextField(_("last result"), blank=True, default="")
    last_error = models.TextField(_("last error"), blank=True, default="")

    personal = Marks(technical="name last_started_at last_finished_at last_result last_error")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
