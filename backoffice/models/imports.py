"""Files taken in, by page or by command: the file as long as it is needed, what came of it, which records it moved."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..personal import Marks
from .job import Job


class Import(models.Model):
    """A file that somebody chose for a section: `options` are what was said of it, `look` is what it was understood as.

    `dry_run` and `run` are the jobs of its latest dry run and of the import; `figures` are the import's, in the end.
    One that was taken in by command has neither job nor staff.
    """

    section = models.CharField(max_length=60)
    file = models.CharField(max_length=200)
    size = models.PositiveIntegerField(default=0)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    options = models.JSONField(default=dict)
    look = models.JSONField(default=dict)
    dry_run = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    run = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    figures = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    personal = Marks(
        words="file look",  # it has some cells of the file as examples, as long as the file itself is kept
        technical="section size staff options dry_run run figures created_at",
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.file

    @property
    def is_by_command(self) -> bool:
        """Whether it was taken in on the server, by command: without a job; its figures come at its end."""
        return self.staff_id is None and self.job is None and not self.look

    @property
    def job(self) -> Job | None:
        """What was done with it last."""
        return self.run or self.dry_run


class ImportPart(models.Model):
    """A piece of the file, until it has gone in or a day has passed: web server and worker may be two machines."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    data = models.BinaryField()

    personal = Marks(words="data", technical="imported place")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["imported", "place"], name="import_part_place")]

    def __str__(self) -> str:
        return f"{self.imported_id}: {self.place}"


class ImportRow(models.Model):
    """A record that an import created or changed, and the line that did it."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    record = models.BigIntegerField()
    line = models.PositiveIntegerField()
    created = models.BooleanField()

    personal = Marks(technical="imported record line created")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["imported", "record"], name="import_row_of_import")]

    def __str__(self) -> str:
        return f"{self.imported_id}: {self.record}"


class ImportBlock(models.Model):
    """What came of a block of a file that was taken in by command, as the blocks of jobs remember it of theirs."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="blocks")
    report = models.JSONField()

    personal = Marks(
        words="report",  # it tells some cells of the file
        technical="imported",
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.imported_id}: {self.pk}"
