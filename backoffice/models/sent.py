"""Forms that made a record, remembered for a while."""

from django.db import models
from django.utils import timezone

from ..personal import Marks


class SentForm(models.Model):
    """A form that was sent and made a record: sent once more as it was, it leads there (finding V8).

    The mark tells equal posts of one form from all others; nobody can read out of it what was typed.
    """

    mark = models.CharField(max_length=64, primary_key=True)
    record = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    personal = Marks(technical="mark record at")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.mark
