"""What every record of a section has for the machinery's sake."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..personal import Marks


class Kept(models.Model):
    """A record that staff keep: since when it is there, when it was saved last, and how often (for conflicts)."""

    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("Creation date"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("Last update"), auto_now=True)

    personal = Marks(technical="version created_at updated_at")
    history: ClassVar[Any]  # each model declares its own, with what must never be copied

    class Meta:
        abstract = True
