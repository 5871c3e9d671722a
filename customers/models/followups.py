"""What staff write down about a customer and promise to do: notes, tasks, and the ledger of consents."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.indexes import NothingFirst
from backoffice.models import Kept
from backoffice.personal import Marks
from backoffice.records.history import History

from .customer import Customer


class Note(Kept):
    """A remark for all staff and never for the customer (S0.45, S1.52, S3.20); one of them may be pinned on top."""

    customer = models.ForeignKey(
        Customer, models.CASCADE, db_index=False, verbose_name=_("Customer"), related_name="notes"
    )
    text = models.TextField(_("Note"), max_length=65_000)
    pinned = models.BooleanField(_("Pinned"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Author"),
        related_name="+",
    )

    personal = Marks(words="text", technical="customer pinned author")

    history = History()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.UniqueConstraint(fields=["customer"], condition=Q(pinned=True), name="one_pinned_note"),
        ]
        indexes = [models.Index(fields=["customer", "created_at"], name="note_of_customer")]

    def __str__(self):
        return self.text[:75]


class TaskKind(models.TextChoices):
    """What is to be done."""

    CALL = "call", _("Call")
    MAIL = "mail", _("Write an e-mail")
    MEETING = "meeting", _("Meeting")
    OFFER = "offer", _("Offer")
    OTHER = "other", _("Other")


class TaskQuerySet(models.QuerySet):
    """Tasks, spoken of as the trade does."""

    def here(self):
        """Those of customers who are not hidden: the others wait with them (decision 43)."""
        return self.filter(customer__deleted=False)

    def open(self):
        """Those still to be done."""
        return self.filter(done_at__isnull=True)

    def overdue(self, today: dt.date):
        """Those that were to be done before that day, and are not."""
        return self.open().filter(due_on__lt=today)

    def done(self):
        """Those that are done."""
        return self.filter(done_at__isnull=False)


class Task(Kept):
    """Something to do for a customer, on a day and perhaps at an hour of it (S3.35, S3.36)."""

    customer = models.ForeignKey(
        Customer, models.CASCADE, db_index=False, verbose_name=_("Customer"), related_name="tasks"
    )
    title = models.CharField(_("Task"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=8, choices=TaskKind.choices, default=TaskKind.OTHER)
    details = models.TextField(_("Details"), blank=True, max_length=65_000)
    due_on = models.DateField(_("Due date"), null=True, blank=True)
    due_time = models.TimeField(_("Due time"), null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Assigned to"),
        related_name="tasks",
    )
    done_at = models.DateTimeField(_("Done"), null=True, blank=True)

    personal = Marks(words="title details", technical="customer kind due_on due_time assignee done_at")

    objects = TaskQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="task_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=TaskKind.values), name="task_kind_known"),
            models.CheckConstraint(
                condition=Q(due_time__isnull=True) | Q(due_on__isnull=False), name="task_time_needs_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "due_on"], name="task_of_customer"),
            # Both, since what has no day is last whichever way the days run.
            models.Index(fields=["due_on", "id"], name="task_by_due_date"),
            NothingFirst(fields=["due_on", "id"], name="task_by_due_date_back"),
            models.Index(
                fields=["due_on", "id"], condition=Q(done_at__isnull=True), name="task_open_by_due_date"
            ),
            models.Index(fields=["assignee", "due_on"], name="task_of_assignee"),
        ]

    def __str__(self):
        return self.title

    @property
    def done(self) -> bool:
        """Whether it is done."""
        return self.done_at is not None
