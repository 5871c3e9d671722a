"""Figures about whole lists, stored so that no page has to count what is large (decisions 13 and 39)."""

from functools import partial

from django.db import models
from django.db.models import F
from django.utils import timezone

from ..database.counting import later, one_change
from ..database.reading import once
from ..personal import Marks


class Counter(models.Model):
    """How many rows a whole list has, and how often the list has changed.

    Services move it in the transaction of the change; `manage.py recount` proves and mends it.
    """

    name = models.CharField(max_length=60, primary_key=True)
    value = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=0)

    personal = Marks(technical="name value version")

    def __str__(self):
        return f"{self.name}: {self.value}"

    @classmethod
    def move(cls, name: str, by: int = 0) -> None:
        """Add `by` rows to the count (0: only rows changed) and say that the list is another one now.

        It happens at the end of the change, after the counts stored in records.
        """
        later((1, cls._meta.label_lower, name), by, partial(cls._move, name))

    @classmethod
    def _move(cls, name: str, by: int) -> None:
        if not cls.objects.filter(name=name).update(value=F("value") + by, version=F("version") + 1):
            Counter.objects.bulk_create([Counter(name=name)], ignore_conflicts=True)
            cls.objects.filter(name=name).update(value=F("value") + by, version=F("version") + 1)

    @classmethod
    def by_name(cls) -> dict[str, "Counter"]:
        """All counters, in one query a page."""
        return once(cls, lambda: {counter.name: counter for counter in cls.objects.all()})

    @classmethod
    def of(cls, name: str) -> "Counter":
        """The counter of that name; one that counts nothing yet when there is none."""
        return cls.objects.filter(name=name).first() or cls(name=name)


class Remembered(models.Model):
    """A row of a small table that processes keep in memory: its counter says when the table is another one.

    Rows that are not written by `save` move it themselves.
    """

    class Meta:
        abstract = True

    @one_change()
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        Counter.move(self._meta.label_lower)


class Summary(Remembered):
    """Key figures of a list, worked out now and then; pages show their age."""

    name = models.CharField(max_length=60, primary_key=True)
    figures = models.JSONField(default=dict)
    computed_at = models.DateTimeField(default=timezone.now)

    personal = Marks(technical="name figures computed_at")

    def __str__(self):
        return self.name
