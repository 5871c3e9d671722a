"""What is done to records: by whom, how far it is, and what it changed, so that it can be taken back."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..personal import Marks


class Job(models.Model):
    """One act on many records, carried out in blocks, or on one by its form (decisions 41, 42, 50).

    `kind` says who carries it out (`backoffice.jobs.running`), `section` and `action` what is done, `value` and `label`
    what was chosen where the action asks, `query` which list it was asked for on, `undoes` the act it takes back.
    """

    class State(models.TextChoices):
        ASKED = "asked"  # its question waits for the answer
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"

    kind = models.CharField(max_length=20)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    door = models.CharField(max_length=10)
    ip = models.GenericIPAddressField(null=True, blank=True)
    section = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    value = models.CharField(max_length=200, blank=True, default="")
    label = models.CharField(max_length=200, blank=True, default="")
    query = models.TextField(blank=True, default="")
    undoes = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="undone_by")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True, default="")
    cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    personal = Marks(
        none="kind section action value label door fault",
        why="names of the machine's and the shop's, and the machine's sentences",
        contact="ip",
        words="query",  # somebody may have looked for a name
        technical="staff undoes state total done changed cancel_asked created_at started_at finished_at",
    )

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["staff", "-id"], name="job_of_person"),
            models.Index(fields=["created_at"], name="job_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.section} {self.action}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.CANCELLED, self.State.FAILED)


class JobBlock(models.Model):
    """Some of a job's records, done together or not at all: a killed worker does no record twice.

    `changed` are those that it changed, `left` those that were meant and had to be left alone, `remembered` what taking
    it back has to know besides.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="blocks")
    place = models.PositiveIntegerField()
    ids = models.JSONField()
    changed = models.JSONField(default=list)
    left = models.JSONField(default=list)
    remembered = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    personal = Marks(
        words="remembered",  # of an import some cells of the file, as they are told in its report
        technical="job place ids changed left done_at",
    )

    class Meta:
        default_permissions = ()
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["job", "place"], name="job_block_place")]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.place}"
